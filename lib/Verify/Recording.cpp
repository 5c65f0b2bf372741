// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Verify/Recording.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Endian.h"

using namespace llvm;

namespace cuport {
namespace {

using namespace record;

/// Fields one behind the other. What is beyond the end reads as 0 and is remembered.
class Fields {
public:
  explicit Fields(StringRef Bytes) : Rest(Bytes) {}

  uint32_t u32() { return number<uint32_t>(); }
  uint64_t u64() { return number<uint64_t>(); }
  StringRef bytes(uint64_t Size) {
    if (Size > Rest.size()) {
      Short = true;
      Rest = "";
      return "";
    }
    StringRef Taken = Rest.take_front(Size);
    Rest = Rest.drop_front(Size);
    return Taken;
  }
  std::string text() { return bytes(u32()).str(); }
  /// A number of things of which each takes at least so many bytes.
  uint32_t count(size_t Least) {
    uint32_t Count = u32();
    if (Count <= Rest.size() / Least)
      return Count;
    Short = true;
    return 0;
  }
  bool whole() const { return !Short && Rest.empty(); }
  bool isShort() const { return Short; }

private:
  template <class Number> Number number() {
    StringRef Taken = bytes(sizeof(Number));
    return Taken.empty() ? 0 : support::endian::read<Number, endianness::little>(Taken.data());
  }

  StringRef Rest;
  bool Short = false;
};

class Reader {
public:
  Expected<Recording> read(StringRef Text) {
    StringRef Rest = Text;
    if (!Rest.consume_front(StringRef(Magic, MagicBytes)))
      return createStringError("it is no recording of this version of cuport");
    while (!Rest.empty() && !Result.Complete) {
      Fields Head(Rest);
      const uint32_t Kind = Head.u32();
      const uint64_t Size = Head.u64();
      if (Head.isShort() || Size > Rest.size() - HeadBytes)
        return finished(); // cut here
      if (const char *Wrong = entry(Entry(Kind), Fields(Rest.substr(HeadBytes, Size))))
        return createStringError("the entry at byte " + Twine(Text.size() - Rest.size()) +
                                 " is damaged: " + Wrong);
      Rest = Rest.drop_front(HeadBytes + Size);
    }
    if (Result.Complete && !Rest.empty())
      return createStringError("there is something behind its end, at byte " +
                               Twine(Text.size() - Rest.size()));
    return finished();
  }

private:
  static constexpr uint64_t HeadBytes = 12;
  static constexpr uint64_t MostBytes = uint64_t(1)
                                        << 48; ///< of an allocation: addresses have no more

  Expected<Recording> finished() {
    if (!SeenProgram)
      return createStringError("it stops before it says what was recorded");
    return std::move(Result);
  }

  /// What is wrong with it; null: nothing.
  const char *entry(Entry Kind, Fields F) {
    const char *Wrong = nullptr;
    switch (Kind) {
    case Entry::Program:
      SeenProgram = true;
      Result.Fill = F.u32();
      Result.Warp = F.u32();
      if (uint32_t Layer = F.u32(); Layer <= uint32_t(record::Layer::Runtime))
        Result.Layer = record::Layer(Layer);
      else
        return "where the recorder stood";
      Result.Backend = F.text();
      Result.Command = F.text();
      break;
    case Entry::Module: {
      if (F.u32() != Result.Modules.size())
        return "a module's number";
      std::string Path = F.text();
      uint64_t Size = F.u64();
      Result.Modules.push_back({std::move(Path), Size, int64_t(F.u64())});
      break;
    }
    case Entry::Kernel:
      Wrong = kernel(F);
      break;
    case Entry::Allocation: {
      if (F.u32() != Result.Allocations.size())
        return "an allocation's number";
      RecordedAllocation A;
      const uint32_t Kind = F.u32();
      if (Kind > uint32_t(Memory::Variable))
        return "a kind of memory";
      A.Kind = Memory(Kind);
      A.Device = F.u32();
      A.Size = F.u64();
      if (A.Size > MostBytes)
        return "an allocation's size";
      A.Name = F.text();
      A.Type = F.text();
      Wrong = site(F, A.Site);
      Result.Allocations.push_back(std::move(A));
      break;
    }
    case Entry::Free:
      if (F.u32() >= Result.Allocations.size())
        return "an allocation's number";
      break;
    case Entry::Change:
      Wrong = change(F);
      break;
    case Entry::Call:
      Wrong = call(F);
      break;
    case Entry::End:
      Result.Complete = true;
      break;
    default:
      return "its kind is not known";
    }
    if (Wrong)
      return Wrong;
    return F.whole() ? nullptr : "its length";
  }

  const char *kernel(Fields &F) {
    if (F.u32() != Result.Kernels.size())
      return "a kernel's number";
    RecordedKernel K;
    K.Name = F.text();
    K.File = F.text();
    K.Line = F.u32();
    for (uint32_t I = 0, Count = F.count(8); I < Count; ++I) {
      const uint32_t Size = F.u32();
      K.Parameters.push_back({Size, F.text()});
    }
    Result.Kernels.push_back(std::move(K));
    return nullptr;
  }

  const char *site(Fields &F, RecordedSite &Site) {
    Site.Api = F.text();
    for (uint32_t I = 0, Count = F.count(12); I < Count; ++I) {
      const uint32_t Module = F.u32();
      if (Module >= Result.Modules.size())
        return "a module's number";
      Site.Frames.push_back({Module, F.u64()});
    }
    return nullptr;
  }

  bool pointers(Fields &F, std::vector<RecordedPointer> &Pointers) {
    for (uint32_t I = 0, Count = F.count(20); I < Count; ++I) {
      RecordedPointer P;
      P.At = F.u64();
      P.Allocation = F.u32();
      P.Offset = F.u64();
      if (P.Allocation != NoAllocation && P.Allocation >= Result.Allocations.size())
        return false;
      Pointers.push_back(P);
    }
    return true;
  }

  const char *change(Fields &F) {
    RecordedChange C;
    C.Allocation = F.u32();
    if (C.Allocation >= Result.Allocations.size())
      return "an allocation's number";
    const uint64_t Size = Result.Allocations[C.Allocation].Size;
    const uint32_t At = F.u32();
    if (At > uint32_t(When::After) || (At == uint32_t(When::After) && Result.Calls.empty()))
      return "when it was";
    C.Whole = F.u32() != 0;
    C.Hash = F.u64();
    C.Bytes = F.u64();
    uint64_t End = 0;
    for (uint32_t I = 0, Count = F.count(16); I < Count; ++I) {
      RecordedRun R;
      R.Offset = F.u64();
      R.Bytes = F.bytes(F.u64());
      if (R.Offset < End || R.Offset > Size || R.Bytes.size() > Size - R.Offset)
        return "a run outside of its allocation, or out of order";
      End = R.Offset + R.Bytes.size();
      C.Runs.push_back(R);
    }
    if (!pointers(F, C.Pointers))
      return "an address";
    for (const RecordedPointer &P : C.Pointers)
      if (P.At > Size)
        return "an address";
    if (At == uint32_t(When::Before))
      Pending.push_back(std::move(C));
    else
      Result.Calls.back().After.push_back(std::move(C));
    return nullptr;
  }

  bool location(Fields &F, RecordedLocation &L) {
    L.Allocation = F.u32();
    L.Offset = F.u64();
    return L.Allocation == NoAllocation || L.Allocation < Result.Allocations.size();
  }

  const char *call(Fields &F) {
    RecordedCall C;
    const uint32_t Operation = F.u32();
    if (Operation >= OperationCount)
      return "an operation";
    C.Operation = record::Operation(Operation);
    C.Queue = F.u32();
    C.Status = int32_t(F.u32());
    if (const char *Wrong = site(F, C.Site))
      return Wrong;
    if (C.Operation == record::Operation::Launch) {
      C.Kernel = F.u32();
      if (C.Kernel >= Result.Kernels.size())
        return "a kernel's number";
      for (auto *Size : {&C.Grid, &C.Block})
        for (uint32_t &N : *Size)
          N = F.u32();
      C.DynamicShared = F.u32();
      C.Cooperative = F.u32() != 0;
      for (const RecordedKernel::Parameter &P : Result.Kernels[C.Kernel].Parameters) {
        RecordedArgument A;
        A.Bytes = F.bytes(P.Size);
        if (!pointers(F, A.Pointers))
          return "an address";
        C.Arguments.push_back(std::move(A));
      }
    } else if (C.Operation == record::Operation::Copy || C.Operation == record::Operation::Fill) {
      if (!location(F, C.To) || (C.Operation == record::Operation::Copy && !location(F, C.From)))
        return "a place in memory";
      if (C.Operation == record::Operation::Fill) {
        C.Value = F.u32();
        C.Element = F.u32();
      }
      for (uint64_t &N : C.Extent)
        N = F.u64();
    }
    C.Before = std::move(Pending);
    Pending.clear();
    C.Allocated = Result.Allocations.size();
    Result.Calls.push_back(std::move(C));
    return nullptr;
  }

  Recording Result;
  std::vector<RecordedChange> Pending;
  bool SeenProgram = false;
};

} // namespace

Expected<Recording> parseRecording(StringRef Text) { return Reader().read(Text); }

} // namespace cuport
