// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "GridConstants.h"
#include "Kernels.h"
#include "Names.h"

#include "llvm/Analysis/CaptureTracking.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/AttributeMask.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace cuport {

/// A parameter that is a value, and the variable that clang keeps it in.
struct StoredParameter {
  unsigned Index;
  StoreInst *Store;
  AllocaInst *Variable;
};

/// Clang marks a parameter by a call with the parameter's address. Takes the calls away.
static SmallVector<Value *> takeMarked(Function &F) {
  SmallVector<Value *> Marked;
  for (Instruction &I : make_early_inc_range(instructions(F))) {
    auto *Call = dyn_cast<IntrinsicInst>(&I);
    if (!Call || Call->getIntrinsicID() != llvm::Intrinsic::var_annotation)
      continue;
    StringRef Text;
    if (!getConstantStringInfo(Call->getArgOperand(1), Text) || Text != GridConstantMark)
      continue;
    Marked.push_back(Call->getArgOperand(0)->stripPointerCasts());
    Call->eraseFromParent();
  }
  return Marked;
}

/// The parameter whose value is the variable's from the beginning; a bool is widened on the way.
static std::optional<StoredParameter> storedIn(AllocaInst &Variable) {
  for (Argument &Formal : Variable.getFunction()->args()) {
    Value *Stored = &Formal;
    if (Stored->hasOneUse() && isa<CastInst>(Stored->user_back()))
      Stored = Stored->user_back();
    auto *Store = Stored->hasOneUse() ? dyn_cast<StoreInst>(Stored->user_back()) : nullptr;
    if (Store && Store->getValueOperand() == Stored && getUnderlyingObject(Store->getPointerOperand()) == &Variable)
      return StoredParameter{Formal.getArgNo(), Store, &Variable};
  }
  return std::nullopt;
}

/// F with these parameters as pointers to where they are.
static Function &withPointers(Function &F, ArrayRef<StoredParameter> Parameters) {
  SmallVector<Type *> Types(F.getFunctionType()->params());
  for (const StoredParameter &Parameter : Parameters)
    Types[Parameter.Index] = PointerType::getUnqual(F.getContext());
  Function *New = Function::Create(FunctionType::get(F.getReturnType(), Types, F.isVarArg()), F.getLinkage());
  F.getParent()->getFunctionList().insert(F.getIterator(), New);
  New->copyAttributesFrom(&F);
  New->setComdat(F.getComdat());
  New->copyMetadata(&F, 0);
  New->takeName(&F);
  New->splice(New->begin(), &F);
  for (const StoredParameter &Parameter : Parameters) {
    // Attributes of the value, such as signext.
    New->removeParamAttrs(Parameter.Index, AttributeMask(F.getAttributes().getParamAttrs(Parameter.Index)));
    Argument *Address = New->getArg(Parameter.Index);
    Address->takeName(Parameter.Variable);
    auto *Widened = dyn_cast<CastInst>(Parameter.Store->getValueOperand());
    Parameter.Store->eraseFromParent();
    if (Widened)
      Widened->eraseFromParent();
    Parameter.Variable->replaceAllUsesWith(Address);
    Parameter.Variable->eraseFromParent();
  }
  for (auto [Old, Formal] : zip(F.args(), New->args()))
    if (Old.getType() == Formal.getType()) {
      Formal.takeName(&Old);
      Old.replaceAllUsesWith(&Formal);
    }
  F.replaceAllUsesWith(New);
  F.eraseFromParent();
  return *New;
}

void takeGridConstants(Module &M) {
  for (Function &Kernel : make_early_inc_range(M)) {
    SmallVector<unsigned> Indices;
    SmallVector<StoredParameter> Stored;
    for (Value *Marked : takeMarked(Kernel)) {
      if (auto *Formal = dyn_cast<Argument>(Marked))
        Indices.push_back(Formal->getArgNo());
      else if (auto *Variable = dyn_cast<AllocaInst>(Marked); Variable && PointerMayBeCaptured(Variable, true))
        if (std::optional<StoredParameter> Parameter = storedIn(*Variable)) {
          Indices.push_back(Parameter->Index);
          Stored.push_back(*Parameter);
        }
    }
    if (!Kernel.hasFnAttribute(KernelAttribute))
      continue;
    Function &F = Stored.empty() ? Kernel : withPointers(Kernel, Stored);
    for (unsigned Index : Indices)
      F.getArg(Index)->addAttr(Attribute::get(F.getContext(), GridConstantAttribute));
  }
}

} // namespace cuport
