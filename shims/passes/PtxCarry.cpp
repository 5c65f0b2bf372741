// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Ptx.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Transforms/Utils/PromoteMemToReg.h"

using namespace llvm;

namespace cuport {

static constexpr StringLiteral CarryName = "__cuport_carry";

GlobalVariable *carryOf(Module &M) {
  if (GlobalVariable *Carry = M.getNamedGlobal(CarryName))
    return Carry;
  Type *Flag = Type::getInt1Ty(M.getContext());
  return new GlobalVariable(M, Flag, /*isConstant=*/false, GlobalValue::InternalLinkage, ConstantInt::getFalse(Flag), CarryName);
}

void settleCarries(Module &M) {
  GlobalVariable *Carry = M.getNamedGlobal(CarryName);
  if (!Carry)
    return;
  MapVector<Function *, SmallVector<Use *>> Uses;
  for (Use &U : Carry->uses())
    Uses[cast<Instruction>(U.getUser())->getFunction()].push_back(&U);
  for (auto &[F, Here] : Uses) {
    IRBuilder<> B(&F->getEntryBlock(), F->getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
    AllocaInst *Slot = B.CreateAlloca(B.getInt1Ty());
    B.CreateStore(B.getFalse(), Slot);
    for (Use *U : Here)
      U->set(Slot);
    if (isAllocaPromotable(Slot)) {
      DominatorTree Tree(*F);
      PromoteMemToReg({Slot}, Tree);
    }
  }
  Carry->eraseFromParent();
}

} // namespace cuport
