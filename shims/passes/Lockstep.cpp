// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// uint32_t lockstep(arguments, block, first, count, point, points, box or turn)
//
//   from a point that all threads have reached: loop over them through the region behind it; where that has one next point,
//   or all threads name the same, settle it and go on with its region. Ends
//     with a point      that is not the group's to settle (a barrier of the block when the group is a warp, of the grid; where threads
//                       of the block have ended, all but barriers), or not its turn's any more
//     with End          all threads have ended
//     with Diverged     points[t] says for each thread where it is
//
// The group is the block, or what is left of it: box[0] * box[1] * box[2] threads, which begin with the first one. A second function
// has it for a full warp of 32 whose threads are neighbours in x, where there are collectives of warps: warps of a block often part.

#include "LaneLoop.h"
#include "Regions.h"

#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace cuport {

namespace {

constexpr uint32_t Diverged = End - 1;
/// Warps of other widths go thread by thread: they are there to try code out, not for speed.
constexpr uint32_t WarpWidth = 32;

enum Parameter : unsigned {
  ArgumentsParameter,
  BlockParameter,
  FirstParameter,
  CountParameter,
  AtParameter,
  PointsParameter,
  BoxParameter,
  TurnParameter = BoxParameter, ///< in its place, for a warp
};

class Builder {
public:
  Builder(const Kernel &K, const CutStep &Cut, GlobalVariable *Points, bool ByWarp)
      : K(K), Cut(Cut), Points(Points), ByWarp(ByWarp), Context(K.Body->getContext()), B(Context) {
    Type *Pointer = PointerType::getUnqual(Context), *Int32 = Type::getInt32Ty(Context);
    F = createAround(K, ByWarp ? ".warp" : ".lockstep", Int32, {Pointer, Pointer, Int32, Int32, Int32, Pointer, ByWarp ? Int32 : Pointer});
    // Its loops have 32 rounds: nothing to unroll, no rest.
    if (ByWarp)
      F->addFnAttr(Attribute::OptimizeForSize);
  }

  Function *run() {
    BasicBlock *Entry = block("entry");
    B.SetInsertPoint(Entry);
    Least = B.CreateAlloca(B.getInt32Ty());
    Most = B.CreateAlloca(B.getInt32Ty());
    for (AllocaInst **Copy : {&UniformIn, &UniformOut}) {
      *Copy = memoryOfUniform();
      (*Copy)->setAlignment(Align(8));
    }
    Values = loadBlockValues(B, K, Cut.S, F->getArg(ArgumentsParameter), F->getArg(BlockParameter), true);
    Frames = loadFrames(B, F->getArg(BlockParameter));
    Threads = loadThreadCount(B, F->getArg(BlockParameter));
    if (ByWarp) {
      Turn = B.CreateAlloca(B.getInt32Ty());
      B.CreateStore(F->getArg(TurnParameter), Turn);
      startRow();
    } else {
      loadBox();
    }
    for (unsigned Index = 0; Index < Cut.Points.size(); ++Index) {
      Regions.push_back(block("region"));
      Arrivals.push_back(block("arrival"));
    }
    Apart = block("apart");
    Ended = block("ended");
    SwitchInst *Switch = B.CreateSwitch(F->getArg(AtParameter), Apart, Regions.size());
    for (unsigned Index = 0; Index < Regions.size(); ++Index)
      Switch->addCase(B.getInt32(Index), resumption(Index));
    writeApart();
    B.SetInsertPoint(Ended);
    B.CreateRet(B.getInt32(End));
    for (unsigned Index = 0; Index < Regions.size(); ++Index) {
      writeArrival(Index);
      writeRegion(Index);
    }
    return F;
  }

private:
  BasicBlock *block(StringRef Name) { return BasicBlock::Create(Context, Name, F); }

  /// For all points' uniform values. LLVM makes registers of memory whose size is a constant, and at each point as many choices of where they
  /// come from: of some hundred values that was most of a kernel with hundreds of points.
  AllocaInst *memoryOfUniform() {
    constexpr size_t MostInRegisters = 256;
    size_t Count = 0;
    for (const Point &P : Cut.Points)
      Count += P.Uniform.size();
    const uint64_t Size = uint64_t(Cut.UniformSize) * Cut.Points.size();
    if (Count <= MostInRegisters)
      return B.CreateAlloca(ArrayType::get(B.getInt8Ty(), Size));
    return B.CreateAlloca(B.getInt8Ty(), B.CreateAdd(B.getInt32(Size), F->getArg(CountParameter)));
  }

  /// Where the group goes on at a point: the uniform values are those of its first thread, the scheduler having seen that all
  /// have the same ones.
  BasicBlock *resumption(unsigned Index) {
    const Point &P = Cut.Points[Index];
    if (P.Uniform.empty())
      return Regions[Index];
    BasicBlock *Resumption = block("resumption");
    IRBuilder<> In(Resumption);
    Value *OfThread = uniformSlot(In, Cut, Frames, Threads, F->getArg(FirstParameter));
    In.CreateMemCpy(uniformAt(In, UniformOut, Index), Align(8), OfThread, Align(8), P.UniformSize);
    In.CreateBr(Regions[Index]);
    return Resumption;
  }

  Value *uniformAt(IRBuilder<> &In, Value *Base, unsigned Index) {
    return In.CreateConstInBoundsGEP1_64(In.getInt8Ty(), Base, uint64_t(Index) * Cut.UniformSize);
  }

  /// Gives the thread its own copy of a point's uniform values.
  void saveUniform(IRBuilder<> &In, unsigned Index, Value *Linear) {
    Value *OfThread = uniformSlot(In, Cut, Frames, Threads, Linear);
    for (const UniformValue &V : Cut.Points[Index].Uniform) {
      Value *Saved =
          In.CreateLoad(V.Type, In.CreateConstInBoundsGEP1_64(In.getInt8Ty(), uniformAt(In, UniformOut, Index), V.Offset));
      In.CreateAlignedStore(Saved, In.CreateConstInBoundsGEP1_64(In.getInt8Ty(), OfThread, V.Offset), Align(1));
    }
  }

  void forThreadsOfGroup(llvm::function_ref<void(IRBuilder<> &, Value *)> Body) {
    loopOver(B, F->getArg(CountParameter),
             [&](IRBuilder<> &In, Value *Index) { Body(In, In.CreateAdd(F->getArg(FirstParameter), Index)); });
  }

  /// Threads name several points: each takes the uniform values of its own along.
  void writeApart() {
    B.SetInsertPoint(Apart);
    Instruction *Last = B.CreateRet(B.getInt32(Diverged));
    if (Cut.UniformSize == 0)
      return;
    B.SetInsertPoint(Last);
    forThreadsOfGroup([&](IRBuilder<> &In, Value *Linear) {
      Value *At = In.CreateLoad(In.getInt32Ty(), In.CreateInBoundsGEP(In.getInt32Ty(), F->getArg(PointsParameter),
                                                                      In.CreateZExt(Linear, In.getInt64Ty())));
      BasicBlock *Saved = SplitBlock(In.GetInsertBlock(), In.GetInsertPoint());
      Instruction *Branch = Saved->getSinglePredecessor()->getTerminator();
      IRBuilder<> Before(Branch);
      SwitchInst *Switch = Before.CreateSwitch(At, Saved);
      Branch->eraseFromParent();
      for (unsigned Index = 0; Index < Cut.Points.size(); ++Index) {
        if (Cut.Points[Index].Uniform.empty())
          continue;
        BasicBlock *OfPoint = BasicBlock::Create(Context, "save", F, Saved);
        Switch->addCase(In.getInt32(Index), OfPoint);
        IRBuilder<> Save(OfPoint);
        saveUniform(Save, Index, Linear);
        Save.CreateBr(Saved);
      }
      In.SetInsertPoint(&Saved->front());
    });
  }

  /// The group's first thread.
  void startRow() {
    Value *First = F->getArg(FirstParameter);
    Value *Width = Values.Places[BlockDimParameter], *Height = Values.Places[BlockDimParameter + 1];
    Value *Row = B.CreateUDiv(First, Width);
    Start = {B.CreateURem(First, Width), B.CreateURem(Row, Height), B.CreateUDiv(Row, Height), First, B.getInt32(0)};
  }

  void loadBox() {
    Value *IsAll = B.getTrue();
    for (unsigned Dimension = 0; Dimension < 3; ++Dimension) {
      Value *&Size = Values.Box[Dimension];
      Value *Whole = Size;
      Size = B.CreateLoad(B.getInt32Ty(), B.CreateConstInBoundsGEP1_64(B.getInt32Ty(), F->getArg(BoxParameter), Dimension));
      IsAll = B.CreateAnd(IsAll, B.CreateICmpEQ(Size, Whole));
    }
    IsWhole = IsAll;
    Lines = linesOf(B, Values);
  }

  /// Leaves the point to the scheduler.
  void writeReturn(unsigned Index) {
    Instruction *Last = B.CreateRet(B.getInt32(Index));
    B.SetInsertPoint(Last);
    if (!Cut.Points[Index].Uniform.empty())
      forThreadsOfGroup([&](IRBuilder<> &In, Value *Linear) { saveUniform(In, Index, Linear); });
  }

  /// What all threads of the group do together at a point, before they go on.
  void writeArrival(unsigned Index) {
    const Point &P = Cut.Points[Index];
    B.SetInsertPoint(Arrivals[Index]);
    const bool OfBlock = P.Kind == PointKind::Barrier || P.Kind == PointKind::BarrierReduce;
    if (P.Kind == PointKind::GridBarrier || ((OfBlock || P.Kind == PointKind::Sleep) && ByWarp))
      return writeReturn(Index);
    if (P.Kind == PointKind::Sleep) {
      // Who could end the waiting is in another block.
      callYield(B, F->getArg(BlockParameter));
      B.CreateBr(Regions[Index]);
      return;
    }
    if (ByWarp && P.Kind != PointKind::Entry && comesAgain(Cut, Index)) {
      BasicBlock *Over = block("over"), *Settled = block("settled");
      Value *Left = B.CreateSub(B.CreateLoad(B.getInt32Ty(), Turn), B.getInt32(1));
      B.CreateStore(Left, Turn);
      B.CreateCondBr(B.CreateIsNull(Left), Over, Settled);
      B.SetInsertPoint(Over);
      writeReturn(Index);
      B.SetInsertPoint(Settled);
    }
    if (P.Kind != PointKind::Barrier && P.Kind != PointKind::WarpBarrier && P.Kind != PointKind::Entry) {
      if (!ByWarp) {
        BasicBlock *Rest = block("rest"), *All = block("all");
        B.CreateCondBr(IsWhole, All, Rest);
        B.SetInsertPoint(Rest);
        writeReturn(Index);
        B.SetInsertPoint(All);
      }
      callSettle(B, F->getArg(BlockParameter), B.CreateConstInBoundsGEP2_64(Points->getValueType(), Points, 0, Index),
                 F->getArg(FirstParameter), F->getArg(CountParameter));
    }
    B.CreateBr(Regions[Index]);
  }

  BasicBlock *arrival(uint32_t Next) { return Next == End ? Ended : Arrivals[Next]; }

  void writeRegion(unsigned Index) {
    const Point &P = Cut.Points[Index];
    B.SetInsertPoint(Regions[Index]);
    B.CreateStore(B.getInt32(~0u), Least);
    B.CreateStore(B.getInt32(0), Most);
    if (!P.Uniform.empty())
      B.CreateMemCpy(uniformAt(B, UniformIn, Index), Align(8), uniformAt(B, UniformOut, Index), Align(8), P.UniformSize);
    for (uint32_t Next : P.Next)
      if (Next != End)
        B.CreateMemSet(uniformAt(B, UniformOut, Next), B.getInt8(0), Cut.Points[Next].UniformSize, Align(8));
    Instruction *Last = B.CreateUnreachable();
    B.SetInsertPoint(Last);
    if (P.Check.Body && !ByWarp) {
      Value *Usual = allGoUsualWay(B, P.Check, Values, Cut.S, more(Index, false));
      BasicBlock *AsUsual = block("usual"), *Else = block("else");
      B.CreateCondBr(Usual, AsUsual, Else);
      Last->eraseFromParent();
      B.SetInsertPoint(AsUsual);
      B.SetInsertPoint(B.CreateUnreachable());
      fetchAhead(B, P.Ahead, *P.Resume, Values, Cut.S, more(Index, false));
      writeLoop(Index, P.Ways.front(), P.UsualNext, P.UsualNext.size() < 2, true);
      B.SetInsertPoint(Else);
      B.SetInsertPoint(B.CreateUnreachable());
    }
    if (P.Fork) {
      // What is the same for all the first one knows.
      Value *None = B.getInt32(0);
      const ThreadValues First = ByWarp ? Start : ThreadValues{None, None, None, None, None};
      Value *Asked = copyOf(B, P.Fork->getCondition(), *P.Resume, operandsOf(Values, First, more(Index, false)));
      BasicBlock *Then = block("then"), *Else = block("else");
      B.CreateCondBr(Asked, Then, Else);
      Last->eraseFromParent();
      B.SetInsertPoint(Then);
      B.SetInsertPoint(B.CreateUnreachable());
      writeWay(Index, P.Ways.front());
      B.SetInsertPoint(Else);
      B.SetInsertPoint(B.CreateUnreachable());
    }
    writeWay(Index, P.Ways.back());
  }

  void writeWay(unsigned Index, const Way &W) { writeLoop(Index, W, W.Next, W.Next.size() < 2 || Cut.Points[Index].Agree, false); }

  SmallVector<Value *> more(unsigned Index, bool Assume) {
    return {Frames, Threads, B.getInt32(Index), UniformIn, UniformOut, B.getInt32(Cut.UniformSize), B.getInt1(Assume)};
  }

  /// The threads' way from a point to the next ones, in place of the unreachable that B stands before.
  void writeLoop(unsigned Index, const Way &W, ArrayRef<uint32_t> Nexts, bool Agree, bool Assume) {
    const Point &P = Cut.Points[Index];
    const SmallVector<Value *> More = more(Index, Assume);
    auto run = [&](IRBuilder<> &InLoop, const ThreadValues &Thread, const Step &Which, unsigned Threads) {
      Value *Next = inlineStep(InLoop, Which, Values, Thread, More);
      if (Nexts.size() < 2)
        return;
      const bool Vary = Next->getType()->isVectorTy();
      auto fold = [&](llvm::Intrinsic::ID Id, Value *New, Value *Where) {
        Value *Old = InLoop.CreateLoad(InLoop.getInt32Ty(), Where);
        InLoop.CreateStore(InLoop.CreateBinaryIntrinsic(Id, Old, New), Where);
      };
      // Where all threads have the same, the least is that; and LLVM can vectorise it.
      fold(llvm::Intrinsic::umin, Vary ? InLoop.CreateIntMinReduce(Next) : Next, Least);
      if (Agree)
        return;
      fold(llvm::Intrinsic::umax, Vary ? InLoop.CreateIntMaxReduce(Next) : Next, Most);
      Value *Slot = InLoop.CreateInBoundsGEP(InLoop.getInt32Ty(), F->getArg(PointsParameter),
                                             InLoop.CreateZExt(Thread.Linear, InLoop.getInt64Ty()));
      Value *OfAll = Vary || Threads == 1 ? Next : InLoop.CreateVectorSplat(Threads, Next);
      InLoop.CreateAlignedStore(OfAll, Slot, Align(4))->setMetadata(LLVMContext::MD_access_group, Cut.S.Parallel);
    };
    const WideStep &Wide = Assume || !P.Check.Body ? W.Wide : W.Rest;
    const Step InVectors = {Wide.Body, W.Region.FirstPlace, W.Region.Parallel};
    auto One = [&](IRBuilder<> &InLoop, const ThreadValues &Thread) { run(InLoop, Thread, W.Region, 1); };
    auto Many = [&](IRBuilder<> &InLoop, const ThreadValues &Thread) { run(InLoop, Thread, InVectors, Wide.Threads); };
    const WideBody Several = {Wide, More, Many};
    if (ByWarp)
      loopOverRow(B, Values, Cut.S, Start, B.getInt32(WarpWidth), One, &Several);
    else if (P.ByLinear)
      loopOverLinear(B, Values, Cut.S, Lines, One, &Several);
    else
      loopOverBlock(B, Values, Cut.S, One, &Several);
    Instruction *Last = B.GetInsertBlock()->getTerminator();
    if (Nexts.empty())
      return;
    Value *Next = Nexts.size() > 1 ? static_cast<Value *>(B.CreateLoad(B.getInt32Ty(), Least)) : B.getInt32(Nexts.front());
    if (!Agree) {
      BasicBlock *Agreed = block("agreed");
      B.CreateCondBr(B.CreateICmpEQ(Next, B.CreateLoad(B.getInt32Ty(), Most)), Agreed, Apart);
      Last->eraseFromParent();
      B.SetInsertPoint(Agreed);
      Last = B.CreateUnreachable();
      B.SetInsertPoint(Last);
    }
    SwitchInst *Switch = B.CreateSwitch(Next, arrival(Nexts.back()), Nexts.size());
    for (uint32_t Other : drop_end(Nexts))
      Switch->addCase(B.getInt32(Other), arrival(Other));
    Last->eraseFromParent();
  }

  const Kernel &K;
  const CutStep &Cut;
  GlobalVariable *const Points;
  const bool ByWarp;
  LLVMContext &Context;
  IRBuilder<> B;
  Function *F = nullptr;
  BlockValues Values;
  ThreadValues Start{};
  std::array<Value *, 3> Lines{}; ///< the box, for what does not ask for x, y and z
  Value *IsWhole = nullptr;       ///< whether no thread has ended
  Value *Frames = nullptr, *Threads = nullptr;
  AllocaInst *Least = nullptr, *Most = nullptr;
  AllocaInst *Turn = nullptr; ///< points that a warp may still settle
  AllocaInst *UniformIn = nullptr, *UniformOut = nullptr; ///< of every point; as threads found them, and as they leave them
  std::vector<BasicBlock *> Regions, Arrivals;
  BasicBlock *Apart = nullptr, *Ended = nullptr;
};

} // namespace

Function *makeLockstep(const Kernel &K, const CutStep &Cut, GlobalVariable *Points, bool ByWarp) {
  return Builder(K, Cut, Points, ByWarp).run();
}

} // namespace cuport
