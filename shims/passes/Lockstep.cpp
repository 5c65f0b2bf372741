// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// uint32_t lockstep(arguments, block, first, count, point, points)
//
//   from a point that all threads have reached: loop over them through the region behind it; where that has one next point,
//   or all threads name the same, settle it and go on with its region. Ends
//     with a point      that is not the group's to settle (a barrier of the block when the group is a warp, of the grid)
//     with End          all threads have ended
//     with Diverged     points[t] says for each thread where it is
//
// The group is the block; a second function has it for a full warp of 32 whose threads are neighbours in x, where there are
// collectives of warps: warps of a block often part.

#include "LaneLoop.h"
#include "Regions.h"

using namespace llvm;

namespace cuport {

namespace {

constexpr uint32_t Diverged = End - 1;
/// Warps of other widths go thread by thread: they are there to try code out, not for speed.
constexpr uint32_t WarpWidth = 32;

enum Parameter : unsigned { ArgumentsParameter, BlockParameter, FirstParameter, CountParameter, AtParameter, PointsParameter };

class Builder {
public:
  Builder(const Kernel &K, const CutStep &Cut, bool ByWarp)
      : K(K), Cut(Cut), ByWarp(ByWarp), Context(K.Body->getContext()), B(Context) {
    Type *Pointer = PointerType::getUnqual(Context), *Int32 = Type::getInt32Ty(Context);
    F = createAround(K, ByWarp ? ".warp" : ".lockstep", Int32, {Pointer, Pointer, Int32, Int32, Int32, Pointer});
  }

  Function *run() {
    BasicBlock *Entry = block("entry");
    B.SetInsertPoint(Entry);
    Least = B.CreateAlloca(B.getInt32Ty());
    Most = B.CreateAlloca(B.getInt32Ty());
    Values = loadBlockValues(B, K, Cut.S, F->getArg(ArgumentsParameter), F->getArg(BlockParameter), true);
    Frames = loadFrames(B, F->getArg(BlockParameter));
    Threads = loadThreadCount(B, F->getArg(BlockParameter));
    if (ByWarp)
      startRow();
    for (unsigned Index = 0; Index < Cut.Points.size(); ++Index) {
      Regions.push_back(block("region"));
      Arrivals.push_back(block("arrival"));
    }
    Apart = block("apart");
    Ended = block("ended");
    SwitchInst *Switch = B.CreateSwitch(F->getArg(AtParameter), Apart, Regions.size());
    for (auto [Index, Region] : enumerate(Regions))
      Switch->addCase(B.getInt32(Index), Region);
    returnFrom(Apart, Diverged);
    returnFrom(Ended, End);
    for (unsigned Index = 0; Index < Regions.size(); ++Index) {
      writeArrival(Index);
      writeRegion(Index);
    }
    return F;
  }

private:
  BasicBlock *block(StringRef Name) { return BasicBlock::Create(Context, Name, F); }
  void returnFrom(BasicBlock *Block, uint32_t Value) {
    B.SetInsertPoint(Block);
    B.CreateRet(B.getInt32(Value));
  }

  /// The group's first thread.
  void startRow() {
    Value *First = F->getArg(FirstParameter);
    Value *Width = Values.Places[BlockDimParameter], *Height = Values.Places[BlockDimParameter + 1];
    Value *Row = B.CreateUDiv(First, Width);
    Start = {B.CreateURem(First, Width), B.CreateURem(Row, Height), B.CreateUDiv(Row, Height), First, B.getInt32(0)};
  }

  /// What all threads of the group do together at a point, before they go on.
  void writeArrival(unsigned Index) {
    const Point &P = Cut.Points[Index];
    B.SetInsertPoint(Arrivals[Index]);
    const bool OfBlock = P.Kind == PointKind::Barrier || P.Kind == PointKind::BarrierReduce;
    if (P.Kind == PointKind::GridBarrier || (OfBlock && ByWarp)) {
      B.CreateRet(B.getInt32(Index));
      return;
    }
    if (P.Kind != PointKind::Barrier && P.Kind != PointKind::WarpBarrier && P.Kind != PointKind::Entry)
      callSettle(B, F->getArg(BlockParameter), static_cast<uint32_t>(P.Kind), P.Operation, F->getArg(FirstParameter),
                 F->getArg(CountParameter));
    B.CreateBr(Regions[Index]);
  }

  BasicBlock *arrival(uint32_t Next) { return Next == End ? Ended : Arrivals[Next]; }

  void writeRegion(unsigned Index) {
    const Point &P = Cut.Points[Index];
    B.SetInsertPoint(Regions[Index]);
    const bool Unsure = P.Next.size() > 1;
    if (Unsure) {
      B.CreateStore(B.getInt32(~0u), Least);
      B.CreateStore(B.getInt32(0), Most);
    }
    Instruction *Last = P.Next.empty() ? cast<Instruction>(B.CreateUnreachable()) : B.CreateBr(arrival(P.Next.front()));
    B.SetInsertPoint(Last);
    auto Body = [&](IRBuilder<> &InLoop, const ThreadValues &Thread) {
      Value *Next = inlineStep(InLoop, Cut.S, Values, Thread, {Frames, Threads, InLoop.getInt32(Index)});
      if (!Unsure)
        return;
      Value *Slot = InLoop.CreateInBoundsGEP(InLoop.getInt32Ty(), F->getArg(PointsParameter),
                                             InLoop.CreateZExt(Thread.Linear, InLoop.getInt64Ty()));
      InLoop.CreateStore(Next, Slot)->setMetadata(LLVMContext::MD_access_group, Cut.S.Parallel);
      auto fold = [&](llvm::Intrinsic::ID Id, Value *Where) {
        Value *Old = InLoop.CreateLoad(InLoop.getInt32Ty(), Where);
        InLoop.CreateStore(InLoop.CreateBinaryIntrinsic(Id, Old, Next), Where);
      };
      fold(llvm::Intrinsic::umin, Least);
      fold(llvm::Intrinsic::umax, Most);
    };
    if (ByWarp)
      loopOverRow(B, Cut.S, Start, B.getInt32(WarpWidth), Body);
    else
      loopOverBlock(B, Values, Cut.S, Body);
    if (!Unsure)
      return;
    Last = B.GetInsertBlock()->getTerminator();
    Value *Low = B.CreateLoad(B.getInt32Ty(), Least), *High = B.CreateLoad(B.getInt32Ty(), Most);
    BasicBlock *Agreed = block("agreed");
    B.CreateCondBr(B.CreateICmpEQ(Low, High), Agreed, Apart);
    Last->eraseFromParent();
    B.SetInsertPoint(Agreed);
    SwitchInst *Switch = B.CreateSwitch(Low, arrival(P.Next.back()), P.Next.size());
    for (uint32_t Next : drop_end(P.Next))
      Switch->addCase(B.getInt32(Next), arrival(Next));
  }

  const Kernel &K;
  const CutStep &Cut;
  const bool ByWarp;
  LLVMContext &Context;
  IRBuilder<> B;
  Function *F = nullptr;
  BlockValues Values;
  ThreadValues Start{};
  Value *Frames = nullptr, *Threads = nullptr;
  AllocaInst *Least = nullptr, *Most = nullptr;
  std::vector<BasicBlock *> Regions, Arrivals;
  BasicBlock *Apart = nullptr, *Ended = nullptr;
};

} // namespace

Function *makeLockstep(const Kernel &K, const CutStep &Cut, bool ByWarp) { return Builder(K, Cut, ByWarp).run(); }

} // namespace cuport
