// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "KernelHandles.h"
#include "Kernels.h"
#include "Names.h"

#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace cuport {

static constexpr StringLiteral LaunchName = "cudaLaunchDevice", HandleSuffix = ".handle";

/// Kernels of other files are known by their launches.
static SmallPtrSet<Function *, 16> launchedByName(Module &M) {
  SmallPtrSet<Function *, 16> Found;
  if (Function *Launch = M.getFunction(LaunchName))
    for (User *Each : Launch->users())
      if (auto *Call = dyn_cast<CallBase>(Each); Call && Call->getCalledOperand() == Launch)
        if (auto *Kernel = dyn_cast<Function>(Call->getArgOperand(0)->stripPointerCasts()); Kernel && Kernel->isDeclaration())
          Found.insert(Kernel);
  return Found;
}

void useHandles(Module &M) {
  const SmallPtrSet<Function *, 16> Launched = launchedByName(M);
  for (Function &F : M) {
    const bool Defined = F.hasFnAttribute(KernelAttribute);
    if (!Defined && !Launched.contains(&F))
      continue;
    auto used = [](Use &U) { return isa<Instruction>(U.getUser()); };
    if (none_of(F.uses(), used))
      continue;
    auto *Handle = new GlobalVariable(M, PointerType::getUnqual(M.getContext()), true, GlobalValue::ExternalLinkage, nullptr,
                                      F.getName() + HandleSuffix);
    F.replaceUsesWithIf(Handle, used);
  }
}

void defineHandle(Module &M, StringRef Name, Constant *Row, bool Relocatable) {
  const std::string HandleName = (Name + HandleSuffix + DeviceSuffix).str();
  GlobalVariable *Handle = M.getNamedGlobal(HandleName);
  // Other files may know the kernel's declaration and launch it.
  if (!Handle && Relocatable)
    Handle = new GlobalVariable(M, Row->getType(), true, GlobalValue::ExternalLinkage, nullptr, HandleName);
  if (!Handle)
    return;
  Handle->setInitializer(Row);
  // An instance of a template may be in several files; each one's row is as good.
  Handle->setLinkage(GlobalValue::WeakAnyLinkage);
  Handle->setVisibility(GlobalValue::HiddenVisibility);
}

} // namespace cuport
