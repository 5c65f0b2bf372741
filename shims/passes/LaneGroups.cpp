// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneGroups.h"

#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace cuport {

constexpr int64_t MostElements = 4, MostOfRun = 8, MostBytesOfRun = 32; // a run has at most as many elements as there are threads

/// One that may still grow: accesses at offsets, in bytes, from what their addresses have in common.
struct LaneGroups::Open {
  bool Stores;
  Type *Lane;
  const Value *Base;
  int64_t Pitch; ///< in bytes; 0: runs
  int64_t Most;  ///< bytes that they may span
  SmallVector<std::pair<Instruction *, int64_t>, 4> Members;

  int64_t size() const { return Members.front().first->getDataLayout().getTypeStoreSize(Lane); }
  int64_t least() const { return min_element(Members, less_second())->second; }

  /// Loads may be the same again.
  bool takes(int64_t Offset) const {
    return (Offset - Members.front().second) % size() == 0 && all_of(Members, [&](const auto &One) {
             return std::abs(One.second - Offset) < Most && !(Stores && One.second == Offset);
           });
  }
};

LaneGroups::LaneGroups(Function &F, const LaneFlow &Flow, const LaneShapes &Shapes, unsigned Threads) {
  for (BasicBlock &Block : F)
    findIn(Block, Flow.isFull(Block), Shapes, Threads);
}

void LaneGroups::findIn(BasicBlock &Block, bool IsFull, const LaneShapes &Shapes, unsigned Threads) {
  const DataLayout &Layout = Block.getDataLayout();
  SmallVector<Open> Loads, Stores;
  auto end = [&](SmallVector<Open> &Groups) {
    close(Groups);
    Groups.clear();
  };
  for (Instruction &I : Block) {
    auto *Address = getLoadStorePointerOperand(&I);
    if (!I.mayReadOrWriteMemory() || (Address && Shapes.isOwnMemory(*Address)))
      continue;
    // What was stored is loaded behind it, and loaded before what is stored then.
    end(isa<LoadInst>(I) ? Stores : Loads);
    if (!Address || !(isa<LoadInst>(I) ? cast<LoadInst>(I).isSimple() : cast<StoreInst>(I).isSimple())) {
      end(Stores);
      continue;
    }
    Type *Lane = getLoadStoreType(&I);
    const Shape Is = Shapes.at(I.getOperandUse(isa<StoreInst>(I)));
    const int64_t Size = Layout.getTypeStoreSize(Lane).getFixedValue();
    SmallVector<Open> &Groups = isa<LoadInst>(I) ? Loads : Stores;
    const bool IsRow = Is.Is == Shape::Uniform || (Is.Is == Shape::Strided && std::abs(Is.Stride) <= Size);
    const bool IsNear = IsFull && Is.Is == Shape::Strided && Is.Stride % Size == 0 && Is.Stride > 0 && Is.Stride <= MostElements * Size;
    if (IsRow || !Layout.typeSizeEqualsStoreSize(Lane) || Lane->isPointerTy()) {
      // Of another store nobody knows where it goes.
      if (isa<StoreInst>(I))
        end(Stores);
      continue;
    }
    APInt Offset(64, 0);
    const Value *Base = Address->stripAndAccumulateConstantOffsets(Layout, Offset, true);
    const int64_t At = Offset.getSExtValue();
    const int64_t Pitch = IsNear ? Is.Stride : 0;
    const int64_t Most = IsNear ? Is.Stride : std::min(std::min<int64_t>(MostOfRun, Threads) * Size, MostBytesOfRun);
    Open *Found =
        find_if(Groups, [&](const Open &G) { return G.Base == Base && G.Lane == Lane && G.Pitch == Pitch && G.takes(At); });
    if (Found != Groups.end()) {
      Found->Members.push_back({&I, At});
      continue;
    }
    if (isa<StoreInst>(I))
      end(Stores);
    Groups.push_back({isa<StoreInst>(I), Lane, Base, Pitch, Most, {{&I, At}}});
  }
  end(Loads);
  end(Stores);
}

void LaneGroups::close(ArrayRef<Open> Found) {
  for (const Open &G : Found) {
    const int64_t Size = G.size(), Least = G.least();
    LaneGroup New = {G.Lane, static_cast<unsigned>(G.Pitch / Size), 0, {}};
    for (auto [Member, Offset] : G.Members) {
      const unsigned Place = (Offset - Least) / Size;
      New.Members.push_back({Member, Place});
      New.Span = std::max(New.Span, Place + 1);
    }
    // What lies between is not this thread's to write.
    if (G.Stores && New.Members.size() != (New.Pitch ? New.Pitch : New.Span))
      continue;
    if (!New.Pitch && (New.Span == 1 || New.Members.size() * 2 < New.Span || (G.Stores && !isPowerOf2_32(New.Span))))
      continue;
    All.push_back(std::move(New));
    for (auto [Member, Place] : All.back().Members)
      Groups[Member] = &All.back();
  }
}

} // namespace cuport
