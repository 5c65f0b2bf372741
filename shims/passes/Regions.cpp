// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Regions.h"
#include "Frame.h"
#include "LaneLoop.h"
#include "LoopCuts.h"

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

/// How the operands of a collective go into the mailbox: argument numbers, -1 for none.
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
    llvm_unreachable("no collective");
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
  explicit Cutter(const Kernel &K) : Context(K.Body->getContext()), Slots(MailboxSize) {
    Type *Int32 = Type::getInt32Ty(Context);
    Cut.S = makeStep(K, Int32, {PointerType::getUnqual(Context), Int32, Int32});
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
    Cut.Frame = Slots.size();
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

  /// A thread's variables live as long as it does.
  bool moveVariables() {
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
      IRBuilder<> B(Entry->getTerminator());
      Value *Address = slotAddress(B, Slots.add(Bytes, Align(16)), Bytes);
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
  void splitAtLoop(BasicBlock *Header) {
    Point P;
    P.Resume = SplitBlock(Header, Header->getFirstNonPHIIt());
    P.Resume->setName("again");
    Cut.Points.push_back(P);
  }

  bool split() {
    SmallVector<Instruction *> Places;
    const SmallVector<BasicBlock *> Headers = loopsToCut(*F, Cut.S.place(ThreadXParameter));
    for (BasicBlock *Block : blocksInOrder(*F)) {
      if (is_contained(Headers, Block))
        Places.push_back(&*Block->getFirstNonPHIIt());
      for (Instruction &I : *Block)
        if (std::optional<Intrinsic> Id = intrinsicOf(I); Id && isCollective(*Id))
          Places.push_back(&I);
    }
    for (Instruction *Place : Places) {
      if (!intrinsicOf(*Place) || !isCollective(*intrinsicOf(*Place))) {
        splitAtLoop(Place->getParent());
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
      if (O.Mask >= 0)
        store(Before, MaskSlot, Call->getArgOperand(O.Mask));
      if (O.Operand >= 0)
        store(Before, OperandSlot, Call->getArgOperand(O.Operand));
      if (O.Width >= 0)
        store(Before, WidthSlot, Call->getArgOperand(O.Width));
      IRBuilder<> After(Call);
      if (!Call->getType()->isVoidTy() && !Call->use_empty()) {
        LoadInst *Result = After.CreateLoad(Call->getType(), slotAddress(After, ValueSlot, 8));
        mark(Result);
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
    ValueSet Kept;
    for (auto &[Resume, Values] : Live)
      Kept.insert_range(Values);
    SmallVector<Instruction *> Ordered;
    for (Instruction &I : instructions(*F))
      if (Kept.contains(&I))
        Ordered.push_back(&I);
    for (Instruction *I : Ordered)
      if (I->getParent() != Entry && !hoistToEntry(*I, *Entry))
        Spilled.insert(I);
    const DataLayout &Layout = F->getDataLayout();
    // Large ones first: then none leaves a gap.
    for (Align Alignment : {Align(8), Align(4), Align(2), Align(1)})
      for (Instruction *I : Spilled)
        if (std::min(Layout.getABITypeAlign(I->getType()), Align(8)) == Alignment)
          SlotOf[I] = Slots.add(Layout.getTypeAllocSize(I->getType()), Alignment);
  }

  /// The edge into a resume becomes a return, and the entry goes where the caller says.
  void dispatch() {
    Entry->getTerminator()->eraseFromParent();
    for (auto [Index, P] : drop_begin(enumerate(Cut.Points))) {
      Instruction *Edge = P.Resume->getSinglePredecessor()->getTerminator();
      ReturnInst::Create(Context, ConstantInt::get(Type::getInt32Ty(Context), Index), Edge->getIterator());
      Edge->eraseFromParent();
    }
    IRBuilder<> B(Entry);
    auto *Unknown = BasicBlock::Create(Context, "unknown", F);
    new UnreachableInst(Context, Unknown);
    SwitchInst *Switch = B.CreateSwitch(more(PointParameter), Unknown, Cut.Points.size());
    for (auto [Index, P] : enumerate(Cut.Points))
      Switch->addCase(B.getInt32(Index), P.Resume);
  }

  void restoreSsa() {
    const DataLayout &Layout = F->getDataLayout();
    DenseMap<std::pair<BasicBlock *, Instruction *>, Value *> Reloads;
    for (Instruction *I : Spilled) {
      SmallVector<Use *> Uses;
      for (Use &U : I->uses())
        Uses.push_back(&U);
      const uint64_t Size = Layout.getTypeAllocSize(I->getType());
      const Align Alignment = std::min(Layout.getABITypeAlign(I->getType()), Align(8));
      SSAUpdater Updater;
      Updater.Initialize(I->getType(), I->getName());
      Updater.AddAvailableValue(I->getParent(), I);
      DenseMap<BasicBlock *, Value *> Here;
      for (auto &[Resume, Values] : Live) {
        if (!Values.contains(I))
          continue;
        IRBuilder<> B(&*Resume->getFirstInsertionPt());
        LoadInst *Reload = B.CreateAlignedLoad(I->getType(), slotAddress(B, SlotOf[I], Size), Alignment, I->getName());
        mark(Reload);
        Updater.AddAvailableValue(Resume, Reload);
        Here[Resume] = Reload;
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
      IRBuilder<> B(Context);
      if (isa<PHINode>(I))
        B.SetInsertPoint(&*I->getParent()->getFirstInsertionPt());
      else
        B.SetInsertPoint(I->getNextNode());
      mark(B.CreateAlignedStore(I, slotAddress(B, SlotOf[I], Size), Alignment));
    }
  }

  /// Which returns each resume block reaches.
  void nextPoints() {
    for (Point &P : Cut.Points) {
      SmallPtrSet<BasicBlock *, 16> Seen{P.Resume};
      SmallVector<BasicBlock *> Work{P.Resume};
      while (!Work.empty()) {
        BasicBlock *Block = Work.pop_back_val();
        if (auto *Return = dyn_cast<ReturnInst>(Block->getTerminator())) {
          const uint32_t Next = cast<ConstantInt>(Return->getReturnValue())->getZExtValue();
          if (!is_contained(P.Next, Next))
            P.Next.push_back(Next);
        }
        for (BasicBlock *Successor : successors(Block))
          if (Seen.insert(Successor).second)
            Work.push_back(Successor);
      }
      llvm::sort(P.Next);
    }
  }

  LLVMContext &Context;
  Frame Slots;
  CutStep Cut;
  Function *F = nullptr;
  BasicBlock *Entry = nullptr;
  MapVector<BasicBlock *, ValueSet> Live;
  ValueSet Spilled;
  DenseMap<Instruction *, uint32_t> SlotOf;
};

/// uint32_t step(arguments, block, linear, point): one thread, for the scheduler.
Function *makeSingle(const Kernel &K, const CutStep &Cut) {
  LLVMContext &Context = K.Body->getContext();
  Type *Pointer = PointerType::getUnqual(Context), *Int32 = Type::getInt32Ty(Context);
  Function *F = createAround(K, ".single", Int32, {Pointer, Pointer, Int32, Int32});
  // Runs where threads are apart, which is seldom: not worth more code than it needs.
  F->addFnAttr(Attribute::OptimizeForSize);
  IRBuilder<> B(BasicBlock::Create(Context, "entry", F));
  B.SetInsertPoint(new UnreachableInst(Context, B.GetInsertBlock()));
  Value *Block = F->getArg(1), *Linear = F->getArg(2);
  const BlockValues Values = loadBlockValues(B, K, Cut.S, F->getArg(0), Block, false);
  Value *Width = Values.Places[BlockDimParameter], *Height = Values.Places[BlockDimParameter + 1];
  Value *Row = B.CreateUDiv(Linear, Width);
  const ThreadValues Thread = {B.CreateURem(Linear, Width), B.CreateURem(Row, Height), B.CreateUDiv(Row, Height), Linear,
                               B.CreateAnd(Linear, B.CreateSub(Values.Places[WarpSizeParameter], B.getInt32(1)))};
  Value *Next = inlineStep(B, Cut.S, Values, Thread, {loadFrames(B, Block), loadThreadCount(B, Block), F->getArg(3)});
  Instruction *Dead = &*B.GetInsertPoint();
  B.CreateRet(Next);
  Dead->eraseFromParent();
  return F;
}

Constant *table(Module &M, ArrayRef<Constant *> Rows, StringRef Name) {
  Constant *Data = ConstantArray::get(ArrayType::get(Rows.front()->getType(), Rows.size()), Rows);
  return new GlobalVariable(M, Data->getType(), true, GlobalValue::PrivateLinkage, Data, Name);
}

} // namespace

std::optional<CutStep> cutStep(const Kernel &K) { return Cutter(K).run(); }

void makeRegions(CompiledKernel &C) {
  const Kernel &K = C.Source;
  std::optional<CutStep> Cut = cutStep(K);
  if (!Cut)
    return;
  if (Cut->Points.size() == 1) {
    Cut->S.Body->eraseFromParent();
    C.Block = makeLoop(K);
    return;
  }
  Module &M = *K.Body->getParent();
  LLVMContext &Context = M.getContext();
  Type *Pointer = PointerType::getUnqual(Context);
  auto number = [&](uint32_t Value) { return ConstantInt::get(Type::getInt32Ty(Context), Value); };
  SmallVector<Constant *> Rows;
  for (const Point &P : Cut->Points)
    Rows.push_back(ConstantStruct::getAnon({number(static_cast<uint32_t>(P.Kind)), number(P.Operation),
                                            P.Place ? P.Place : ConstantPointerNull::get(PointerType::getUnqual(Context))}));
  Function *Single = makeSingle(K, *Cut);
  Function *Lockstep = makeLockstep(K, *Cut, false);
  Constant *Warp = Cut->ByWarp ? makeLockstep(K, *Cut, true)
                               : cast<Constant>(ConstantPointerNull::get(PointerType::getUnqual(Context)));
  Constant *Data =
      ConstantStruct::getAnon({Single, Lockstep, Warp, table(M, Rows, "cuport.points"), number(Rows.size())});
  auto *Regions = new GlobalVariable(M, Data->getType(), true, GlobalValue::PrivateLinkage, Data, "cuport.regions");
  C.Block = createAround(K, ".block", Type::getVoidTy(Context), {Pointer, Pointer});
  IRBuilder<> B(BasicBlock::Create(Context, "entry", C.Block));
  callRegions(B, Regions, C.Block->getArg(0), C.Block->getArg(1));
  B.CreateRetVoid();
  C.Frame = Cut->Frame;
  Cut->S.Body->eraseFromParent();
}

} // namespace cuport
