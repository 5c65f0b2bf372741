// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Verify/Align.h"
#include "Verify/CompareMemory.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace cuport {
namespace {

using record::NoAllocation;
using record::Operation;

StringRef operationName(Operation O) {
  switch (O) {
  case Operation::Launch:
    return "launch";
  case Operation::Copy:
    return "copy";
  case Operation::Fill:
    return "fill";
  case Operation::HostFunction:
    return "host function";
  case Operation::EventRecord:
    return "event record";
  case Operation::EventWait:
    return "wait of a stream for an event";
  case Operation::Synchronize:
    return "wait for a stream";
  case Operation::EventSynchronize:
    return "wait for an event";
  }
  llvm_unreachable("all operations are above");
}

bool isWait(Operation O) {
  return O == Operation::EventWait || O == Operation::Synchronize ||
         O == Operation::EventSynchronize;
}

/// What makes two calls counterparts of each other.
std::string keyOf(const Recording &R, const RecordedCall &Call) {
  std::string Key = operationName(Call.Operation).str();
  if (Call.Operation == Operation::Launch)
    Key += " " + R.Kernels[Call.Kernel].Name;
  if (Call.Operation == Operation::Copy)
    Key += std::string(Call.From.Allocation == NoAllocation ? " from host" : "") +
           (Call.To.Allocation == NoAllocation ? " to host" : "");
  return Key;
}

template <class Number> std::string triple(const std::array<Number, 3> &N) {
  return "(" + utostr(N[0]) + ", " + utostr(N[1]) + ", " + utostr(N[2]) + ")";
}

class Comparer {
public:
  Comparer(const Recording &A, const Recording &B, const CompareOptions &Options)
      : A(A), B(B), Options(Options), Pairs(A, B), Memory(A, B, Pairs, Options, Names, Result) {}

  Comparison run() {
    Result.A = summary(A);
    Result.B = summary(B);
    countLaunches(A, LaunchOfA);
    countLaunches(B, LaunchOfB);
    if (A.Fill != B.Fill)
      note("fresh memory was filled with another byte: what differs may have been read before it "
           "was written");
    if (A.Layer != B.Layer)
      note("one of the runs was recorded in front of a card's own runtime: waits are not compared");
    for (const Aligned &Both : inOrder()) {
      if (Both.A && Both.B)
        compareCalls(*Both.A, *Both.B);
      else if (Both.A)
        onlyA(*Both.A);
      else
        onlyB(*Both.B);
    }
    if (Waits && A.Layer == B.Layer)
      note(utostr(Waits) + " waits and records of events are in the one recording only");
    if (OtherArguments)
      note(utostr(OtherArguments) +
           " calls have other arguments or another launch shape and the same results");
    if (OutOfOrder)
      note(utostr(OutOfOrder) + " calls stand in another order among streams");
    return std::move(Result);
  }

private:
  static RunSummary summary(const Recording &R) {
    RunSummary S;
    S.Backend = R.Backend;
    S.Command = R.Command;
    S.Warp = R.Warp;
    S.Calls = R.Calls.size();
    S.Launches =
        count_if(R.Calls, [](const RecordedCall &C) { return C.Operation == Operation::Launch; });
    S.Complete = R.Complete;
    return S;
  }

  static void countLaunches(const Recording &R, std::vector<uint64_t> &Numbers) {
    std::map<StringRef, uint64_t> Seen;
    for (const RecordedCall &C : R.Calls)
      Numbers.push_back(C.Operation == Operation::Launch ? ++Seen[R.Kernels[C.Kernel].Name] : 0);
  }

  void note(std::string Text) { Result.Notes.push_back(std::move(Text)); }

  /// Streams are aligned each by itself, then put together in A's order.
  std::vector<Aligned> inOrder() const {
    std::map<uint32_t, std::pair<std::vector<size_t>, std::vector<size_t>>> Queues;
    std::vector<std::vector<Aligned>> Before(A.Calls.size() +
                                             1); // by the call of A that they come with
    for (size_t I = 0; I < A.Calls.size(); ++I)
      if (isAligned(A.Calls[I]))
        Queues[A.Calls[I].Queue].first.push_back(I);
      else
        Before[I].push_back({I, std::nullopt});
    for (size_t I = 0; I < B.Calls.size(); ++I)
      if (isAligned(B.Calls[I]))
        Queues[B.Calls[I].Queue].second.push_back(I);
    for (const auto &[Queue, Calls] : Queues) {
      std::vector<std::string> KeysA, KeysB;
      for (size_t I : Calls.first)
        KeysA.push_back(keyOf(A, A.Calls[I]));
      for (size_t I : Calls.second)
        KeysB.push_back(keyOf(B, B.Calls[I]));
      size_t Next = 0;
      for (const Aligned &Both : align(KeysA, KeysB)) {
        Aligned Pair;
        if (Both.B)
          Pair.B = Calls.second[*Both.B];
        // What only B has comes behind what it follows there.
        if (Both.A)
          Next = *(Pair.A = Calls.first[*Both.A]);
        Before[Next].push_back(Pair);
        Next += Both.A.has_value();
      }
    }
    std::vector<Aligned> Result;
    // Of one place A's own call is last.
    for (const std::vector<Aligned> &List : Before)
      for (bool OfA : {false, true})
        copy_if(List, std::back_inserter(Result),
                [&](const Aligned &Both) { return Both.A.has_value() == OfA; });
    return Result;
  }

  /// A card's runtime and libcuport-rt wait in other places for the same call: there waits stand alone.
  bool isAligned(const RecordedCall &Call) const {
    return A.Layer == B.Layer || !(isWait(Call.Operation) || Call.Operation == Operation::EventRecord);
  }

  void advanceB(size_t End) {
    for (; NextB < End; ++NextB) {
      Memory.applyB(B.Calls[NextB].Before);
      Memory.applyB(B.Calls[NextB].After);
    }
  }

  CallDifference describe(const Recording &R, size_t Index, const std::vector<uint64_t> &Launches) {
    const RecordedCall &Call = R.Calls[Index];
    CallDifference D;
    D.Number = Index + 1;
    D.Queue = Call.Queue;
    D.Launch = Launches[Index];
    D.IsLaunch = Call.Operation == Operation::Launch;
    if (D.IsLaunch) {
      const RecordedKernel &K = R.Kernels[Call.Kernel];
      D.Name = demangle(K.Name);
      if (K.Line)
        D.Defined = (sys::path::filename(K.File) + ":" + Twine(K.Line)).str();
    } else {
      D.Name = Call.Site.Api.empty() ? operationName(Call.Operation).str() : Call.Site.Api;
      for (const RecordedCall &Next : ArrayRef(R.Calls).drop_front(Index))
        if (Next.Operation == Operation::Launch && Next.Queue == Call.Queue) {
          D.NextKernel = demangle(R.Kernels[Next.Kernel].Name);
          break;
        }
    }
    return D;
  }

  void add(CallDifference D) {
    ++Result.DifferentCalls;
    if (D.IsLaunch && Result.FirstLaunch < 0 && Result.Differences.size() < Comparison::MostListed)
      Result.FirstLaunch = int(Result.Differences.size());
    if (Result.Differences.size() < Comparison::MostListed)
      Result.Differences.push_back(std::move(D));
  }

  /// A call without a counterpart; false where that is no error.
  bool counts(const RecordedCall &Call, bool IsA) {
    const bool NoError = Call.Operation == Operation::EventRecord ||
                         (isWait(Call.Operation) && (!IsA || Options.IgnoreWaits || !isAligned(Call)));
    Waits += NoError;
    return !NoError;
  }

  void onlyA(size_t Index) {
    const RecordedCall &Call = A.Calls[Index];
    Memory.applyA(Call.Before);
    Memory.applyA(Call.After);
    // cudaMemcpy is a copy and a wait; that it is missing is told once.
    const bool IsPart = isWait(Call.Operation) && LastOnlyA && *LastOnlyA + 1 == Index &&
                        A.Calls[*LastOnlyA].Site.Api == Call.Site.Api &&
                        A.Calls[*LastOnlyA].Site.Frames == Call.Site.Frames;
    if (IsPart || !counts(Call, true))
      return;
    LastOnlyA = Index;
    CallDifference D = describe(A, Index, LaunchOfA);
    D.Kind = CallDifference::Kind::OnlyA;
    D.CalledA = Names.of(A, Call.Site);
    add(std::move(D));
  }

  void onlyB(size_t Index) {
    const RecordedCall &Call = B.Calls[Index];
    if (!counts(Call, false))
      return;
    CallDifference D = describe(B, Index, LaunchOfB);
    D.Kind = CallDifference::Kind::OnlyB;
    D.CalledB = Names.of(B, Call.Site);
    add(std::move(D));
  }

  void compareCalls(size_t I, size_t J) {
    const RecordedCall &X = A.Calls[I], &Y = B.Calls[J];
    ++Result.ComparedCalls;
    if (J < NextB)
      ++OutOfOrder; // B's memory is that of later
    advanceB(J);
    const bool IsNext = J == NextB;
    Memory.applyA(X.Before);
    if (IsNext)
      Memory.applyB(Y.Before);
    std::vector<MemoryDifference> Found = Memory.compare(X.Before, Y.Before, X, true, false);
    Memory.applyA(X.After);
    if (IsNext) {
      Memory.applyB(Y.After);
      ++NextB;
    }
    const bool Unordered =
        X.Operation == Operation::Launch && isUnordered(A.Kernels[X.Kernel].Name);
    for (MemoryDifference &M : Memory.compare(X.After, Y.After, X, false, Unordered))
      Found.push_back(std::move(M));
    bool IsError = !Found.empty();
    std::vector<std::string> Reasons;
    compareStatus(X, Y, Reasons);
    IsError |= !Reasons.empty();
    const size_t Errors = Reasons.size();
    if (X.Operation == Operation::Launch)
      compareLaunch(X, Y, Reasons);
    else
      comparePlaces(X, Y, Reasons);
    // Nobody has looked at what a copy wrote in the host's own memory.
    if (X.Operation == Operation::Copy && X.To.Allocation == NoAllocation)
      IsError |= Reasons.size() != Errors;
    if (!IsError) {
      OtherArguments += !Reasons.empty();
      return;
    }
    CallDifference D = describe(A, I, LaunchOfA);
    D.CalledA = Names.of(A, X.Site);
    D.CalledB = Names.of(B, Y.Site);
    D.Reasons = std::move(Reasons);
    D.Memory = std::move(Found);
    add(std::move(D));
  }

  bool isUnordered(StringRef Mangled) const {
    const std::string Name = demangle(Mangled);
    // "scan" of "void scan<float>(float*, int)".
    StringRef Short = StringRef(Name).take_until([](char C) { return C == '(' || C == '<'; });
    Short = Short.substr(Short.rfind(' ') + 1);
    return is_contained(Options.Unordered, Short) || is_contained(Options.Unordered, Name);
  }

  static void compareStatus(const RecordedCall &X, const RecordedCall &Y,
                            std::vector<std::string> &Reasons) {
    if (X.Status != Y.Status)
      Reasons.push_back("it ended with error " + itostr(X.Status) + " against " + itostr(Y.Status));
  }

  void compareLaunch(const RecordedCall &X, const RecordedCall &Y,
                     std::vector<std::string> &Reasons) {
    if (X.Grid != Y.Grid)
      Reasons.push_back("grid " + triple(X.Grid) + " against " + triple(Y.Grid));
    if (X.Block != Y.Block)
      Reasons.push_back("block " + triple(X.Block) + " against " + triple(Y.Block));
    if (X.DynamicShared != Y.DynamicShared)
      Reasons.push_back("dynamic shared memory of " + utostr(X.DynamicShared) + " bytes against " +
                        utostr(Y.DynamicShared));
    const auto &TypesX = A.Kernels[X.Kernel].Parameters, &TypesY = B.Kernels[Y.Kernel].Parameters;
    for (size_t N = 0; N < std::min(TypesX.size(), TypesY.size()); ++N)
      compareArgument(N, X.Arguments[N], Y.Arguments[N], TypesX[N], TypesY[N], Reasons);
  }

  void compareArgument(size_t N, const RecordedArgument &X, const RecordedArgument &Y,
                       const RecordedKernel::Parameter &TypeX,
                       const RecordedKernel::Parameter &TypeY, std::vector<std::string> &Reasons) {
    const std::string Argument = "argument " + utostr(N + 1);
    const bool Known = TypeX.Type != "?" && TypeY.Type != "?";
    if (TypeX.Size != TypeY.Size || (Known && TypeX.Type != TypeY.Type)) {
      Reasons.push_back(Argument + " is of another type");
      return;
    }
    for (auto [P, Q] : zip(X.Pointers, Y.Pointers))
      if (P.At != Q.At || !Pairs.same(P, Q)) {
        auto Text = [&](uint32_t OfA, uint64_t Offset) {
          return Memory.describe(OfA) + (Offset ? " + " + utostr(Offset) : "");
        };
        Reasons.push_back(Argument + " points to " + Text(P.Allocation, P.Offset) + " against " +
                          Text(Pairs.inA(Q.Allocation), Q.Offset));
        return;
      }
    if (X.Pointers.size() != Y.Pointers.size()) {
      Reasons.push_back(Argument + " is an address on one side only");
      return;
    }
    Layout Whole = unknownLayout();
    if (auto Type = parseLayout(TypeX.Type == "?" ? TypeY.Type : TypeX.Type); Type && Type->Size == TypeX.Size)
      Whole = *Type;
    for (uint64_t At = 0; At < TypeX.Size; At += Whole.Size)
      for (const Scalar &S : Whole.Scalars) {
        if (At + S.Offset + S.Size > TypeX.Size)
          continue;
        const uint64_t P = bitsOf(X.Bytes.data() + At + S.Offset, S.Size),
                       Q = bitsOf(Y.Bytes.data() + At + S.Offset, S.Size);
        if (P != Q) {
          Reasons.push_back(Argument + " is " + textOf(P, S) + " against " + textOf(Q, S));
          return;
        }
      }
  }

  void comparePlaces(const RecordedCall &X, const RecordedCall &Y,
                     std::vector<std::string> &Reasons) {
    auto Place = [&](StringRef What, const RecordedLocation &P, const RecordedLocation &Q) {
      const uint32_t InA = Pairs.inA(Q.Allocation);
      if (P.Allocation != InA || P.Offset != Q.Offset)
        Reasons.push_back((What + " " + Memory.describe(P.Allocation) + " + " + Twine(P.Offset) +
                           " against " + Memory.describe(InA) + " + " + Twine(Q.Offset))
                              .str());
    };
    Place("from", X.From, Y.From);
    Place("to", X.To, Y.To);
    if (X.Extent != Y.Extent)
      Reasons.push_back("it is of " + triple(X.Extent) + " against " + triple(Y.Extent));
    if (X.Value != Y.Value || X.Element != Y.Element)
      Reasons.push_back("it fills with " + utostr(X.Value) + " against " + utostr(Y.Value));
  }

  const Recording &A, &B;
  const CompareOptions &Options;
  Comparison Result;
  SiteNames Names;
  AllocationPairs Pairs;
  MemoryComparer Memory;
  std::vector<uint64_t> LaunchOfA, LaunchOfB; ///< by call: which launch of its kernel it is
  size_t NextB = 0;
  std::optional<size_t> LastOnlyA;
  uint64_t Waits = 0, OtherArguments = 0, OutOfOrder = 0;
};

} // namespace

Comparison compare(const Recording &A, const Recording &B, const CompareOptions &Options) {
  return Comparer(A, B, Options).run();
}

} // namespace cuport
