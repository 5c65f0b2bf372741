// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A loop waits if one of its exits depends on a read of memory that this thread does not change, at
// an address that stays the same. Loops with a barrier in them go on together with the others
// anyway.
//
// A loop around an attempt at a lock waits where who holds it may wait, too: then others run
// meanwhile. Who holds a lock and gives it back without waiting runs to there before the next
// thread begins, which needs no help and is most code.

#include "WaitingLoops.h"

#include "Intrinsics.h"
#include "Kernels.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/LoopUtils.h"

using namespace llvm;

namespace cuport {

static constexpr unsigned Deep = 16;

/// Calls What with each value that is stored to a local variable, as long as it returns true; false also where it is used otherwise.
/// Without optimisation, what is computed goes through such variables.
static bool eachStored(const AllocaInst &Variable, function_ref<bool(const StoreInst &)> What) {
  return all_of(Variable.users(), [&](const User *U) {
    auto *Store = dyn_cast<StoreInst>(U);
    return isa<LoadInst>(U) || (Store && Store->getPointerOperand() == &Variable && What(*Store));
  });
}

/// What the load reads of a local variable, where that is stored before it in the same block; else null.
static const Value *storedBefore(const LoadInst &Load) {
  for (const Instruction *I = Load.getPrevNode(); I; I = I->getPrevNode())
    if (auto *Store = dyn_cast<StoreInst>(I); Store && Store->getPointerOperand() == Load.getPointerOperand())
      return Store->getValueOperand();
    else if (isa<CallBase>(I))
      return nullptr;
  return nullptr;
}

/// The constant that V is, also by way of variables.
static const ConstantInt *constantOf(const Value *V, unsigned Depth = 0) {
  if (auto *Constant = dyn_cast<ConstantInt>(V))
    return Constant;
  auto *Load = dyn_cast<LoadInst>(V);
  auto *Variable = Load ? dyn_cast<AllocaInst>(Load->getPointerOperand()) : nullptr;
  if (!Variable || Depth == Deep)
    return nullptr;
  if (const Value *Stored = storedBefore(*Load))
    return constantOf(Stored, Depth + 1);
  const ConstantInt *Stored = nullptr;
  const bool One = eachStored(*Variable, [&](const StoreInst &Store) {
    const ConstantInt *This = constantOf(Store.getValueOperand(), Depth + 1);
    const bool Agrees = This && (!Stored || Stored == This);
    Stored = This;
    return Agrees;
  });
  return One ? Stored : nullptr;
}

/// Whether V is the same in every round of the loop.
static bool isSame(const Value *V, const Loop &L, unsigned Depth = 0) {
  auto *I = dyn_cast<Instruction>(V);
  if (!I || !L.contains(I))
    return true;
  if (Depth == Deep)
    return false;
  if (auto *Load = dyn_cast<LoadInst>(I)) {
    auto *Variable = dyn_cast<AllocaInst>(Load->getPointerOperand());
    if (const Value *Stored = Variable ? storedBefore(*Load) : nullptr)
      return isSame(Stored, L, Depth + 1);
    return Variable && eachStored(*Variable, [&](const StoreInst &Store) {
             return !L.contains(&Store) || isSame(Store.getValueOperand(), L, Depth + 1);
           });
  }
  if (!isa<GetElementPtrInst, CastInst, BinaryOperator>(I) && !(intrinsicOf(*I) && isPlace(*intrinsicOf(*I))))
    return false;
  return all_of(I->operands(), [&](const Use &U) { return isSame(U.get(), L, Depth + 1); });
}

/// Reads memory, changes nothing in it, and other threads may change it.
static const Value *watchedPointer(const Instruction &I) {
  if (auto *Load = dyn_cast<LoadInst>(&I))
    return (Load->isVolatile() || Load->isAtomic()) && !isa<AllocaInst>(Load->getPointerOperand())
               ? Load->getPointerOperand()
               : nullptr;
  if (auto *Atomic = dyn_cast<AtomicRMWInst>(&I)) {
    const ConstantInt *Operand = constantOf(Atomic->getValOperand());
    if (!Operand)
      return nullptr;
    switch (Atomic->getOperation()) {
    case AtomicRMWInst::Add:
    case AtomicRMWInst::Sub:
    case AtomicRMWInst::Or:
    case AtomicRMWInst::Xor:
    case AtomicRMWInst::UMax:
      return Operand->isZero() ? Atomic->getPointerOperand() : nullptr;
    case AtomicRMWInst::And:
      return Operand->isMinusOne() ? Atomic->getPointerOperand() : nullptr;
    default:
      return nullptr;
    }
  }
  if (auto *Swap = dyn_cast<AtomicCmpXchgInst>(&I)) {
    const ConstantInt *Compared = constantOf(Swap->getCompareOperand());
    return Compared && Compared == constantOf(Swap->getNewValOperand()) ? Swap->getPointerOperand() : nullptr;
  }
  return nullptr;
}

/// Whether V, inside of the loop, comes from such a read at an address that stays.
static bool comesFromWatched(const Value *V, const Loop &L, SmallPtrSetImpl<const Value *> &Seen) {
  auto *I = dyn_cast<Instruction>(V);
  if (!I || !L.contains(I) || !Seen.insert(I).second)
    return false;
  if (const Value *Pointer = watchedPointer(*I))
    return isSame(Pointer, L);
  if (auto *Load = dyn_cast<LoadInst>(I)) {
    auto *Variable = dyn_cast<AllocaInst>(Load->getPointerOperand());
    return Variable && any_of(Variable->users(), [&](const User *U) {
             auto *Store = dyn_cast<StoreInst>(U);
             return Store && comesFromWatched(Store->getValueOperand(), L, Seen);
           });
  }
  if (isa<CallBase, AtomicRMWInst, AtomicCmpXchgInst>(I))
    return false;
  return any_of(I->operands(), [&](const Use &U) { return comesFromWatched(U.get(), L, Seen); });
}

static bool hasIntrinsic(const Loop &L, function_ref<bool(Intrinsic)> Is) {
  return any_of(L.blocks(), [&](const BasicBlock *Block) {
    return any_of(*Block, [&](const Instruction &I) {
      const std::optional<Intrinsic> Id = intrinsicOf(I);
      return Id && Is(*Id);
    });
  });
}

/// Whether L waits for what another thread writes.
static bool watches(const Loop &L) {
  if (hasIntrinsic(L, [](Intrinsic Id) {
        return Id == Intrinsic::Barrier || Id == Intrinsic::BarrierReduce || Id == Intrinsic::GridBarrier;
      }))
    return false;
  SmallVector<BasicBlock *, 4> Exiting;
  L.getExitingBlocks(Exiting);
  SmallPtrSet<const Value *, 32> Seen;
  return any_of(Exiting, [&](const BasicBlock *Block) {
    const Instruction *End = Block->getTerminator();
    return any_of(End->operands(), [&](const Use &U) {
      return !isa<BasicBlock>(U.get()) && comesFromWatched(U.get(), L, Seen);
    });
  });
}

/// The word that I tries to lock: it writes what another try would write again, and looks at what
/// was there.
static const Value *triedLock(const Instruction &I, const Loop &L) {
  const Value *Pointer = nullptr;
  if (auto *Swap = dyn_cast<AtomicCmpXchgInst>(&I)) {
    if (isSame(Swap->getCompareOperand(), L) && isSame(Swap->getNewValOperand(), L))
      Pointer = Swap->getPointerOperand();
  } else if (auto *Atomic = dyn_cast<AtomicRMWInst>(&I)) {
    const AtomicRMWInst::BinOp Operation = Atomic->getOperation();
    if (is_contained({AtomicRMWInst::Xchg, AtomicRMWInst::Or, AtomicRMWInst::And}, Operation) &&
        isSame(Atomic->getValOperand(), L))
      Pointer = Atomic->getPointerOperand();
  }
  return Pointer && !I.use_empty() && isSame(Pointer, L) ? Pointer : nullptr;
}

/// Whether both are the same address, where nothing in between changes what it is made of.
static bool isSamePointer(const Value *A, const Value *B, unsigned Depth = 0) {
  if (A == B)
    return true;
  auto *X = dyn_cast<Instruction>(A), *Y = dyn_cast<Instruction>(B);
  if (!X || !Y || Depth == Deep || !X->isSameOperationAs(Y))
    return false;
  if (auto *Load = dyn_cast<LoadInst>(X))
    return isa<AllocaInst>(Load->getPointerOperand()) && Load->getPointerOperand() == cast<LoadInst>(Y)->getPointerOperand();
  if (!isa<GetElementPtrInst, CastInst, BinaryOperator>(X) && !(intrinsicOf(*X) && isPlace(*intrinsicOf(*X))))
    return false;
  return all_of(zip(X->operands(), Y->operands()),
                [&](auto Pair) { return isSamePointer(std::get<0>(Pair), std::get<1>(Pair), Depth + 1); });
}

static bool isWriteTo(const Instruction &I, const Value *Pointer) {
  const Value *Written = nullptr;
  if (auto *Store = dyn_cast<StoreInst>(&I))
    Written = Store->getPointerOperand();
  else if (auto *Swap = dyn_cast<AtomicCmpXchgInst>(&I))
    Written = Swap->getPointerOperand();
  else if (auto *Atomic = dyn_cast<AtomicRMWInst>(&I))
    Written = Atomic->getPointerOperand();
  return Written && isSamePointer(Written, Pointer);
}

static bool waitsThere(const Function &F) {
  const std::optional<Intrinsic> Id = intrinsicOf(F);
  return Id && isStop(*Id);
}

/// Whether a thread that comes to I may wait; what callers do behind a function counts as waiting.
static bool mayWait(const Instruction &I) {
  if (isa<ReturnInst>(I))
    return !I.getFunction()->hasFnAttribute(KernelAttribute);
  auto *Call = dyn_cast<CallBase>(&I);
  return Call &&
         (Call->isIndirectCall() || (Call->getCalledFunction() && any_of(reachableFrom(*Call->getCalledFunction()),
                                                                         [](const Function *F) { return waitsThere(*F); })));
}

/// Whether a thread may wait between I, which takes the lock, and the next write to it.
static bool mayWaitBehind(const Instruction &I, const Value *Lock) {
  SmallVector<const Instruction *> Work{I.getNextNode()};
  SmallPtrSet<const BasicBlock *, 32> Seen;
  while (!Work.empty())
    for (const Instruction *At = Work.pop_back_val();; At = At->getNextNode()) {
      if (isWriteTo(*At, Lock))
        break;
      if (mayWait(*At))
        return true;
      if (!At->isTerminator())
        continue;
      for (const BasicBlock *Next : successors(At))
        if (Seen.insert(Next).second)
          Work.push_back(&Next->front());
      break;
    }
  return false;
}

/// The dimensions of threadIdx of which Sum is made without loss; bit 3: also of something else
/// that differs between threads.
static unsigned dimensionsOf(const Value *Sum, unsigned Depth = 0) {
  constexpr unsigned Other = 8;
  auto *I = dyn_cast<Instruction>(Sum);
  if (!I)
    return 0;
  if (Depth == Deep)
    return Other;
  if (const std::optional<Intrinsic> Id = intrinsicOf(*I)) {
    auto *Dimension = dyn_cast<ConstantInt>(I->getOperand(0));
    return Id == Intrinsic::ThreadIdx && Dimension                                 ? 1 << Dimension->getZExtValue()
           : isPlace(*Id) && *Id != Intrinsic::ThreadIdx && *Id != Intrinsic::Lane ? 0
                                                                                   : Other;
  }
  if (isa<CastInst>(I) || is_contained({Instruction::Add, Instruction::Mul, Instruction::Shl, Instruction::Or}, I->getOpcode())) {
    unsigned Dimensions = 0;
    for (const Use &Part : I->operands())
      Dimensions |= dimensionsOf(Part.get(), Depth + 1);
    return Dimensions;
  }
  return Other;
}

/// The dimensions of threadIdx that have one value where Condition is Holds.
static unsigned fixedDimensions(const Value *Condition, bool Holds) {
  using namespace PatternMatch;
  const Value *A, *B;
  if (Holds ? match(Condition, m_LogicalAnd(m_Value(A), m_Value(B))) : match(Condition, m_LogicalOr(m_Value(A), m_Value(B))))
    return fixedDimensions(A, Holds) | fixedDimensions(B, Holds);
  auto *Compare = dyn_cast<ICmpInst>(Condition);
  if (!Compare || Compare->getPredicate() != (Holds ? ICmpInst::ICMP_EQ : ICmpInst::ICMP_NE) ||
      !isa<Constant>(Compare->getOperand(1)))
    return 0;
  const unsigned Dimensions = dimensionsOf(Compare->getOperand(0));
  return Dimensions < 8 ? Dimensions : 0;
}

/// Whether one thread of a block comes to the loop, as in `if (threadIdx.x == 0)`: it meets no
/// other one of its block at the lock.
static bool isOfOneThread(const Loop &L, const DominatorTree &Tree) {
  unsigned Used = 0, Fixed = 0;
  for (const Instruction &I : instructions(*L.getHeader()->getParent()))
    if (intrinsicOf(I) == Intrinsic::ThreadIdx)
      Used |= dimensionsOf(&I);
  for (auto *Node = Tree.getNode(L.getHeader())->getIDom(); Node; Node = Node->getIDom()) {
    auto *Branch = dyn_cast<BranchInst>(Node->getBlock()->getTerminator());
    for (unsigned Way : {0, 1})
      if (Branch && Branch->isConditional() &&
          Tree.dominates(BasicBlockEdge(Node->getBlock(), Branch->getSuccessor(Way)), L.getHeader()))
        Fixed |= fixedDimensions(Branch->getCondition(), Way == 0);
  }
  return Used && Used < 8 && (Used & ~Fixed) == 0;
}

/// Whether L tries to lock what another thread may hold while it waits itself.
static bool triesLock(const Loop &L, const LoopInfo &Loops, const DominatorTree &Tree) {
  if (hasIntrinsic(L, isCollective) || isOfOneThread(L, Tree))
    return false;
  return any_of(L.blocks(), [&](const BasicBlock *Block) {
    return Loops.getLoopFor(Block) == &L && any_of(*Block, [&](const Instruction &I) {
             const Value *Lock = triedLock(I, L);
             return Lock && mayWaitBehind(I, Lock);
           });
  });
}

static bool sleepsIn(const BasicBlock &Block) {
  return any_of(Block, [](const Instruction &I) { return intrinsicOf(I) == Intrinsic::Sleep; });
}

/// Whether threads sleep in L, and not in loops inside of it only.
static bool sleeps(const Loop &L, const LoopInfo &Loops) {
  return any_of(L.blocks(), [&](const BasicBlock *Block) { return Loops.getLoopFor(Block) == &L && sleepsIn(*Block); });
}

static bool sleepsInEachRound(const Loop &L, const DominatorTree &Tree) {
  SmallVector<BasicBlock *, 2> Latches;
  L.getLoopLatches(Latches);
  return any_of(L.blocks(), [&](const BasicBlock *Block) {
    return sleepsIn(*Block) && all_of(Latches, [&](const BasicBlock *Latch) { return Tree.dominates(Block, Latch); });
  });
}

/// Behind each round that has waited in vain.
static void sleepIn(const Loop &L, DominatorTree &Dominators, LoopInfo &Loops) {
  BasicBlock *Header = L.getHeader();
  Function &F = *Header->getParent();
  SmallVector<BasicBlock *, 2> Latches;
  L.getLoopLatches(Latches);
  for (BasicBlock *Latch : Latches) {
    IRBuilder<> Builder(SplitEdge(Latch, Header, &Dominators, &Loops)->getTerminator());
    Builder.SetCurrentDebugLocation(Latch->getTerminator()->getDebugLoc());
    Builder.CreateCall(getIntrinsic(*F.getParent(), Intrinsic::Sleep), {Builder.getInt32(0)});
  }
  // What LLVM found out about the function before.
  for (Attribute::AttrKind Kind : {Attribute::Memory, Attribute::NoSync, Attribute::WillReturn})
    F.removeFnAttr(Kind);
}

void sleepInWaitingLoops(Module &M) {
  // One that waits may hold another one's lock.
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (Function &F : M) {
      if (F.isDeclaration())
        continue;
      DominatorTree Dominators(F);
      LoopInfo Loops(Dominators);
      SmallVector<Loop *> Waiting;
      for (Loop *L : Loops.getLoopsInPreorder())
        if (!sleepsInEachRound(*L, Dominators) && (watches(*L) || triesLock(*L, Loops, Dominators)))
          Waiting.push_back(L);
      for (Loop *L : Waiting)
        sleepIn(*L, Dominators, Loops);
      Changed |= !Waiting.empty();
    }
  }
}

/// LLVM asks once before such a loop whether to wait at all: what it reads for that, in the block before Preheader; else null.
static Instruction *firstRead(const BasicBlock &Preheader) {
  const BasicBlock *Guard = Preheader.getSinglePredecessor();
  auto *Branch = Guard ? dyn_cast<BranchInst>(Guard->getTerminator()) : nullptr;
  if (!Branch || !Branch->isConditional())
    return nullptr;
  Instruction *Read = nullptr;
  SmallVector<Value *> Work{Branch->getCondition()};
  SmallPtrSet<Value *, 8> Seen;
  while (!Work.empty()) {
    auto *I = dyn_cast<Instruction>(Work.pop_back_val());
    if (!I || I->getParent() != Guard || isa<PHINode>(I) || !Seen.insert(I).second)
      continue;
    if ((I->isAtomic() || I->isVolatile()) && (!Read || I->comesBefore(Read)))
      Read = I;
    append_range(Work, I->operands());
  }
  return Read;
}

SmallPtrSet<Instruction *, 2> meetingsBeforeWaiting(Function &F) {
  DominatorTree Tree(F);
  LoopInfo Loops(Tree);
  SmallPtrSet<Instruction *, 2> Found;
  for (Loop *L : Loops.getLoopsInPreorder())
    if (sleeps(*L, Loops))
      if (BasicBlock *Before = InsertPreheaderForLoop(L, &Tree, &Loops, nullptr, false)) {
        Instruction *Asked = firstRead(*Before);
        Found.insert(Asked ? Asked : Before->getTerminator());
      }
  return Found;
}

} // namespace cuport
