// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Fences.h"

#include "llvm/Analysis/CFG.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace cuport {

static void strengthen(Instruction &I) {
  if (auto *Update = dyn_cast<AtomicRMWInst>(&I)) {
    Update->setOrdering(AtomicOrdering::AcquireRelease);
  } else if (auto *Exchange = dyn_cast<AtomicCmpXchgInst>(&I)) {
    Exchange->setSuccessOrdering(AtomicOrdering::AcquireRelease);
    Exchange->setFailureOrdering(AtomicOrdering::Acquire);
  } else if (auto *Load = dyn_cast<LoadInst>(&I)) {
    Load->setOrdering(AtomicOrdering::Acquire);
  } else if (auto *Store = dyn_cast<StoreInst>(&I)) {
    Store->setOrdering(AtomicOrdering::Release);
  }
}

static bool isRelaxed(const Instruction &I) {
  if (auto *Update = dyn_cast<AtomicRMWInst>(&I))
    return Update->getOrdering() == AtomicOrdering::Monotonic;
  if (auto *Exchange = dyn_cast<AtomicCmpXchgInst>(&I))
    return Exchange->getSuccessOrdering() == AtomicOrdering::Monotonic;
  if (auto *Load = dyn_cast<LoadInst>(&I))
    return Load->getOrdering() == AtomicOrdering::Monotonic;
  auto *Store = dyn_cast<StoreInst>(&I);
  return Store && Store->getOrdering() == AtomicOrdering::Monotonic;
}

void strengthenAtomics(Module &M) {
  for (Function &F : M) {
    if (!F.hasFnAttribute(Attribute::SanitizeThread))
      continue;
    SmallVector<Instruction *> Fences, Atomics;
    for (Instruction &I : instructions(F)) {
      if (auto *Fence = dyn_cast<FenceInst>(&I); Fence && Fence->getSyncScopeID() != SyncScope::SingleThread)
        Fences.push_back(&I);
      else if (isRelaxed(I))
        Atomics.push_back(&I);
    }
    for (Instruction *Atomic : Atomics)
      if (any_of(Fences, [&](Instruction *Fence) {
            return isPotentiallyReachable(Fence, Atomic) || isPotentiallyReachable(Atomic, Fence);
          }))
        strengthen(*Atomic);
  }
}

} // namespace cuport
