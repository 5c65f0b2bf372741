// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Conversions.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"

using namespace llvm;

namespace cuport {

/// In compares and selects, of which LLVM makes vectors, unlike of llvm.fptosi.sat (LLVM 22).
static Value *convert(IRBuilder<> &B, Value *X, Type *To, bool Signed) {
  const unsigned Bits = To->getScalarSizeInBits();
  if (Bits < 32)
    return B.CreateTrunc(convert(B, X, To->getWithNewBitWidth(32), Signed), To);
  Type *From = X->getType();
  if (From->getScalarSizeInBits() < 32) {
    From = From->getWithNewType(B.getFloatTy());
    X = B.CreateFPExt(X, From);
  }
  const bool IsDouble = From->getScalarType()->isDoubleTy();
  const APInt Least = Signed ? APInt::getSignedMinValue(Bits) : APInt::getMinValue(Bits);
  const APInt Most = Signed ? APInt::getSignedMaxValue(Bits) : APInt::getMaxValue(Bits);
  auto number = [&](const APInt &I, bool IsSigned) {
    APFloat F(From->getScalarType()->getFltSemantics());
    F.convertFromAPInt(I, IsSigned, APFloat::rmNearestTiesToEven);
    return ConstantFP::get(From, F);
  };
  auto toInteger = [&](Value *V) { return Signed ? B.CreateFPToSI(V, To) : B.CreateFPToUI(V, To); };
  // A NaN is not above, and becomes Least.
  Value *Low = number(Least, Signed), *AtLeast = B.CreateSelect(B.CreateFCmpOGT(X, Low), X, Low), *Result;
  if (IsDouble && Bits == 32) {
    Value *High = number(Most, Signed);
    Result = toInteger(B.CreateSelect(B.CreateFCmpOLT(AtLeast, High), AtLeast, High));
  } else {
    // Most is rounded up to the first number that is too large.
    Result = B.CreateSelect(B.CreateFCmpOGE(X, number(Most, Signed)), ConstantInt::get(To, Most), toInteger(AtLeast));
  }
  const APInt OfNaN = IsDouble || Bits != 32 ? APInt::getSignedMinValue(Bits) : APInt::getZero(Bits);
  return OfNaN == Least ? Result : B.CreateSelect(B.CreateFCmpUNO(X, X), ConstantInt::get(To, OfNaN), Result);
}

static bool canConvert(const CastInst &Cast) {
  const Type *From = Cast.getSrcTy()->getScalarType();
  const unsigned Bits = Cast.getDestTy()->getScalarSizeInBits();
  return (From->isHalfTy() || From->isBFloatTy() || From->isFloatTy() || From->isDoubleTy()) && (Bits == 8 || Bits == 16 || Bits == 32 || Bits == 64);
}

void clampConversions(Module &M) {
  SmallVector<CastInst *> Casts;
  for (Function &F : M)
    for (Instruction &I : instructions(F))
      if (isa<FPToSIInst, FPToUIInst>(I) && canConvert(cast<CastInst>(I)))
        Casts.push_back(cast<CastInst>(&I));
  for (CastInst *Cast : Casts) {
    IRBuilder<> B(Cast);
    Cast->replaceAllUsesWith(convert(B, Cast->getOperand(0), Cast->getDestTy(), isa<FPToSIInst>(Cast)));
    Cast->eraseFromParent();
  }
}

} // namespace cuport
