// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Verify/CompareMemory.h"

#include "Verify/Align.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Demangle/Demangle.h"

#include <cmath>
#include <cstring>

using namespace llvm;

namespace cuport {

using record::NoAllocation;

AllocationPairs::AllocationPairs(const Recording &A, const Recording &B)
    : ToB(A.Allocations.size(), NoAllocation), ToA(B.Allocations.size(), NoAllocation) {
  auto Pair = [&](uint32_t X, uint32_t Y) {
    ToB[X] = Y;
    ToA[Y] = X;
  };
  using Numbers = std::vector<uint32_t>;
  auto Split = [](const Recording &R, std::map<std::string, Numbers> &Variables, Numbers &Others) {
    for (uint32_t I = 0; I < R.Allocations.size(); ++I)
      (R.Allocations[I].Kind == record::Memory::Variable ? Variables[R.Allocations[I].Name]
                                                         : Others)
          .push_back(I);
  };
  std::map<std::string, Numbers> VariablesA, VariablesB;
  Numbers OthersA, OthersB;
  Split(A, VariablesA, OthersA);
  Split(B, VariablesB, OthersB);
  for (const auto &[Name, OfA] : VariablesA)
    if (auto OfB = VariablesB.find(Name); OfB != VariablesB.end())
      for (auto [X, Y] : zip(OfA, OfB->second))
        Pair(X, Y);
  // As many on both sides: the first is the first, whatever sizes they have.
  using Key = std::pair<record::Memory, uint64_t>;
  auto Keys = [&](const Recording &R, const Numbers &Of) {
    std::vector<Key> Result;
    for (uint32_t I : Of)
      Result.push_back(
          {R.Allocations[I].Kind, OthersA.size() == OthersB.size() ? 0 : R.Allocations[I].Size});
    return Result;
  };
  for (const Aligned &Both : align(Keys(A, OthersA), Keys(B, OthersB)))
    if (Both.A && Both.B)
      Pair(OthersA[*Both.A], OthersB[*Both.B]);
}

bool AllocationPairs::same(const RecordedPointer &A, const RecordedPointer &B) const {
  if (A.Allocation == NoAllocation || B.Allocation == NoAllocation)
    return A.Allocation == B.Allocation;
  return ToB[A.Allocation] == B.Allocation && A.Offset == B.Offset;
}

/// One allocation that is being compared.
struct MemoryComparer::Work {
  uint32_t Id = 0;
  uint64_t Size = 0; ///< bytes that both recordings' have
  const MemoryImage &X, &Y;
  const RecordedChange *OfA = nullptr, *OfB = nullptr;
  Layout Type;
  Use How;
  bool Unordered = false;
  std::vector<Interval> Where;
  std::optional<double> Largest;
  MemoryDifference Found;
};

MemoryComparer::MemoryComparer(const Recording &A, const Recording &B, const AllocationPairs &Pairs,
                               const CompareOptions &Options, SiteNames &Names, Comparison &Result)
    : A(A), B(B), Pairs(Pairs), Options(Options), Names(Names), Result(Result),
      Known(A.Allocations.size()) {
  for (auto [R, Images] : {std::pair(&A, &ImagesA), std::pair(&B, &ImagesB)})
    for (const RecordedAllocation &M : R->Allocations)
      Images->emplace_back(M.Kind == record::Memory::Variable ? std::nullopt
                                                              : std::optional<uint8_t>(R->Fill));
  for (uint32_t I = 0; I < A.Allocations.size(); ++I)
    Known[I].Type = parseLayout(A.Allocations[I].Type);
  // What is passed as bytes in one place is often something else in another.
  for (bool BytesToo : {false, true})
    for (const RecordedCall &Call : A.Calls)
      for (const RecordedArgument &Argument : Call.Arguments)
        for (const RecordedPointer &P : Argument.Pointers)
          if (P.Allocation != NoAllocation && !Known[P.Allocation].Type) {
            Use Here = useOf(P.Allocation, Call);
            if (Here.Type && (BytesToo || Here.Type->Size > 1))
              Known[P.Allocation] = {Here.Type, Here.Base, ""};
          }
}

void MemoryComparer::apply(std::vector<MemoryImage> &Images, ArrayRef<RecordedChange> Changes) {
  for (const RecordedChange &Change : Changes)
    Images[Change.Allocation].apply(Change);
}

std::optional<Layout> MemoryComparer::pointeeOf(uint32_t KernelOfA, size_t Number) const {
  const RecordedKernel &Kernel = A.Kernels[KernelOfA];
  if (auto Type = parsePointee(Kernel.Parameters[Number].Type))
    return Type;
  // A recorder in front of a card's runtime knows fewer types than cuport's compiler does.
  auto InB = find_if(B.Kernels, [&](const RecordedKernel &K) { return K.Name == Kernel.Name && K.Parameters.size() == Kernel.Parameters.size(); });
  return InB == B.Kernels.end() ? std::nullopt : parsePointee(InB->Parameters[Number].Type);
}

MemoryComparer::Use MemoryComparer::useOf(uint32_t OfA, const RecordedCall &Call) const {
  Use Best = Known[OfA];
  for (auto [Number, Argument] : enumerate(Call.Arguments))
    for (const RecordedPointer &P : Argument.Pointers) {
      if (P.Allocation != OfA || !Best.Argument.empty())
        continue;
      Best.Argument = "argument " + utostr(Number + 1);
      if (auto Type = pointeeOf(Call.Kernel, Number)) {
        Best.Type = std::move(Type);
        Best.Base = P.Offset;
      }
    }
  return Best;
}

std::string MemoryComparer::describe(uint32_t OfA) {
  if (OfA == NoAllocation)
    return "memory of the host";
  const RecordedAllocation &M = A.Allocations[OfA];
  if (M.Kind == record::Memory::Variable)
    return "variable '" + demangle(M.Name) + "'";
  const std::string At = Names.of(A, M.Site);
  return (Twine("the ") + Twine(M.Size) + " bytes of " +
          (M.Site.Api.empty() ? "memory " + utostr(OfA) : M.Site.Api) +
          (At.empty() ? "" : " at " + At))
      .str();
}

std::vector<MemoryDifference> MemoryComparer::compare(ArrayRef<RecordedChange> OfA,
                                                      ArrayRef<RecordedChange> OfB,
                                                      const RecordedCall &Call, bool ByHost,
                                                      bool Unordered) {
  std::map<uint32_t, std::pair<const RecordedChange *, const RecordedChange *>>
      Changed; // by A's number
  for (const RecordedChange &C : OfA)
    if (Pairs.inB(C.Allocation) == NoAllocation)
      ++Result.UnpairedMemory;
    else
      Changed[C.Allocation].first = &C;
  for (const RecordedChange &C : OfB)
    if (uint32_t Id = Pairs.inA(C.Allocation); Id == NoAllocation)
      ++Result.UnpairedMemory;
    else
      Changed[Id].second = &C;
  std::vector<MemoryDifference> Differences;
  for (const auto &[Id, Both] : Changed) {
    const uint32_t IdB = Pairs.inB(Id);
    Work W{.Id = Id,
           .Size = std::min(A.Allocations[Id].Size, B.Allocations[IdB].Size),
           .X = ImagesA[Id],
           .Y = ImagesB[IdB],
           .OfA = Both.first,
           .OfB = Both.second,
           .Type = {},
           .How = useOf(Id, Call),
           .Unordered = Unordered,
           .Where = {},
           .Largest = {},
           .Found = {}};
    W.Type = W.How.Type ? *W.How.Type : unknownLayout();
    compareAllocation(W);
    Result.ComparedScalars += W.Found.Compared;
    if (!W.Found.Different)
      continue;
    W.Found.Memory = describe(Id);
    W.Found.Argument = W.How.Argument;
    W.Found.ByHost = ByHost;
    Differences.push_back(std::move(W.Found));
  }
  return Differences;
}

void MemoryComparer::compareAllocation(Work &W) {
  const uint64_t Size = W.Size;
  if (W.OfA && W.OfB && !W.OfA->Whole && !W.OfB->Whole && W.OfA->Hash == W.OfB->Hash &&
      A.Allocations[W.Id].Size == Size) {
    W.Found.Compared = Size / W.Type.Size * W.Type.Scalars.size();
    return;
  }
  for (const RecordedChange *C : {W.OfA, W.OfB}) {
    if (!C)
      continue;
    uint64_t Kept = 0;
    for (const RecordedRun &Run : C->Runs) {
      W.Where.push_back({Run.Offset, Run.Offset + Run.Bytes.size()});
      Kept += Run.Bytes.size();
    }
    if (!C->Whole && C->Bytes > Kept)
      Result.SampledBytes += C->Bytes - Kept;
  }
  llvm::sort(W.Where, [](const Interval &X, const Interval &Y) { return X.Begin < Y.Begin; });
  // To whole elements, and those that meet are one.
  const uint64_t Step = W.Type.Size, Phase = W.How.Base % Step;
  std::vector<Interval> Merged;
  for (Interval I : W.Where) {
    const uint64_t Before = (I.Begin + Step - Phase) % Step,
                   After = (Step - (I.End + Step - Phase) % Step) % Step;
    I.Begin -= std::min(Before, I.Begin);
    I.End += After;
    if (!Merged.empty() && I.Begin <= Merged.back().End)
      Merged.back().End = std::max(Merged.back().End, I.End);
    else
      Merged.push_back(I);
  }
  W.Where = std::move(Merged);
  if (W.Unordered)
    return compareSorted(W);
  const uint64_t Chunk = std::max<uint64_t>(1, 512 / Step) * Step;
  for (const Interval &I : W.Where)
    for (uint64_t At = I.Begin; At < std::min(I.End, Size);) {
      const uint64_t Length = std::min(Chunk, I.End - At);
      if (Length % Step == 0 && At + Length <= Size && MemoryImage::equal(W.X, W.Y, At, Length)) {
        const uint64_t Elements = Length / Step;
        W.Found.Compared += Elements * W.Type.Scalars.size();
        for (const Scalar &S : W.Type.Scalars) {
          if (S.isReal())
            Result.Ulps[realTypeOf(S)].add(0, Elements);
          if (S.Kind == ScalarKind::Bits)
            Result.UnknownBytes += Elements * S.Size;
        }
        At += Length;
        continue;
      }
      for (const uint64_t End = At + Length; At < End; At += Step)
        for (const Scalar &S : W.Type.Scalars) {
          const uint64_t Place = At + S.Offset;
          if (Place + S.Size > Size)
            continue;
          if (const RecordedPointer *P = W.X.pointerAt(Place), *Q = W.Y.pointerAt(Place); P || Q) {
            if (Place % 8 == 0)
              comparePointer(W, Place, P, Q);
            continue;
          }
          char Left[8], Right[8];
          if (W.X.read(Place, S.Size, Left) && W.Y.read(Place, S.Size, Right))
            compareScalar(W, S, Left, Right, Place);
          else
            Result.SampledBytes += S.Size;
        }
    }
}

static ValueDifference differenceAt(uint64_t Place, const Layout &Type, uint64_t Base) {
  ValueDifference D;
  const uint64_t From = Place >= Base ? Base : Base % Type.Size;
  const uint64_t Distance = Place >= From ? Place - From : 0;
  D.Element = Distance / Type.Size;
  if (Distance % Type.Size)
    D.Field = "+" + utostr(Distance % Type.Size);
  return D;
}

void MemoryComparer::compareScalar(Work &W, const Scalar &S, const char *X, const char *Y,
                                   uint64_t Place) {
  ++W.Found.Compared;
  const uint64_t Left = bitsOf(X, S.Size), Right = bitsOf(Y, S.Size);
  if (S.Kind == ScalarKind::Bits)
    Result.UnknownBytes += S.Size;
  uint64_t Ulps = 0;
  if (S.isReal()) {
    const RealType T = realTypeOf(S);
    Ulps = Left == Right ? 0 : ulpsBetween(Left, Right, T);
    const bool NoNumbers = std::isnan(realOf(Left, T)) && std::isnan(realOf(Right, T));
    Result.Ulps[T].add(NoNumbers ? 0 : Ulps);
    if (NoNumbers || Ulps == 0 || isNear(W, S, Left, Right, Ulps))
      return;
  } else if (Left == Right) {
    return;
  }
  // What nobody has written is as the recorder has filled it.
  auto IsFill = [&](const char *Bytes, uint32_t Fill) {
    return all_of(ArrayRef(Bytes, S.Size), [&](char C) { return C == char(Fill); });
  };
  if (A.Fill != B.Fill && IsFill(X, A.Fill) && IsFill(Y, B.Fill))
    return;
  W.Found.MostUlps = std::max(W.Found.MostUlps, Ulps);
  if (W.Found.Different++)
    return;
  W.Found.First = differenceAt(Place, W.Type, W.How.Base);
  W.Found.First.Type = nameOf(S);
  W.Found.First.A = textOf(Left, S);
  W.Found.First.B = textOf(Right, S);
  if (S.isReal())
    W.Found.First.Ulps = Ulps;
}

void MemoryComparer::comparePointer(Work &W, uint64_t Place, const RecordedPointer *P,
                                    const RecordedPointer *Q) {
  if (P && Q && P->Allocation == NoAllocation && Q->Allocation == NoAllocation) {
    ++Result.ForeignAddresses;
    return;
  }
  ++W.Found.Compared;
  if ((P && Q && Pairs.same(*P, *Q)) || W.Found.Different++)
    return;
  auto Text = [&](const RecordedPointer *Pointer, bool IsA) -> std::string {
    if (!Pointer)
      return "no address";
    const uint32_t Id = IsA ? Pointer->Allocation : Pairs.inA(Pointer->Allocation);
    return Id == NoAllocation ? "other memory" : describe(Id) + " + " + utostr(Pointer->Offset);
  };
  W.Found.First = differenceAt(Place, W.Type, W.How.Base);
  W.Found.First.Type = "address";
  W.Found.First.A = Text(P, true);
  W.Found.First.B = Text(Q, false);
}

double MemoryComparer::largest(Work &W) {
  if (W.Largest)
    return *W.Largest;
  double Most = 0;
  for (const Interval &I : W.Where)
    for (uint64_t At = I.Begin; At < I.End; At += W.Type.Size)
      for (const Scalar &S : W.Type.Scalars) {
        char Bytes[8];
        if (!S.isReal() || !W.X.read(At + S.Offset, S.Size, Bytes))
          continue;
        const double Value = std::fabs(realOf(bitsOf(Bytes, S.Size), realTypeOf(S)));
        if (std::isfinite(Value))
          Most = std::max(Most, Value);
      }
  W.Largest = Most;
  return Most;
}

bool MemoryComparer::isNear(Work &W, const Scalar &S, uint64_t X, uint64_t Y, uint64_t Ulps) {
  const RealType T = realTypeOf(S);
  const Tolerance &Near = Options.Near.Of[size_t(T)];
  if (Ulps <= Near.Ulp)
    return true;
  const double Left = realOf(X, T), Right = realOf(Y, T), Distance = std::fabs(Left - Right);
  if (!std::isfinite(Distance))
    return false;
  return Distance <= Near.Absolute ||
         Distance <= Near.Relative * std::max(std::fabs(Left), std::fabs(Right)) ||
         (Near.OfLargest > 0 && Distance <= Near.OfLargest * largest(W));
}

/// Elements of both sides, sorted; addresses are what they are in the file, 0.
void MemoryComparer::compareSorted(Work &W) {
  const uint64_t Step = W.Type.Size;
  std::vector<std::string> Left, Right;
  for (const Interval &I : W.Where)
    for (uint64_t At = I.Begin; At < I.End && At + Step <= W.Size; At += Step) {
      std::string X(Step, 0), Y(Step, 0);
      bool AllKnown = true;
      for (const Scalar &S : W.Type.Scalars)
        AllKnown = AllKnown && W.X.read(At + S.Offset, S.Size, X.data() + S.Offset) &&
                   W.Y.read(At + S.Offset, S.Size, Y.data() + S.Offset);
      if (!AllKnown) {
        Result.SampledBytes += Step;
        continue;
      }
      Left.push_back(std::move(X));
      Right.push_back(std::move(Y));
    }
  auto Less = [&](const std::string &X, const std::string &Y) {
    for (const Scalar &S : W.Type.Scalars) {
      const int64_t P = placeOf(bitsOf(X.data() + S.Offset, S.Size), S),
                    Q = placeOf(bitsOf(Y.data() + S.Offset, S.Size), S);
      if (P != Q)
        return P < Q;
    }
    return false;
  };
  llvm::sort(Left, Less);
  llvm::sort(Right, Less);
  for (auto [Number, X] : enumerate(Left))
    for (const Scalar &S : W.Type.Scalars)
      compareScalar(W, S, X.data() + S.Offset, Right[Number].data() + S.Offset,
                    Number * Step + S.Offset + W.How.Base % Step);
}

} // namespace cuport
