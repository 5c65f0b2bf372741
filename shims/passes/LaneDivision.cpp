// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneDivision.h"

using namespace llvm;

namespace cuport {

bool isLaneDivision(const Instruction &I) {
  return I.isIntDivRem() && I.getType()->isIntegerTy() && I.getType()->getIntegerBitWidth() <= 32 && !isa<Constant>(I.getOperand(1));
}

// With r = 1 / d, (n + 1/2) r lies between q + 1/2d and q + 1 - 1/2d, q being the quotient. What two roundings change is less than
// 2^32 / d * 2^-52, far less than 1/2d, so that cutting off what is behind the point gives q. The same holds below 0, with n - 1/2.
Value *divideLanes(IRBuilder<> &B, const Instruction &I, Value *Dividends, Value *Divisor) {
  const bool Signed = I.getOpcode() == Instruction::SDiv || I.getOpcode() == Instruction::SRem;
  auto *Whole = cast<FixedVectorType>(Dividends->getType());
  Type *Lanes = FixedVectorType::get(B.getDoubleTy(), Whole->getNumElements());
  auto real = [&](Value *Number, Type *To) { return Signed ? B.CreateSIToFP(Number, To) : B.CreateUIToFP(Number, To); };
  Value *Number = real(Dividends, Lanes), *Half = ConstantFP::get(Lanes, 0.5);
  if (Signed)
    Half = B.CreateBinaryIntrinsic(llvm::Intrinsic::copysign, Half, Number);
  // Where it is the same for all, it is computed once, and before a loop that does not change it.
  Type *OfDivisor = Divisor->getType()->isVectorTy() ? Lanes : B.getDoubleTy();
  Value *Reciprocal = B.CreateFDiv(ConstantFP::get(OfDivisor, 1), real(Divisor, OfDivisor));
  if (!Divisor->getType()->isVectorTy()) {
    Reciprocal = B.CreateVectorSplat(Whole->getNumElements(), Reciprocal);
    Divisor = B.CreateVectorSplat(Whole->getNumElements(), Divisor);
  }
  Value *Product = B.CreateFMul(B.CreateFAdd(Number, Half), Reciprocal);
  Value *Quotient = Signed ? B.CreateFPToSI(Product, Whole) : B.CreateFPToUI(Product, Whole);
  if (I.getOpcode() == Instruction::SDiv || I.getOpcode() == Instruction::UDiv)
    return Quotient;
  return B.CreateSub(Dividends, B.CreateMul(Quotient, Divisor));
}

} // namespace cuport
