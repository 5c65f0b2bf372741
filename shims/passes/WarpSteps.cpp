// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "WarpSteps.h"

#include "Intrinsics.h"
#include "WaitingLoops.h"

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

static void insertBarrier(Instruction &Next, const DebugLoc &Place) {
  IRBuilder<> B(&Next);
  B.SetCurrentDebugLocation(Place);
  B.CreateCall(getIntrinsic(*Next.getModule(), Intrinsic::WarpBarrier), {B.getInt64(~uint64_t(0))});
}

void keepWarpsInStep(Kernel &K) {
  Function &F = *K.Body;
  if (isSanitized(F) || any_of(reachableFrom(F), [](const Function *Reached) { return Reached->getName() == SleepName; }))
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

} // namespace cuport
