// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "UnsetValues.h"

#include "Kernels.h"

#include "llvm/IR/InstIterator.h"
#include "llvm/IR/InstrTypes.h"

using namespace llvm;

namespace cuport {

void allowUnsetValues(Module &M) {
  for (Function &F : M) {
    if (!F.hasFnAttribute(KernelAttribute)) {
      F.removeRetAttr(Attribute::NoUndef);
      for (Argument &A : F.args())
        A.removeAttr(Attribute::NoUndef);
    }
    for (Instruction &I : instructions(F))
      if (auto *Call = dyn_cast<CallBase>(&I)) {
        Call->removeRetAttr(Attribute::NoUndef);
        for (unsigned Index = 0; Index < Call->arg_size(); ++Index)
          Call->removeParamAttr(Index, Attribute::NoUndef);
      }
  }
}

} // namespace cuport
