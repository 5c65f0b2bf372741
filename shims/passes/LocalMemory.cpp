// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LocalMemory.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace cuport {

static bool isLocal(const Value *Pointer) {
  SmallVector<const Value *, 4> Bases;
  getUnderlyingObjects(Pointer, Bases, nullptr, 24);
  return all_of(Bases, [](const Value *Base) { return isa<AllocaInst>(Base); });
}

/// Tells ThreadSanitizer of one side of a copy or fill.
static void tell(MemIntrinsic &I, StringRef Function, Value *Pointer) {
  IRBuilder<> B(&I);
  Value *Size = B.CreateZExtOrTrunc(I.getLength(), B.getInt64Ty());
  B.CreateCall(I.getModule()->getOrInsertFunction(Function, B.getVoidTy(), B.getPtrTy(), B.getInt64Ty()), {Pointer, Size});
}

static bool hide(Instruction &I) {
  if (const Value *Pointer = getLoadStorePointerOperand(&I))
    return isLocal(Pointer);
  auto *Memory = dyn_cast<MemIntrinsic>(&I);
  if (!Memory)
    return false;
  auto *Transfer = dyn_cast<MemTransferInst>(Memory);
  const bool To = isLocal(Memory->getDest()), From = Transfer && isLocal(Transfer->getSource());
  if (To && Transfer && !From)
    tell(*Memory, "__tsan_read_range", Transfer->getSource());
  if (From && !To)
    tell(*Memory, "__tsan_write_range", Memory->getDest());
  return To || From;
}

void hideLocalMemory(Module &M) {
  for (Function &F : M)
    if (F.hasFnAttribute(Attribute::SanitizeThread))
      for (Instruction &I : instructions(F))
        if (hide(I))
          I.setMetadata(LLVMContext::MD_nosanitize, MDNode::get(M.getContext(), {}));
}

} // namespace cuport
