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

/// A copy or fill may become a call of the C library, where ThreadSanitizer sees it again: it is one of the sanitizer's own instead.
static void hide(MemIntrinsic &I) {
  auto *Transfer = dyn_cast<MemTransferInst>(&I);
  const bool To = isLocal(I.getDest()), From = Transfer && isLocal(Transfer->getSource());
  if (!To && !From)
    return;
  if (To && Transfer && !From)
    tell(I, "__tsan_read_range", Transfer->getSource());
  if (From && !To)
    tell(I, "__tsan_write_range", I.getDest());
  IRBuilder<> B(&I);
  Type *Pointer = B.getPtrTy();
  Value *Size = B.CreateZExtOrTrunc(I.getLength(), B.getInt64Ty());
  if (Transfer)
    B.CreateCall(I.getModule()->getOrInsertFunction("__sanitizer_internal_memmove", Pointer, Pointer, Pointer, B.getInt64Ty()),
                 {I.getDest(), Transfer->getSource(), Size});
  else
    B.CreateCall(I.getModule()->getOrInsertFunction("__sanitizer_internal_memset", Pointer, Pointer, B.getInt32Ty(), B.getInt64Ty()),
                 {I.getDest(), B.CreateZExt(cast<MemSetInst>(I).getValue(), B.getInt32Ty()), Size});
  I.eraseFromParent();
}

void hideLocalMemory(Module &M) {
  for (Function &F : M) {
    if (!F.hasFnAttribute(Attribute::SanitizeThread))
      continue;
    for (Instruction &I : make_early_inc_range(instructions(F))) {
      if (const Value *Accessed = getLoadStorePointerOperand(&I)) {
        if (isLocal(Accessed))
          I.setMetadata(LLVMContext::MD_nosanitize, MDNode::get(M.getContext(), {}));
      } else if (auto *Memory = dyn_cast<MemIntrinsic>(&I)) {
        hide(*Memory);
      }
    }
  }
}

} // namespace cuport
