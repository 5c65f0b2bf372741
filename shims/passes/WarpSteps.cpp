// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "WarpSteps.h"

#include "Intrinsics.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"

using namespace llvm;

namespace cuport {

static bool isShared(const Value *Pointer) {
  SmallVector<const Value *, 4> Bases;
  getUnderlyingObjects(Pointer, Bases);
  return all_of(Bases, [](const Value *Base) {
    auto *Call = dyn_cast<CallBase>(Base);
    const std::optional<Intrinsic> Id = Call ? intrinsicOf(*Call) : std::nullopt;
    return Id == Intrinsic::SharedBase || Id == Intrinsic::DynamicShared;
  });
}

/// Nothing was read or written since the last barrier.
static bool followsBarrier(const Instruction &I) {
  for (const Instruction *Before = I.getPrevNode(); Before; Before = Before->getPrevNode()) {
    if (intrinsicOf(*Before) == Intrinsic::WarpBarrier)
      return true;
    if (Before->mayReadOrWriteMemory())
      return false;
  }
  return false;
}

/// Of the lanes that are there: some may wait for what one of these does behind it.
static void insertBarrier(Instruction &Next, const DebugLoc &Place) {
  IRBuilder<> B(&Next);
  B.SetCurrentDebugLocation(Place);
  B.CreateCall(getIntrinsic(*Next.getModule(), Intrinsic::WarpBarrier), {B.getInt64(0)});
}

void keepWarpsInStep(Kernel &K) {
  Function &F = *K.Body;
  if (isSanitized(F) || any_of(reachableFrom(F), [](const Function *Reached) { return intrinsicOf(*Reached) == Intrinsic::Sleep; }))
    return;
  SmallVector<StoreInst *> Stores;
  for (Instruction &I : instructions(F))
    if (auto *Store = dyn_cast<StoreInst>(&I); Store && Store->isVolatile() && isShared(Store->getPointerOperand()))
      Stores.push_back(Store);
  for (StoreInst *Store : Stores) {
    if (!followsBarrier(*Store))
      insertBarrier(*Store, Store->getDebugLoc());
    insertBarrier(*Store->getNextNode(), Store->getDebugLoc());
  }
  if (!Stores.empty())
    for (Attribute::AttrKind Kind : {Attribute::Memory, Attribute::NoSync, Attribute::WillReturn})
      F.removeFnAttr(Kind);
}

/// Whether F is a fence and nothing else, like __threadfence.
static bool isFence(const Function &F) {
  bool Fences = false;
  for (const Instruction &I : instructions(F)) {
    auto *Fence = dyn_cast<FenceInst>(&I);
    if (Fence && Fence->getSyncScopeID() != SyncScope::SingleThread)
      Fences = true;
    else if (I.mayReadOrWriteMemory() && !isa_and_nonnull<AllocaInst>(getLoadStorePointerOperand(&I)))
      return false;
  }
  return Fences;
}

static bool isFence(const Instruction &I) {
  if (auto *Fence = dyn_cast<FenceInst>(&I))
    return Fence->getSyncScopeID() != SyncScope::SingleThread;
  auto *Call = dyn_cast<CallBase>(&I);
  return Call && Call->getCalledFunction() && isFence(*Call->getCalledFunction());
}

/// Whether V tells a thread from others of its warp; what callers of a function tell may.
static bool dependsOnThread(const Value *V, SmallPtrSetImpl<const Value *> &Seen) {
  if (auto *Parameter = dyn_cast<Argument>(V))
    return Parameter->getType()->isIntegerTy() && !Parameter->getParent()->hasFnAttribute(KernelAttribute);
  auto *I = dyn_cast<Instruction>(V);
  if (!I || !Seen.insert(I).second)
    return false;
  if (auto *Call = dyn_cast<CallBase>(I)) {
    Function *Callee = Call->getCalledFunction();
    return Callee && any_of(reachableFrom(*Callee), [](const Function *F) {
             const std::optional<Intrinsic> Id = intrinsicOf(*F);
             return Id == Intrinsic::ThreadIdx || Id == Intrinsic::Lane;
           });
  }
  if (auto *Load = dyn_cast<LoadInst>(I)) {
    auto *Variable = dyn_cast<AllocaInst>(Load->getPointerOperand());
    return Variable && any_of(Variable->users(), [&](const User *U) {
             auto *Store = dyn_cast<StoreInst>(U);
             return Store && dependsOnThread(Store->getValueOperand(), Seen);
           });
  }
  return any_of(I->operands(), [&](const Use &U) { return dependsOnThread(U.get(), Seen); });
}

/// The next branch behind a fence, if it depends on the thread and no collective comes first; else null.
static BranchInst *partingBehind(Instruction &Fence) {
  SmallPtrSet<const BasicBlock *, 8> Blocks;
  for (Instruction *I = Fence.getNextNode(); Blocks.insert(I->getParent()).second;) {
    for (; !I->isTerminator(); I = I->getNextNode())
      if (const std::optional<Intrinsic> Id = intrinsicOf(*I); Id && isCollective(*Id))
        return nullptr;
    auto *Branch = dyn_cast<BranchInst>(I);
    if (!Branch)
      return nullptr;
    if (Branch->isConditional()) {
      SmallPtrSet<const Value *, 16> Seen;
      return dependsOnThread(Branch->getCondition(), Seen) ? Branch : nullptr;
    }
    I = &Branch->getSuccessor(0)->front();
  }
  return nullptr;
}

/// Where those meet again that have gone into one block and those that have passed it by; null if it is more than that.
static BasicBlock *meetingBehind(const BranchInst &Branch) {
  for (unsigned Way : {0, 1}) {
    BasicBlock *Passing = Branch.getSuccessor(!Way);
    if (Branch.getSuccessor(Way)->getSingleSuccessor() == Passing)
      return Passing;
  }
  return nullptr;
}

void keepFencesInStep(Module &M) {
  for (Function &F : M) {
    if (isSanitized(F) || isFence(F))
      continue;
    SmallVector<std::pair<Instruction *, BranchInst *>> Fences;
    for (Instruction &I : instructions(F))
      if (BranchInst *Parting = isFence(I) ? partingBehind(I) : nullptr)
        Fences.push_back({&I, Parting});
    for (auto [Fence, Parting] : Fences) {
      insertBarrier(*Fence->getNextNode(), Fence->getDebugLoc());
      if (BasicBlock *Meeting = meetingBehind(*Parting))
        insertBarrier(*Meeting->getFirstInsertionPt(), Fence->getDebugLoc());
    }
  }
}

} // namespace cuport
