// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Regions.h"
#include "Frame.h"
#include "LaneArrays.h"
#include "Uniformity.h"
#include "WaitingLoops.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"
#include "llvm/Transforms/Utils/SSAUpdater.h"

using namespace llvm;

namespace cuport {

namespace {

/// Where operands and results of collectives stand in every frame; see shims/backends/cpu/Regions.h.
enum Mailbox : uint32_t { ValueSlot = 0, MaskSlot = 8, OperandSlot = 16, WidthSlot = 20, MailboxSize = 24 };
enum Given : uint32_t { GivenMask = 1, GivenOperand = 2, GivenWidth = 4 };

/// How the operands of a stop go into the mailbox: argument numbers, -1 for none.
struct Operands {
  PointKind Kind;
  int Value, Mask, Operand, Width, Operation;
};

Operands operandsOf(Intrinsic Id) {
  switch (Id) {
  case Intrinsic::Barrier:
    return {PointKind::Barrier, -1, -1, 0, 1, -1};
  case Intrinsic::BarrierReduce:
    return {PointKind::BarrierReduce, 1, -1, -1, -1, 0};
  case Intrinsic::GridBarrier:
    return {PointKind::GridBarrier, -1, -1, -1, -1, -1};
  case Intrinsic::Sleep:
    return {PointKind::Sleep, -1, -1, -1, -1, -1};
  case Intrinsic::WarpBarrier:
    return {PointKind::WarpBarrier, -1, 0, -1, -1, -1};
  case Intrinsic::Shuffle:
    return {PointKind::Shuffle, 1, 0, 3, 4, 2};
  case Intrinsic::Vote:
    return {PointKind::Vote, 2, 0, -1, -1, 1};
  case Intrinsic::Match:
    return {PointKind::Match, 1, 0, -1, -1, 2};
  case Intrinsic::Reduce:
    return {PointKind::Reduce, 1, 0, -1, -1, 2};
  case Intrinsic::ActiveMask:
    return {PointKind::ActiveMask, -1, -1, -1, -1, -1};
  default:
    llvm_unreachable("no stop");
  }
}

/// Blocks in the order in which the source has them, as far as that can be known: what follows a loop comes behind it. Where
/// threads wait apart, the scheduler lets those go first that stand first in the code.
SmallVector<BasicBlock *> blocksInOrder(Function &F) {
  DominatorTree Tree(F);
  LoopInfo Loops(Tree);
  SmallVector<BasicBlock *> Order;
  SmallPtrSet<BasicBlock *, 32> Seen;
  auto visit = [&](auto &Self, BasicBlock *Block) -> void {
    if (!Seen.insert(Block).second)
      return;
    SmallVector<BasicBlock *> Next(successors(Block));
    for (unsigned Depth = 0, Most = Loops.getLoopDepth(Block) + 1; Depth <= Most; ++Depth)
      for (BasicBlock *Successor : reverse(Next))
        if (Loops.getLoopDepth(Successor) == Depth)
          Self(Self, Successor);
    Order.push_back(Block);
  };
  visit(visit, &F.getEntryBlock());
  std::reverse(Order.begin(), Order.end());
  return Order;
}

class Cutter {
public:
  Cutter(const Kernel &K, bool Interleave) : K(K), Context(K.Body->getContext()), Interleave(Interleave), Slots(MailboxSize) {
    Type *Int32 = Type::getInt32Ty(Context), *Pointer = PointerType::getUnqual(Context);
    Cut.S = makeStep(K, Int32, {Pointer, Int32, Int32, Pointer, Pointer, Int32, Type::getInt1Ty(Context)});
    F = Cut.S.Body;
  }

  std::optional<CutStep> run() {
    addEntry();
    if (!moveVariables() || !split()) {
      F->eraseFromParent();
      return std::nullopt;
    }
    keepValues();
    dispatch();
    restoreSsa();
    nextPoints();
    findUniform();
    placeValues();
    findGuards();
    findWays();
    for (Point &P : Cut.Points)
      P.ByLinear = !asksForIndex(P);
    for (Instruction *Begin : RowBegins)
      Begin->setOperand(1, ConstantInt::get(Begin->getType(), Slots.size()));
    Cut.Frame = Slots.size() + Rows;
    Cut.HasRows = Rows != 0;
    return std::move(Cut);
  }

private:
  Argument *more(unsigned Parameter) { return Cut.S.place(PlaceParameters + Parameter); }

  Value *slotAddress(IRBuilder<> &B, uint32_t Offset, uint64_t Size) {
    Value *Array = B.CreateInBoundsPtrAdd(
        more(FramesParameter), B.CreateNUWMul(B.CreateZExt(more(ThreadsParameter), B.getInt64Ty()), B.getInt64(Offset)));
    Value *Index = B.CreateZExt(Cut.S.place(LinearParameter), B.getInt64Ty());
    return B.CreateInBoundsGEP(ArrayType::get(B.getInt8Ty(), Size), Array, Index);
  }
  template <typename T> void mark(T *Access) { Access->setMetadata(LLVMContext::MD_access_group, Cut.S.Parallel); }

  void addEntry() {
    BasicBlock *First = &F->getEntryBlock();
    Entry = BasicBlock::Create(Context, "dispatch", F, First);
    BranchInst::Create(First, Entry);
    Cut.Points.push_back({});
    Cut.Points.back().Resume = First;
  }

  /// Behind all threads' slots: of each RowThreads threads the elements of a variable, row by row.
  Value *rowAddress(IRBuilder<> &B, uint64_t Size, uint64_t Element) {
    constexpr uint64_t CacheLine = 64;
    auto up = [&](Value *Number, uint64_t To) { return B.CreateAnd(B.CreateNUWAdd(Number, B.getInt64(To - 1)), B.getInt64(-To)); };
    Value *Threads = B.CreateZExt(more(ThreadsParameter), B.getInt64Ty()), *Thread = B.CreateZExt(Cut.S.place(LinearParameter), B.getInt64Ty());
    // How much the slots take is not known yet.
    RowBegins.push_back(B.Insert(BinaryOperator::CreateNUW(Instruction::Mul, Threads, B.getInt64(1))));
    Value *Begin = B.CreateNUWAdd(up(RowBegins.back(), CacheLine), B.CreateNUWMul(up(Threads, RowThreads), B.getInt64(Rows)));
    Value *OfRow = B.CreateNUWMul(B.CreateAnd(Thread, B.getInt64(-uint64_t(RowThreads))), B.getInt64(Size));
    Value *InRow = B.CreateNUWMul(B.CreateAnd(Thread, B.getInt64(RowThreads - 1)), B.getInt64(Element));
    Rows += Size;
    return B.CreateInBoundsPtrAdd(B.CreateInBoundsPtrAdd(B.CreateInBoundsPtrAdd(more(FramesParameter), Begin), OfRow), InRow);
  }

  /// A thread's variables live as long as it does.
  bool moveVariables() {
    if (Interleave)
      expandCopies(*F, Cut.S.Parallel);
    SmallVector<AllocaInst *> Variables;
    for (Instruction &I : instructions(*F))
      if (auto *Variable = dyn_cast<AllocaInst>(&I)) {
        if (!Variable->isStaticAlloca() && !isa<ConstantInt>(Variable->getArraySize()))
          return false;
        Variables.push_back(Variable);
      }
    const DataLayout &Layout = F->getDataLayout();
    for (AllocaInst *Variable : Variables) {
      // An array of a slot begins at its offset times the number of threads.
      if (Variable->getAlign() > Align(16))
        return false;
      SmallVector<Instruction *> Markers;
      for (User *U : Variable->users())
        if (auto *Marker = dyn_cast<IntrinsicInst>(U); Marker && Marker->isLifetimeStartOrEnd())
          Markers.push_back(Marker);
      for (Instruction *Marker : Markers)
        Marker->eraseFromParent();
      const uint64_t Bytes = alignTo(Variable->getAllocationSize(Layout)->getFixedValue(), 16);
      const uint64_t Element = Interleave ? interleaveAccesses(*Variable, RowThreads, Cut.S.Parallel) : 0;
      IRBuilder<> B(Entry->getTerminator());
      Value *Address = Element ? rowAddress(B, Bytes, Element) : slotAddress(B, Slots.add(Bytes, Align(16)), Bytes);
      Address->takeName(Variable);
      Variable->replaceAllUsesWith(Address);
      Variable->eraseFromParent();
    }
    return true;
  }

  void store(IRBuilder<> &B, uint32_t Slot, Value *What) {
    const uint64_t Size = What->getType()->getPrimitiveSizeInBits() / 8;
    mark(B.CreateStore(What, slotAddress(B, Slot, Size)));
  }

  /// A point that no thread waits at.
  void splitAtLoop(const LoopCut &Loop, ArrayRef<Induction> Inductions) {
    Point P;
    P.Ahead = loadsAhead(Cut.S, Loop, Inductions);
    BasicBlock *Header = Loop.Header;
    P.Resume = SplitBlock(Header, Header->getFirstNonPHIIt());
    P.Resume->setName("again");
    Cut.Points.push_back(P);
  }

  bool split() {
    const SmallPtrSet<Instruction *, 2> Meetings = meetingsBeforeWaiting(*F);
    SmallVector<Instruction *> Places;
    const SmallVector<LoopCut> Cuts = loopsToCut(K, Cut.S);
    const Inductions Moving = separateInductions(*F, Cuts);
    DenseMap<Instruction *, const LoopCut *> LoopAt;
    for (BasicBlock *Block : blocksInOrder(*F)) {
      if (auto *Loop = find_if(Cuts, [&](const LoopCut &Loop) { return Loop.Header == Block; }); Loop != Cuts.end()) {
        Places.push_back(&*Block->getFirstNonPHIIt());
        LoopAt[Places.back()] = Loop;
      }
      for (Instruction &I : *Block)
        if (std::optional<Intrinsic> Id = intrinsicOf(I); (Id && isStop(*Id)) || Meetings.contains(&I))
          Places.push_back(&I);
    }
    for (Instruction *Place : Places) {
      if (const LoopCut *Loop = LoopAt.lookup(Place)) {
        splitAtLoop(*Loop, Moving.lookup(Loop->Header));
        continue;
      }
      if (Meetings.contains(Place)) {
        Point P;
        P.Resume = SplitBlock(Place->getParent(), Place->getIterator());
        Cut.Points.push_back(P);
        continue;
      }
      auto *Call = cast<CallBase>(Place);
      const Operands O = operandsOf(*intrinsicOf(*Call));
      Point P;
      P.Kind = O.Kind;
      P.Place = placeOf(*Call);
      if (O.Operation >= 0) {
        auto *Operation = dyn_cast<ConstantInt>(Call->getArgOperand(O.Operation));
        if (!Operation)
          return false;
        P.Operation = Operation->getSExtValue();
      }
      Cut.ByWarp |= P.Kind >= PointKind::WarpBarrier;
      P.Resume = SplitBlock(Call->getParent(), Call->getIterator());
      P.Resume->setName("resume");
      IRBuilder<> Before(P.Resume->getSinglePredecessor()->getTerminator());
      if (O.Value >= 0)
        store(Before, ValueSlot, Before.CreateZExt(Call->getArgOperand(O.Value), Before.getInt64Ty()));
      auto give = [&](int Number, uint32_t Slot, uint32_t Flag, auto &Constant) {
        if (Number < 0)
          return;
        Value *Given = Call->getArgOperand(Number);
        if (auto *Known = dyn_cast<ConstantInt>(Given)) {
          P.Given |= Flag;
          Constant = Known->getZExtValue();
        } else if (Given == Cut.S.place(WarpSizeParameter) && Flag == GivenWidth) {
          P.Given |= Flag;
          Constant = 0;
        } else {
          store(Before, Slot, Given);
        }
      };
      give(O.Mask, MaskSlot, GivenMask, P.Mask);
      give(O.Operand, OperandSlot, GivenOperand, P.Operand);
      give(O.Width, WidthSlot, GivenWidth, P.Width);
      IRBuilder<> After(Call);
      if (!Call->getType()->isVoidTy() && !Call->use_empty()) {
        LoadInst *Result = After.CreateLoad(Call->getType(), slotAddress(After, ValueSlot, 8));
        mark(Result);
        if (P.Kind == PointKind::BarrierReduce)
          ForAll.insert(Result);
        Call->replaceAllUsesWith(Result);
      }
      Call->eraseFromParent();
      Cut.Points.push_back(P);
    }
    return true;
  }

  /// Which values live across a point, and their slots.
  void keepValues() {
    SmallVector<BasicBlock *> Resumes;
    for (const Point &P : drop_begin(Cut.Points))
      Resumes.push_back(P.Resume);
    Live = liveInto(*F, Resumes);
    ValueSet Crossing;
    for (auto &[Resume, Values] : Live)
      Crossing.insert_range(Values);
    SmallVector<Instruction *> Ordered;
    for (Instruction &I : instructions(*F))
      if (Crossing.contains(&I))
        Ordered.push_back(&I);
    for (Instruction *I : Ordered)
      if (I->getParent() != Entry && !hoistToEntry(*I, *Entry))
        Spilled.insert(I);
  }

  /// The edge into a resume becomes a return, and the entry goes where the caller says.
  void dispatch() {
    Entry->getTerminator()->eraseFromParent();
    for (auto [Index, P] : drop_begin(enumerate(Cut.Points))) {
      Instruction *Edge = P.Resume->getSinglePredecessor()->getTerminator();
      Returns[Index] = ReturnInst::Create(Context, ConstantInt::get(Type::getInt32Ty(Context), Index), Edge->getIterator());
      Edge->eraseFromParent();
    }
    IRBuilder<> B(Entry);
    auto *Unknown = BasicBlock::Create(Context, "unknown", F);
    new UnreachableInst(Context, Unknown);
    SwitchInst *Switch = B.CreateSwitch(more(PointParameter), Unknown, Cut.Points.size());
    for (auto [Index, P] : enumerate(Cut.Points))
      Switch->addCase(B.getInt32(Index), P.Resume);
  }

  /// A value that lives across points is reloaded at each where it is live. How it gets there, placeValues() says.
  void restoreSsa() {
    for (Instruction *I : Spilled) {
      SmallVector<Use *> Uses;
      for (Use &U : I->uses())
        Uses.push_back(&U);
      SSAUpdater Updater;
      Updater.Initialize(I->getType(), I->getName());
      Updater.AddAvailableValue(I->getParent(), I);
      DenseMap<BasicBlock *, Value *> Here;
      for (unsigned Index = 1; Index < Cut.Points.size(); ++Index) {
        BasicBlock *Resume = Cut.Points[Index].Resume;
        if (!Live[Resume].contains(I))
          continue;
        IRBuilder<> B(&*Resume->getFirstInsertionPt());
        LoadInst *Reload = B.CreateLoad(I->getType(), PoisonValue::get(B.getPtrTy()), I->getName());
        Updater.AddAvailableValue(Resume, Reload);
        Here[Resume] = Reload;
        Kept[I].push_back({Index, Reload, nullptr});
      }
      for (Use *U : Uses) {
        auto *User = cast<Instruction>(U->getUser());
        BasicBlock *At = User->getParent();
        if (auto *Phi = dyn_cast<PHINode>(User))
          At = Phi->getIncomingBlock(*U);
        if (At == I->getParent())
          continue;
        if (Value *Reload = Here.lookup(At))
          U->set(Reload);
        else
          Updater.RewriteUse(*U);
      }
      for (Crossing &Point : Kept[I]) {
        Instruction *Return = Returns[Point.Index];
        IRBuilder<> B(Return);
        Point.Save = B.CreateStore(Updater.GetValueAtEndOfBlock(Return->getParent()), PoisonValue::get(B.getPtrTy()));
      }
    }
  }

  /// Which of the values are uniform wherever they are live at a point, and where threads agree.
  void findUniform() {
    for (Instruction *I : Spilled)
      if (uniformType(I->getType()))
        Uniform.insert(I);
    DenseMap<const Value *, Instruction *> Reloaded;
    for (auto &[I, Points] : Kept)
      for (const Crossing &Point : Points)
        Reloaded[Point.Reload] = I;
    auto known = [&](const Value &V) {
      if (ForAll.contains(&V))
        return InstructionUniformity::AlwaysUniform;
      Instruction *I = Reloaded.lookup(&V);
      return I && Uniform.contains(I) ? InstructionUniformity::AlwaysUniform : InstructionUniformity::Default;
    };
    for (bool Changed = true; Changed;) {
      Uniformity Now(K, Cut.S, Running::InTurn, known);
      SmallVector<Instruction *> Varying;
      for (Instruction *I : Uniform)
        if (any_of(Kept[I], [&](const Crossing &Point) { return !Now.isUniform(Point.Save->getOperandUse(0)); }))
          Varying.push_back(I);
      for (Instruction *I : Varying)
        Uniform.remove(I);
      Changed = !Varying.empty();
      if (!Changed)
        for (Point &P : Cut.Points) {
          P.Agree = P.Next.size() < 2 || Now.agree(*P.Resume);
          for (BasicBlock *Block : blocksBehind(*P.Resume))
            if (isFork(P, *Block, Now))
              Forks[P.Resume].push_back(Block);
        }
    }
  }

  /// Whether all threads that come from a point take the block's branch alike, to different points.
  static bool isFork(const Point &P, BasicBlock &Block, const Uniformity &Now) {
    auto *Branch = dyn_cast<BranchInst>(Block.getTerminator());
    return Branch && Branch->isConditional() && Now.isUniform(Branch->getOperandUse(0)) &&
           nextFrom(P.Resume, {&Block, Branch->getSuccessor(0)}) != nextFrom(P.Resume, {&Block, Branch->getSuccessor(1)});
  }

  void placeValues() {
    const DataLayout &Layout = F->getDataLayout();
    // Large ones first: then none leaves a gap.
    for (Align Alignment : {Align(8), Align(4), Align(2), Align(1)})
      for (Instruction *I : Spilled) {
        if (std::min(Layout.getABITypeAlign(I->getType()), Align(8)) != Alignment)
          continue;
        const uint64_t Size = Layout.getTypeAllocSize(I->getType());
        if (Uniform.contains(I))
          placeUniform(*I, Size, Alignment);
        else
          placeOfThread(*I, Size, Alignment);
      }
    for (const Point &P : Cut.Points)
      Cut.UniformSize = std::max(Cut.UniformSize, P.UniformSize);
    Cut.UniformSize = alignTo(Cut.UniformSize, 8);
    Cut.UniformSlot = Slots.add(Cut.UniformSize, Align(8));
  }

  /// Stored where it is computed, into a slot of the thread.
  void placeOfThread(Instruction &I, uint64_t Size, Align Alignment) {
    const uint32_t Slot = Slots.add(Size, Alignment);
    for (const Crossing &Point : Kept[&I]) {
      Point.Save->eraseFromParent();
      IRBuilder<> B(Point.Reload);
      Point.Reload->setOperand(0, slotAddress(B, Slot, Size));
      Point.Reload->setAlignment(Alignment);
      mark(Point.Reload);
    }
    IRBuilder<> B(Context);
    if (isa<PHINode>(I))
      B.SetInsertPoint(&*I.getParent()->getFirstInsertionPt());
    else
      B.SetInsertPoint(I.getNextNode());
    mark(B.CreateAlignedStore(&I, slotAddress(B, Slot, Size), Alignment));
  }

  /// Stored on the way to each point, among the point's uniform values.
  void placeUniform(Instruction &I, uint64_t Size, Align Alignment) {
    for (const Crossing &Crossed : Kept[&I]) {
      Point &P = Cut.Points[Crossed.Index];
      const uint32_t Offset = alignTo(P.UniformSize, Alignment);
      P.Uniform.push_back({uniformType(I.getType()), Offset});
      P.UniformSize = Offset + Size;
      auto address = [&](Instruction *Access, CutParameter Base) {
        IRBuilder<> B(Access);
        Value *OfPoint = B.CreateNUWMul(B.CreateZExt(more(UniformStrideParameter), B.getInt64Ty()), B.getInt64(Crossed.Index));
        return B.CreateInBoundsPtrAdd(B.CreateInBoundsPtrAdd(more(Base), OfPoint), B.getInt64(Offset));
      };
      IRBuilder<> Before(Crossed.Reload);
      Value *Bits = Before.CreateAlignedLoad(P.Uniform.back().Type, address(Crossed.Reload, UniformInParameter), Alignment);
      Crossed.Reload->replaceAllUsesWith(fromBits(Before, Bits, I.getType()));
      Crossed.Reload->eraseFromParent();
      orInto(*Crossed.Save, address(Crossed.Save, UniformOutParameter), P.Uniform.back().Type, Alignment);
      Crossed.Save->eraseFromParent();
    }
  }

  /// Some threads of the group may not come this way. Those that do bring the same bits, so their disjunction is these; and a
  /// disjunction over the threads is what LLVM can vectorise.
  void orInto(StoreInst &Save, Value *Address, Type *Bits, Align Alignment) {
    IRBuilder<> B(&Save);
    Value *Saved = Save.getValueOperand();
    if (!Bits->isPointerTy()) {
      Type *Narrow = B.getIntNTy(Saved->getType()->getPrimitiveSizeInBits());
      Saved = B.CreateZExt(B.CreateBitCast(Saved, Narrow), Bits);
      Saved = B.CreateOr(B.CreateAlignedLoad(Bits, Address, Alignment), Saved);
    }
    B.CreateAlignedStore(Saved, Address, Alignment);
  }

  /// Uniform values are kept as integers of whole bytes; pointers as such. Null for what is neither.
  Type *uniformType(Type *Of) {
    if (Of->isPointerTy())
      return Of;
    if (!Of->isIntegerTy() && !Of->isFloatingPointTy())
      return nullptr;
    const uint64_t Bits = F->getDataLayout().getTypeStoreSizeInBits(Of);
    return isPowerOf2_64(Bits) && Bits <= 64 ? Type::getIntNTy(Context, Bits) : nullptr;
  }

  static Value *fromBits(IRBuilder<> &B, Value *Bits, Type *To) {
    if (To->isPointerTy())
      return Bits;
    return B.CreateBitCast(B.CreateTrunc(Bits, B.getIntNTy(To->getPrimitiveSizeInBits())), To);
  }

  /// Which returns each resume block reaches.
  void nextPoints() {
    for (Point &P : Cut.Points)
      P.Next = nextFrom(P.Resume);
  }

  static SmallVector<uint32_t, 2> nextFrom(BasicBlock *From, OneWay Only = {}) {
    SmallVector<uint32_t, 2> Found;
    for (BasicBlock *Block : blocksBehind(*From, Only))
      if (auto *Return = dyn_cast<ReturnInst>(Block->getTerminator())) {
        const uint32_t Next = cast<ConstantInt>(Return->getReturnValue())->getZExtValue();
        if (!is_contained(Found, Next))
          Found.push_back(Next);
      }
    llvm::sort(Found);
    return Found;
  }

  /// Whether the region behind the point needs a thread's x, y or z.
  bool asksForIndex(const Point &P) {
    SmallPtrSet<Value *, 32> Seen;
    auto needs = [&](auto &Self, Value *V) -> bool {
      if (V == Cut.S.place(ThreadXParameter) || V == Cut.S.place(ThreadYParameter) || V == Cut.S.place(ThreadZParameter))
        return true;
      auto *I = dyn_cast<Instruction>(V);
      return I && I->getParent() == Entry && Seen.insert(I).second &&
             any_of(I->operands(), [&](Use &U) { return Self(Self, U.get()); });
    };
    return any_of(blocksBehind(*P.Resume), [&](BasicBlock *Block) {
      return any_of(*Block,
                    [&](Instruction &I) { return any_of(I.operands(), [&](Use &U) { return needs(needs, U.get()); }); });
    });
  }

  /// Whether what both ways of a fork have is little: it is there twice then.
  static bool isShort(BasicBlock &From, BranchInst &Fork) {
    constexpr size_t MostInstructions = 4000;
    const auto One = blocksBehind(From, {Fork.getParent(), Fork.getSuccessor(0)});
    size_t Common = 0;
    for (BasicBlock *Block : blocksBehind(From, {Fork.getParent(), Fork.getSuccessor(1)}))
      Common += One.contains(Block) ? Block->size() : 0;
    return Common <= MostInstructions;
  }

  /// Where a loop over threads would have a branch that all take alike, as at the end of a loop with collectives, it becomes two loops
  /// without: LLVM makes no vectors of what goes different ways to different points.
  void findWays() {
    for (Point &P : Cut.Points) {
      for (BasicBlock *Block : P.Check.Body ? SmallVector<BasicBlock *, 2>() : Forks.lookup(P.Resume))
        if (auto *Branch = cast<BranchInst>(Block->getTerminator());
            !P.Fork && canCopy(Branch->getCondition(), *P.Resume) && isShort(*P.Resume, *Branch))
          P.Fork = Branch;
      for (unsigned Index = 0; Index < (P.Fork ? 2 : 1); ++Index)
        P.Ways.emplace_back().Next = nextFrom(P.Resume, P.way(Index));
    }
  }

  /// Whether threads go on in a loop that they go through side by side, and whether they have anything to do at all.
  void findGuards() {
    for (auto [Index, P] : enumerate(Cut.Points)) {
      if (P.Agree || P.Kind != PointKind::Entry)
        continue;
      auto *Branch = dyn_cast<BranchInst>(P.Resume->getTerminator());
      if (!Branch || !Branch->isConditional())
        continue;
      if (Index == 0) {
        P.Check = guardAtBegin(Cut.S, *P.Resume);
      } else {
        const bool Stays[] = {is_contained(nextFrom(Branch->getSuccessor(0)), Index),
                              is_contained(nextFrom(Branch->getSuccessor(1)), Index)};
        if (Stays[0] != Stays[1])
          P.Check = guardAt(Cut.S, *P.Resume, Stays[1]);
      }
      if (!P.Check.Body)
        continue;
      erase_if(P.Ahead, [&](const LoopCut::Load &Far) { return !canCopy(Far.Address, *P.Resume); });
      P.UsualNext = nextFrom(Branch->getSuccessor(P.Check.Usual));
      assumeUsualWay(P.Check, more(AssumeParameter));
    }
  }

  /// A value at a point that it is live at: saved on the way there, reloaded behind it.
  struct Crossing {
    unsigned Index;
    LoadInst *Reload;
    StoreInst *Save;
  };

  const Kernel &K;
  LLVMContext &Context;
  const bool Interleave;
  Frame Slots;
  uint32_t Rows = 0; ///< bytes of variables that are interleaved
  SmallVector<Instruction *, 2> RowBegins; ///< that depend on what slots take
  CutStep Cut;
  Function *F = nullptr;
  BasicBlock *Entry = nullptr;
  MapVector<BasicBlock *, ValueSet> Live;
  ValueSet Spilled, Uniform;
  MapVector<Instruction *, SmallVector<Crossing, 4>> Kept;
  DenseMap<BasicBlock *, SmallVector<BasicBlock *, 2>> Forks; ///< by resume blocks, those that may be one
  DenseMap<unsigned, Instruction *> Returns; ///< at which a thread has arrived at the point
  SmallPtrSet<const Value *, 4> ForAll;      ///< results that are the same for the whole block
};

} // namespace

std::optional<CutStep> cutStep(const Kernel &K, bool Interleave) { return Cutter(K, Interleave).run(); }

} // namespace cuport
