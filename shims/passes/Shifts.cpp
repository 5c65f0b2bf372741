// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Shifts.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace cuport {

static void clampShift(BinaryOperator &Shift) {
  IRBuilder<> B(&Shift);
  Type *Width = Shift.getType();
  Value *Amount = Shift.getOperand(1);
  const unsigned Bits = Width->getScalarSizeInBits();
  if (Shift.getOpcode() == Instruction::AShr) {
    Shift.setOperand(1, B.CreateBinaryIntrinsic(llvm::Intrinsic::umin, Amount, ConstantInt::get(Width, Bits - 1)));
    return;
  }
  B.SetInsertPoint(Shift.getNextNode());
  auto *Result = cast<Instruction>(B.CreateSelect(B.CreateICmpULT(Amount, ConstantInt::get(Width, Bits)), &Shift,
                                                  Constant::getNullValue(Width)));
  Shift.replaceUsesWithIf(Result, [&](Use &U) { return U.getUser() != Result; });
}

void clampShifts(Module &M) {
  SmallVector<BinaryOperator *> Shifts;
  for (Function &F : M)
    for (Instruction &I : instructions(F))
      if (auto *Shift = dyn_cast<BinaryOperator>(&I); Shift && Shift->isShift() && !isa<Constant>(Shift->getOperand(1)))
        Shifts.push_back(Shift);
  for (BinaryOperator *Shift : Shifts)
    clampShift(*Shift);
}

} // namespace cuport
