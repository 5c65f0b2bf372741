// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "HostFunctions.h"
#include "Intrinsics.h"
#include "Names.h"

using namespace llvm;

void cuport::trapHostFunctions(Module &M) {
  for (Function &F : M) {
    if (F.getSection() != HostSection)
      continue;
    F.deleteBody();
    F.setSection("");
    F.setComdat(nullptr);
    F.setLinkage(GlobalValue::InternalLinkage);
    F.setVisibility(GlobalValue::DefaultVisibility);
    F.removeFnAttr(Attribute::OptimizeNone);
    F.removeFnAttr(Attribute::NoInline);
    F.addFnAttr(Attribute::AlwaysInline);
    F.setDoesNotThrow();
    IRBuilder<> Builder(BasicBlock::Create(M.getContext(), "", &F));
    Builder.CreateCall(getIntrinsic(M, Intrinsic::Trap));
    Builder.CreateUnreachable();
  }
}
