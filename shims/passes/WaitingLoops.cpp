// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A loop waits if one of its exits depends on a read of memory that this thread does not change, at an address that stays the same.
// Loops with a barrier in them go on together with the others anyway. A lock's compare-and-swap is not among the reads: who holds
// a lock gives it back without waiting, so it runs to there before the next thread begins.

#include "WaitingLoops.h"

#include "Intrinsics.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

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

/// The constant that V is, also by way of variables.
static const ConstantInt *constantOf(const Value *V, unsigned Depth = 0) {
  if (auto *Constant = dyn_cast<ConstantInt>(V))
    return Constant;
  auto *Load = dyn_cast<LoadInst>(V);
  auto *Variable = Load ? dyn_cast<AllocaInst>(Load->getPointerOperand()) : nullptr;
  if (!Variable || Depth == Deep)
    return nullptr;
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

static bool waits(const Loop &L) {
  for (const BasicBlock *Block : L.blocks())
    for (const Instruction &I : *Block) {
      const std::optional<Intrinsic> Id = intrinsicOf(I);
      if (Id && (*Id == Intrinsic::Barrier || *Id == Intrinsic::BarrierReduce || *Id == Intrinsic::GridBarrier))
        return false;
    }
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

void yieldInWaitingLoops(Module &M) {
  auto *Type = FunctionType::get(llvm::Type::getVoidTy(M.getContext()), {llvm::Type::getInt32Ty(M.getContext())}, false);
  for (Function &F : M) {
    if (F.isDeclaration())
      continue;
    DominatorTree Dominators(F);
    LoopInfo Loops(Dominators);
    for (Loop *L : Loops.getLoopsInPreorder()) {
      if (!waits(*L))
        continue;
      BasicBlock *Header = L->getHeader();
      IRBuilder<> Builder(Header, Header->getFirstInsertionPt());
      Builder.SetCurrentDebugLocation(Header->getTerminator()->getDebugLoc());
      CallInst *Sleep = Builder.CreateCall(M.getOrInsertFunction(SleepName, Type), {Builder.getInt32(0)});
      Sleep->setDoesNotThrow();
      // What LLVM found out about the function before.
      for (Attribute::AttrKind Kind : {Attribute::Memory, Attribute::NoSync, Attribute::WillReturn})
        F.removeFnAttr(Kind);
    }
  }
}

} // namespace cuport
