// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ScalarStep.h"
#include "LaneArrays.h"
#include "LaneDivision.h"
#include "MathForms.h"
#include "Regions.h"

#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/Analysis/InstructionSimplify.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/Analysis/VectorUtils.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/Local.h"
#include "llvm/Transforms/Utils/LoopSimplify.h"

using namespace llvm;

namespace cuport {

constexpr unsigned MostInstructions = 4000;

bool isDropped(const Instruction &I) {
  auto *Call = dyn_cast<IntrinsicInst>(&I);
  return Call && Call->use_empty() && (Call->isAssumeLikeIntrinsic() || Call->getIntrinsicID() == llvm::Intrinsic::prefetch);
}

bool isLaneByLane(const Instruction &I) {
  auto *Call = dyn_cast<CallBase>(&I);
  return isa<AtomicRMWInst>(I) || (Call && !isDropped(I) && !isTriviallyVectorizable(Call->getIntrinsicID()));
}

/// A function of numbers. (Clang calls every function of a device convergent; who waits for others reads and writes memory.)
static bool isHarmless(const CallBase &Call) {
  return Call.doesNotAccessMemory() && Call.doesNotThrow() && Call.willReturn() && !Call.isInlineAsm();
}

static bool isLane(const Type &T) {
  return (T.isIntegerTy() && T.getIntegerBitWidth() <= 64) || T.isHalfTy() || T.isBFloatTy() || T.isFloatTy() || T.isDoubleTy() ||
         T.isPointerTy();
}

/// Where a region finds what is the same for all threads, and where all leave the same bits.
static bool isOfAll(const Value *Address, const Step &S) {
  auto *Formal = dyn_cast<Argument>(getUnderlyingObject(Address, 0));
  const unsigned First = S.FirstPlace + PlaceParameters;
  return Formal && (Formal->getArgNo() == First + UniformInParameter || Formal->getArgNo() == First + UniformOutParameter);
}

/// What was a compare and swap on shared memory: two threads may have one address, and the second has to see what the first one wrote. All other
/// accesses but those to a thread's own variables are marked as parallel (BlockMode.cpp).
static bool isInTurn(const Instruction &I, const Step &S) {
  const Value *Address = getLoadStorePointerOperand(&I);
  return Address && !I.hasMetadata(LLVMContext::MD_access_group) && !isOwnVariable(Address) && !isOfAll(Address, S);
}

/// Whether there is a wide form of I; some are what it was, lane by lane.
static bool canWiden(const Instruction &I, const Step &S) {
  if (isDropped(I))
    return true;
  if (!(I.getType()->isVoidTy() || isLane(*I.getType())) ||
      any_of(I.operands(), [](const Use &U) { return U->getType()->isVectorTy() || U->getType()->isAggregateType(); }))
    return false;
  if (isInTurn(I, S))
    return false;
  if (auto *Variable = dyn_cast<AllocaInst>(&I))
    return Variable->isStaticAlloca();
  if (auto *Load = dyn_cast<LoadInst>(&I))
    return Load->isSimple();
  if (auto *Store = dyn_cast<StoreInst>(&I))
    return Store->isSimple();
  if (auto *Call = dyn_cast<CallBase>(&I))
    return isa<CallInst>(Call) && (isHarmless(*Call) || (isa<MemIntrinsic>(Call) && !cast<MemIntrinsic>(Call)->isVolatile()));
  return isa<BinaryOperator, UnaryOperator, CastInst, CmpInst, SelectInst, FreezeInst, PHINode, GetElementPtrInst, AtomicRMWInst,
             BranchInst, SwitchInst, ReturnInst>(I);
}

ScalarStep::ScalarStep(const Step &Of, Assumption Assume) {
  S = {CloneFunction(Of.Body, Map), Of.FirstPlace, Of.Parallel};
  Function &F = *S.Body;
  Argument *Assumed = F.getArg(Assume.Parameter);
  for (User *U : make_early_inc_range(Assumed->users()))
    if (auto *I = dyn_cast<Instruction>(U)) {
      I->replaceUsesOfWith(Assumed, ConstantInt::getBool(F.getContext(), Assume.Says));
      if (Value *Simple = simplifyInstruction(I, F.getDataLayout()))
        replaceAndRecursivelySimplify(I, Simple);
    }
  for (BasicBlock &Block : F)
    ConstantFoldTerminator(&Block, true);
  removeUnreachableBlocks(F);
}

ScalarStep::~ScalarStep() { S.Body->eraseFromParent(); }

static bool hasExit(const Loop &L) {
  SmallVector<BasicBlock *> Exits;
  L.getExitBlocks(Exits);
  return !Exits.empty();
}

bool ScalarStep::hasLoopsOrCalls(const TargetTransformInfo &Target) const {
  DominatorTree Tree(*S.Body);
  return !LoopInfo(Tree).empty() || any_of(instructions(*S.Body), [&](const Instruction &I) {
    return isLaneByLane(I) || isLaneDivision(I) || hasDoubleForm(I, Target);
  });
}

/// A switch over all numbers that there may be has a default that nobody comes to.
static void leaveOutImpossibleDefaults(Function &F) {
  for (BasicBlock &Block : F) {
    auto *Switch = dyn_cast<SwitchInst>(Block.getTerminator());
    if (!Switch || Switch->getNumCases() == 0 || !isa<UnreachableInst>(Switch->getDefaultDest()->getFirstNonPHIOrDbg()))
      continue;
    BasicBlock *Other = Switch->case_begin()->getCaseSuccessor();
    for (PHINode &Phi : Other->phis())
      Phi.addIncoming(Phi.getIncomingValueForBlock(&Block), &Block);
    Switch->getDefaultDest()->removePredecessor(&Block);
    Switch->setDefaultDest(Other);
  }
  removeUnreachableBlocks(F);
}

void ScalarStep::endWithRow() {
  BasicBlock &Entry = S.Body->getEntryBlock();
  BasicBlock *Body = SplitBlock(&Entry, Entry.getFirstNonPHIOrDbgOrAlloca()), *End = BasicBlock::Create(S.Body->getContext(), "end", S.Body);
  ReturnInst::Create(S.Body->getContext(), End);
  IRBuilder<> B(Entry.getTerminator());
  B.CreateCondBr(B.CreateICmpULT(S.place(ThreadXParameter), S.place(BlockDimParameter)), Body, End,
                 MDBuilder(B.getContext()).createLikelyBranchWeights());
  Entry.getTerminator()->eraseFromParent();
}

bool ScalarStep::prepare() {
  Function &F = *S.Body;
  leaveOutImpossibleDefaults(F);
  if (F.getInstructionCount() > MostInstructions || !all_of(instructions(F), [&](const Instruction &I) { return canWiden(I, S); }))
    return false;
  uniteReturns();
  expandCopies(F, S.Parallel);
  DominatorTree Tree(F);
  LoopInfo Loops(Tree);
  for (Loop *L : SmallVector<Loop *>(Loops.begin(), Loops.end()))
    simplifyLoop(L, &Tree, &Loops, nullptr, nullptr, nullptr, false);
  SplitAllCriticalEdges(F, CriticalEdgeSplittingOptions(&Tree, &Loops).setMergeIdenticalEdges());
  for (BasicBlock &Block : F)
    if (Block.getSinglePredecessor())
      FoldSingleEntryPHINodes(&Block);
  partDearBlocks(Tree, Loops);
  // Now that none of them goes any more.
  for (auto One : Map)
    if (Value *Copy = One.second)
      Original[Copy] = const_cast<Value *>(One.first);
  return isReducible(Loops) &&
         all_of(Loops.getLoopsInPreorder(), [](Loop *L) { return L->getLoopPreheader() && L->getLoopLatch() && hasExit(*L); });
}

void ScalarStep::uniteReturns() {
  SmallVector<ReturnInst *> Returns;
  for (BasicBlock &Block : *S.Body)
    if (auto *Return = dyn_cast<ReturnInst>(Block.getTerminator()))
      Returns.push_back(Return);
  if (Returns.size() < 2)
    return;
  BasicBlock *End = BasicBlock::Create(S.Body->getContext(), "end", S.Body);
  PHINode *Value = nullptr;
  IRBuilder<> B(End);
  if (S.Body->getReturnType()->isVoidTy())
    B.CreateRetVoid();
  else
    B.CreateRet(Value = B.CreatePHI(S.Body->getReturnType(), Returns.size()));
  for (ReturnInst *Return : Returns) {
    if (Value)
      Value->addIncoming(Return->getReturnValue(), Return->getParent());
    BranchInst::Create(End, Return->getIterator());
    Return->eraseFromParent();
  }
}

void ScalarStep::partDearBlocks(DominatorTree &Tree, LoopInfo &Loops) {
  SmallVector<BasicBlock *> Dear;
  for (BasicBlock &Block : *S.Body)
    if (any_of(Block, isLaneByLane))
      Dear.push_back(&Block);
  for (BasicBlock *Block : Dear)
    SplitBlock(Block, Block->getFirstInsertionPt(), &Tree, &Loops);
}

bool ScalarStep::isReducible(const LoopInfo &Loops) const {
  ReversePostOrderTraversal<Function *> Order(S.Body);
  SmallPtrSet<BasicBlock *, 32> Seen;
  for (BasicBlock *Block : Order) {
    Seen.insert(Block);
    for (BasicBlock *To : successors(Block))
      if (Seen.contains(To)) {
        const Loop *L = Loops.getLoopFor(Block);
        while (L && L->getHeader() != To)
          L = L->getParentLoop();
        if (!L)
          return false;
      }
  }
  return true;
}

} // namespace cuport
