// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneLoop.h"
#include "LaneFetch.h"

#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace cuport {

namespace {

/// A slot in the entry of a function that is being written.
AllocaInst *slotOf(IRBuilder<> &Builder, Type *Of) {
  BasicBlock &Entry = Builder.GetInsertBlock()->getParent()->getEntryBlock();
  return IRBuilder<>(&Entry, Entry.begin()).CreateAlloca(Of);
}

/// Index = Begin; do { ... } while (++Index < End), around what follows.
struct Loop {
  BasicBlock *Header;
  BasicBlock *After;
  PHINode *Index;

  /// Splits at Builder, which then stands in the loop, before its latch. Begin: 0 if null.
  Loop(IRBuilder<> &Builder, Value *End, StringRef Name, Value *Begin = nullptr) {
    BasicBlock *Before = Builder.GetInsertBlock();
    After = SplitBlock(Before, Builder.GetInsertPoint());
    Header = BasicBlock::Create(Builder.getContext(), Name, Before->getParent(), After);
    Before->getTerminator()->replaceUsesOfWith(After, Header);
    Builder.SetInsertPoint(Header);
    Index = Builder.CreatePHI(Builder.getInt32Ty(), 2, Name);
    Index->addIncoming(Begin ? Begin : Builder.getInt32(0), Before);
    Next = cast<Instruction>(Builder.CreateNUWAdd(Index, Builder.getInt32(1)));
    Next->setHasNoSignedWrap();
    Instruction *Latch = Builder.CreateCondBr(Builder.CreateICmpULT(Next, End), Header, After);
    Index->addIncoming(Next, Header);
    Builder.SetInsertPoint(Next);
    this->Latch = Latch;
  }

  using Placing = function_ref<ThreadValues(IRBuilder<> &, Value *)>;

  /// while (Index < End): Wide for the threads from Index on, if they are enough and are as it wants them; its Part for as many as there
  /// are, if that is enough for it; else Body. Place: the thread Index.
  void fill(IRBuilder<> &Builder, const BlockValues &Values, Value *End, Placing Place, ThreadBody Body, const WideBody *Wide) {
    const ThreadValues Here = Place(Builder, Index);
    if (!Wide || !Wide->Step.Body)
      return Body(Builder, Here);
    Value *Threads = Builder.getInt32(Wide->Step.Threads);
    Value *Fits = Builder.CreateICmpULE(Builder.CreateNUWAdd(Index, Threads), End);
    Fits = Builder.CreateAnd(Fits, isAsWanted(Builder, Values, *Wide, Here, Place, Builder.getInt32(Wide->Step.Threads - 1)));
    AllocaInst *Taken = slotOf(Builder, Threads->getType());
    Instruction *Then, *Else;
    SplitBlockAndInsertIfThenElse(Fits, Next->getIterator(), &Then, &Else);
    IRBuilder<> In(Then);
    Wide->Body(In, Here);
    In.CreateStore(Threads, Taken);
    In.SetInsertPoint(Else);
    if (const WideBody *Part = Wide->Part; Part && Part->Step.Body) {
      // Behind its end there is none, for which a part looks.
      Value *IsRow = In.CreateICmpEQ(End, Values.Places[BlockDimParameter]);
      Value *Left = In.CreateBinaryIntrinsic(llvm::Intrinsic::umin, In.CreateSub(End, Index), In.getInt32(Part->Step.Threads));
      Fits = In.CreateAnd(IsRow, In.CreateICmpUGE(Left, In.getInt32(Part->Step.Least)));
      Fits = In.CreateAnd(Fits, isAsWanted(In, Values, *Part, Here, Place, In.CreateSub(Left, In.getInt32(1))));
      SplitBlockAndInsertIfThenElse(Fits, Else->getIterator(), &Then, &Else);
      In.SetInsertPoint(Then);
      Part->Body(In, Here);
      In.CreateStore(Left, Taken);
      In.SetInsertPoint(Else);
    }
    Body(In, Here);
    In.CreateStore(In.getInt32(1), Taken);
    In.SetInsertPoint(Next);
    Next->setOperand(1, In.CreateLoad(Taken->getAllocatedType(), Taken));
  }

  /// The body may have split the block: the latch is where the branch is now.
  void finish(MDNode *Parallel) {
    BasicBlock *Block = Latch->getParent();
    if (Block != Header)
      Index->setIncomingBlock(1, Block);
    LLVMContext &Context = Block->getContext();
    SmallVector<Metadata *> Operands{nullptr, MDNode::get(Context, MDString::get(Context, "llvm.loop.mustprogress"))};
    if (Parallel)
      Operands.push_back(MDNode::get(Context, {MDString::get(Context, "llvm.loop.parallel_accesses"), Parallel}));
    MDNode *Id = MDNode::getDistinct(Context, Operands);
    Id->replaceOperandWith(0, Id);
    Latch->setMetadata(LLVMContext::MD_loop, Id);
  }

private:
  /// Whether the threads from Here, at Index, to that behind it by Last are as Wide wants them.
  Value *isAsWanted(IRBuilder<> &Builder, const BlockValues &Values, const WideBody &Wide, const ThreadValues &Here, Placing Place,
                    Value *Last) {
    const SmallVector<Value *> First = operandsOf(Values, Here, Wide.More);
    Value *Parts = Builder.getInt32(0);
    for (unsigned Parameter = 0; Parameter < PlaceParameters; ++Parameter)
      if (Wide.Step.Multiples >> Parameter & 1)
        Parts = Builder.CreateOr(Parts, First[Values.Arguments.size() + Parameter]);
    Value *Is = Builder.CreateIsNull(Builder.CreateAnd(Parts, Builder.getInt32(Wide.Step.Threads - 1)));
    if (Wide.Step.Check.Ramps.empty())
      return Is;
    const ThreadValues End = Place(Builder, Builder.CreateNUWAdd(Index, Last));
    return Builder.CreateAnd(Is, rampsHold(Builder, Wide.Step.Check, First, operandsOf(Values, End, Wide.More)));
  }

  Instruction *Next, *Latch;
};

Value *addNoWrap(IRBuilder<> &Builder, Value *A, Value *B) { return Builder.CreateAdd(A, B, "", true, true); }

} // namespace

void loopOver(IRBuilder<> &Builder, Value *Count, function_ref<void(IRBuilder<> &, Value *)> Body) {
  Loop Threads(Builder, Count, "thread");
  Body(Builder, Threads.Index);
  Threads.finish(nullptr);
  Builder.SetInsertPoint(&*Threads.After->getFirstInsertionPt());
}

void loopOverRow(IRBuilder<> &Builder, const BlockValues &Values, const Step &S, const ThreadValues &Start, Value *Count,
                 ThreadBody Body, const WideBody *Wide) {
  Loop X(Builder, Count, "x");
  auto place = [&](IRBuilder<> &B, Value *Index) -> ThreadValues {
    return {addNoWrap(B, Start.X, Index), Start.Y, Start.Z, addNoWrap(B, Start.Linear, Index), addNoWrap(B, Start.Lane, Index)};
  };
  X.fill(Builder, Values, Count, place, Body, Wide);
  X.finish(S.Parallel);
  Builder.SetInsertPoint(&*X.After->getFirstInsertionPt());
}

/// for z, y: Body, with the first thread of each row.
static void loopOverRows(IRBuilder<> &Builder, const BlockValues &Values, const Step &S, ArrayRef<Value *> Counts, ThreadBody Body) {
  Value *Width = Values.Places[BlockDimParameter], *Height = Values.Places[BlockDimParameter + 1];
  Value *LastLane = Builder.CreateSub(Values.Places[WarpSizeParameter], Builder.getInt32(1));
  Loop Z(Builder, Counts[2], "z");
  Loop Y(Builder, Counts[1], "y");
  Value *Row = Builder.CreateMul(addNoWrap(Builder, Builder.CreateMul(Z.Index, Height, "", true, true), Y.Index), Width, "row",
                                 true, true);
  Body(Builder, {Builder.getInt32(0), Y.Index, Z.Index, Row, Builder.CreateAnd(Row, LastLane)});
  Y.finish(S.Parallel);
  Z.finish(S.Parallel);
  Builder.SetInsertPoint(&*Z.After->getFirstInsertionPt());
}

/// In a row that begins with the thread First, the one at Index.
static ThreadValues threadOf(IRBuilder<> &B, const BlockValues &Values, const ThreadValues &First, Value *Index) {
  Value *LastLane = B.CreateSub(Values.Places[WarpSizeParameter], B.getInt32(1));
  Value *Linear = addNoWrap(B, First.Linear, Index);
  return {Index, First.Y, First.Z, Linear, B.CreateAnd(Linear, LastLane)};
}

static ThreadValues lastOf(IRBuilder<> &B, const BlockValues &Values, const ThreadValues &First) {
  return threadOf(B, Values, First, B.CreateSub(Values.Box[0], B.getInt32(1)));
}

/// for x = Begin ... End - 1 of that row: Body. There is at least one.
static void loopOverX(IRBuilder<> &Builder, const BlockValues &Values, const Step &S, const ThreadValues &First, Value *Begin, Value *End,
                      ThreadBody Body, const WideBody *Wide) {
  Loop X(Builder, End, "x", Begin);
  X.fill(Builder, Values, End, [&](IRBuilder<> &B, Value *Index) { return threadOf(B, Values, First, Index); }, Body, Wide);
  X.finish(S.Parallel);
  Builder.SetInsertPoint(&*X.After->getFirstInsertionPt());
}

static void loopOverCounts(IRBuilder<> &Builder, const BlockValues &Values, const Step &S, ArrayRef<Value *> Counts, ThreadBody Body,
                           const WideBody *Wide) {
  loopOverRows(Builder, Values, S, Counts, [&](IRBuilder<> &InRow, const ThreadValues &First) {
    loopOverX(InRow, Values, S, First, InRow.getInt32(0), Counts[0], Body, Wide);
  });
}

void loopOverBlock(IRBuilder<> &Builder, const BlockValues &Values, const Step &S, ThreadBody Body, const WideBody *Wide) {
  loopOverCounts(Builder, Values, S, Values.Box, Body, Wide);
}

void loopOverLinear(IRBuilder<> &Builder, const BlockValues &Values, const Step &S, ArrayRef<Value *> Counts, ThreadBody Body,
                    const WideBody *Wide) {
  Value *None = PoisonValue::get(Builder.getInt32Ty());
  loopOverCounts(
      Builder, Values, S, Counts,
      [&](IRBuilder<> &InRow, const ThreadValues &Thread) { Body(InRow, {None, None, None, Thread.Linear, Thread.Lane}); }, Wide);
}

std::array<Value *, 3> linesOf(IRBuilder<> &Builder, const BlockValues &Values) {
  auto [X, Y, Z] = Values.Box;
  auto isAll = [&](unsigned Dimension) {
    return Builder.CreateICmpEQ(Values.Box[Dimension], Values.Places[BlockDimParameter + Dimension]);
  };
  Value *One = Builder.getInt32(1);
  Value *OneLayer = Builder.CreateICmpEQ(Z, One), *OneRow = Builder.CreateAnd(OneLayer, Builder.CreateICmpEQ(Y, One));
  Value *WholeRows = Builder.CreateAnd(isAll(0), Builder.CreateOr(isAll(1), OneLayer));
  Value *IsLine = Builder.CreateOr(OneRow, WholeRows);
  Value *All = Builder.CreateMul(X, Builder.CreateMul(Y, Z));
  return {Builder.CreateSelect(IsLine, All, X), Builder.CreateSelect(IsLine, One, Y), Builder.CreateSelect(IsLine, One, Z)};
}

Value *allGoUsualWay(IRBuilder<> &Builder, const Guard &Check, const BlockValues &Values, const Step &S,
                     ArrayRef<Value *> More) {
  AllocaInst *All = slotOf(Builder, Builder.getInt1Ty());
  Builder.CreateStore(Builder.getTrue(), All);
  auto add = [&](IRBuilder<> &InLoop, Value *Goes) {
    InLoop.CreateStore(InLoop.CreateAnd(InLoop.CreateLoad(InLoop.getInt1Ty(), All), Goes), All);
  };
  if (Check.AtEnds)
    loopOverRows(Builder, Values, S, Values.Box, [&](IRBuilder<> &InLoop, const ThreadValues &First) {
      const ThreadValues Last = lastOf(InLoop, Values, First);
      add(InLoop, rowGoesUsualWay(InLoop, Check, operandsOf(Values, First, More), operandsOf(Values, Last, More)));
    });
  else
    loopOverBlock(Builder, Values, S, [&](IRBuilder<> &InLoop, const ThreadValues &Thread) {
      add(InLoop, goesUsualWay(InLoop, Check, operandsOf(Values, Thread, More)));
    });
  return Builder.CreateLoad(Builder.getInt1Ty(), All);
}

void fetchAhead(IRBuilder<> &Builder, ArrayRef<LoopCut::Load> Loads, const BasicBlock &Body, const BlockValues &Values,
                const Step &S, ArrayRef<Value *> More) {
  constexpr unsigned CacheLine = 64;
  for (const LoopCut::Load &Far : Loads)
    loopOverRows(Builder, Values, S, Values.Box, [&](IRBuilder<> &InRow, const ThreadValues &First) {
      Value *Threads = InRow.getInt32(CacheLine / Far.Stride);
      Value *LastX = InRow.CreateSub(Values.Box[0], InRow.getInt32(1));
      Loop Line(InRow, InRow.CreateAdd(InRow.CreateUDiv(LastX, Threads), InRow.getInt32(1)), "line");
      Value *X = InRow.CreateMul(Line.Index, Threads);
      Value *Address = copyOf(InRow, Far.Address, Body, operandsOf(Values, threadOf(InRow, Values, First, X), More));
      fetchLine(InRow, Address);
      Line.finish(nullptr);
      InRow.SetInsertPoint(&*Line.After->getFirstInsertionPt());
    });
}

/// A thread's own variable, which is gone with it.
static bool writesOnlyOwn(const Instruction &I) {
  if (auto *Store = dyn_cast<StoreInst>(&I))
    return Store->isSimple() && isOwnVariable(Store->getPointerOperand());
  auto *Fill = dyn_cast<MemIntrinsic>(&I);
  return Fill && !Fill->isVolatile() && isOwnVariable(Fill->getRawDest());
}

/// Whether anything remains of what a thread does that comes no further.
static bool hasEffects(const BasicBlock &Block) {
  return any_of(Block, [](const Instruction &I) { return I.mayHaveSideEffects() && !I.isLifetimeStartOrEnd() && !writesOnlyOwn(I); });
}

/// For the threads of a block that go the usual way: Going, or Any where these may not be neighbours. Others do nothing.
static void loopOverGoing(IRBuilder<> &Builder, const Guard &Check, const BlockValues &Values, const Step &S, ArrayRef<Value *> More,
                          ThreadBody Going, const WideBody *Wide, ThreadBody Any) {
  Type *Number = Builder.getInt32Ty();
  AllocaInst *Begin = slotOf(Builder, Number), *Count = slotOf(Builder, Number);
  auto value = [&](IRBuilder<> &B, AllocaInst *Slot) { return B.CreateLoad(Number, Slot); };
  Value *Width = Values.Box[0], *None = Builder.getInt32(0);
  loopOverRows(Builder, Values, S, Values.Box, [&](IRBuilder<> &InRow, const ThreadValues &First) {
    const SmallVector<Value *> OfFirst = operandsOf(Values, First, More), OfLast = operandsOf(Values, lastOf(InRow, Values, First), More);
    InRow.CreateStore(None, Begin);
    InRow.CreateStore(Width, Count);
    Value *AllGo = rowGoesUsualWay(InRow, Check, OfFirst, OfLast);
    Instruction *Next = &*InRow.GetInsertPoint(), *Neighbours, *Apart;
    Instruction *Mixed = SplitBlockAndInsertIfThen(InRow.CreateNot(AllGo), Next->getIterator(), false,
                                                   MDBuilder(InRow.getContext()).createUnlikelyBranchWeights());
    IRBuilder<> In(Mixed);
    SplitBlockAndInsertIfThenElse(rampsHold(In, Check, OfFirst, OfLast), Mixed->getIterator(), &Neighbours, &Apart);
    In.SetInsertPoint(Neighbours);
    In.CreateStore(Width, Begin);
    In.CreateStore(None, Count);
    loopOver(In, Width, [&](IRBuilder<> &B, Value *Index) {
      Value *Goes = goesUsualWay(B, Check, operandsOf(Values, threadOf(B, Values, First, Index), More));
      B.CreateStore(B.CreateAdd(value(B, Count), B.CreateZExt(Goes, Number)), Count);
      B.CreateStore(B.CreateBinaryIntrinsic(llvm::Intrinsic::umin, value(B, Begin), B.CreateSelect(Goes, Index, Width)), Begin);
    });
    In.SetInsertPoint(Apart);
    In.CreateStore(None, Count);
    loopOverX(In, Values, S, First, None, Width, Any, nullptr);
    InRow.SetInsertPoint(Next);
    Instruction *SomeGo = SplitBlockAndInsertIfThen(InRow.CreateIsNotNull(value(InRow, Count)), Next->getIterator(), false);
    In.SetInsertPoint(SomeGo);
    Value *From = value(In, Begin);
    loopOverX(In, Values, S, First, From, In.CreateNUWAdd(From, value(In, Count)), Going, Wide);
    InRow.SetInsertPoint(Next);
  });
}

Function *makeLoop(const Kernel &K, FunctionAnalysisManager &Analyses) {
  LLVMContext &Context = K.Body->getContext();
  Type *Pointer = PointerType::getUnqual(Context);
  Step S = makeStep(K, Type::getVoidTy(Context), {Type::getInt1Ty(Context)});
  const Assumption Usual = {S.FirstPlace + PlaceParameters, true};
  Guard Check = guardAtBegin(S, S.Body->getEntryBlock());
  WideStep Wide;
  if (Check.Body && !Check.AtEnds) {
    // In most blocks some threads go the other way, if neighbours do not go together.
    Wide = widen(K, S, Usual, Analyses);
    if (Wide.Body)
      Check = {};
  }
  if (Check.Body)
    assumeUsualWay(Check, S.Body->getArg(Usual.Parameter));
  if (!Wide.Body)
    Wide = widen(K, S, Usual, Analyses);
  Function *F = createAround(K, ".block", Type::getVoidTy(Context), {Pointer, Pointer});
  IRBuilder<> Builder(BasicBlock::Create(Context, "entry", F));
  Builder.SetInsertPoint(Builder.CreateRetVoid());
  const BlockValues Values = loadBlockValues(Builder, K, S, F->getArg(0), F->getArg(1), true);
  const WideStep Part = widenPart(K, S, Usual, Wide, Analyses);
  const Step InVectors = {Wide.Body, S.FirstPlace, S.Parallel}, InPart = {Part.Body, S.FirstPlace, S.Parallel};
  Value *True = Builder.getTrue(), *False = Builder.getFalse();
  auto body = [&](const Step &Which, Value *&Assumed) {
    return [&](IRBuilder<> &InLoop, const ThreadValues &Thread) { inlineStep(InLoop, Which, Values, Thread, Assumed); };
  };
  const auto Going = body(S, True), Any = body(S, False), ManyGoing = body(InVectors, True), Many = body(InVectors, False);
  const auto SomeGoing = body(InPart, True), Some = body(InPart, False);
  const WideBody FewGoing = {Part, True, SomeGoing}, Few = {Part, False, Some};
  const WideBody SeveralGoing = {Wide, True, ManyGoing, &FewGoing}, Several = {Wide, False, Many, &Few};
  if (!Check.Body) {
    loopOverBlock(Builder, Values, S, Any, &Several);
  } else if (Check.AtEnds && !hasEffects(*Check.Body)) {
    loopOverGoing(Builder, Check, Values, S, False, Going, &SeveralGoing, Any);
  } else {
    Value *AllDo = allGoUsualWay(Builder, Check, Values, S, False);
    Instruction *Return = &*Builder.GetInsertPoint(), *Then, *Else;
    SplitBlockAndInsertIfThenElse(AllDo, Return->getIterator(), &Then, &Else);
    Builder.SetInsertPoint(Then);
    loopOverBlock(Builder, Values, S, Going, &SeveralGoing);
    Builder.SetInsertPoint(Else);
    loopOverBlock(Builder, Values, S, Any);
  }
  S.Body->eraseFromParent();
  for (const WideStep *Several : std::initializer_list<const WideStep *>{&Wide, &Part})
    if (Several->Body)
      Several->Body->eraseFromParent();
  return F;
}

} // namespace cuport
