// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "MathParts.h"

#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include <cmath>
#include <numbers>

using namespace llvm;

namespace cuport {

Split split(const Real &X) {
  IRBuilder<> &B = X.builder();
  Value *Exponent = B.CreateAShr(B.CreateSub(X.bits(), X.number(std::sqrt(0.5)).bits()), X.word(X.fraction()));
  const Real Mantissa = X.ofBits(B.CreateSub(X.bits(), B.CreateShl(Exponent, X.word(X.fraction()))));
  // It fits in 32 bits, which processors convert side by side.
  Type *Narrow = X.value()->getType()->getWithNewType(B.getInt32Ty());
  return {Real(B, B.CreateSIToFP(B.CreateTrunc(Exponent, Narrow), X.value()->getType())), Mantissa};
}

Split splitAny(const Real &X) {
  Value *IsSmall = X < (X.fraction() == 23 ? 0x1p-126 : 0x1p-1022);
  const int Up = X.fraction() + 2;
  const Split Parts = split((X * std::ldexp(1, Up)).where(IsSmall, X));
  return {Parts.Exponent - X.number(Up).where(IsSmall, X.number(0)), Parts.Mantissa};
}

Real orLogarithmOfRest(const Real &X, const Real &Result) {
  IRBuilder<> &B = X.builder();
  const Real OfRest = X.number(-INFINITY).where(X == 0, X.where(X > 0, X.number(NAN)));
  return Result.where(B.CreateAnd(X > 0, B.CreateNot(X.isInfinite())), OfRest);
}

Real power(const Real &X, const Real &Y, Real Result) {
  IRBuilder<> &B = X.builder();
  Value *IsWhole = Y.isWhole();
  Value *IsOdd = B.CreateAnd(IsWhole, B.CreateNot((Y * 0.5).isWhole()));
  Value *HasNone = B.CreateAnd(X < 0, B.CreateNot(B.CreateOr(IsWhole, X.isInfinite())));
  Result = X.number(NAN).where(HasNone, Result);
  Value *IsNegative = B.CreateICmpSLT(X.bits(), X.word(0));
  Result = (-Result).where(B.CreateAnd(IsNegative, IsOdd), Result);
  Value *IsOne = B.CreateOr(B.CreateOr(Y == 0, X == 1), B.CreateAnd(X.magnitude() == 1, Y.isInfinite()));
  return X.number(1).where(IsOne, Result);
}

Real ofQuarters(bool IsCosine, Value *Number, const Real &Sine, const Real &Cosine) {
  IRBuilder<> &B = Sine.builder();
  if (IsCosine)
    Number = B.CreateAdd(Number, Sine.word(1));
  auto bit = [&](int Bit) { return B.CreateICmpNE(B.CreateAnd(Number, Sine.word(Bit)), Sine.word(0)); };
  const Real Result = Cosine.where(bit(1), Sine);
  return (-Result).where(bit(2), Result);
}

Value *orCalled(IRBuilder<> &B, CallBase &Call, StringRef Name, Value *Result, double Most) {
  Value *X = Call.getArgOperand(0);
  auto *Lanes = dyn_cast<FixedVectorType>(X->getType());
  Value *IsLarge = B.CreateFCmpUGT(B.CreateUnaryIntrinsic(Intrinsic::fabs, X), ConstantFP::get(X->getType(), Most));
  // Lanes of threads that do not come here may hold anything.
  IsLarge = B.CreateFreeze(IsLarge);
  Instruction *Large = SplitBlockAndInsertIfThen(Lanes ? B.CreateOrReduce(IsLarge) : IsLarge, &*B.GetInsertPoint(), false,
                                                 MDBuilder(B.getContext()).createUnlikelyBranchWeights());
  BasicBlock *Here = Large->getParent(), *After = Large->getSuccessor(0), *Before = Here->getSinglePredecessor();
  B.SetInsertPoint(Large);
  // By its name alone: what LLVM knows as a sine it would compute on both ways.
  auto call = [&](Value *One) {
    CallInst *Called = B.CreateCall(Call.getModule()->getOrInsertFunction(Name, One->getType(), One->getType()), One);
    for (Attribute::AttrKind Kind : {Attribute::NoBuiltin, Attribute::NoUnwind, Attribute::WillReturn})
      Called->addFnAttr(Kind);
    Called->setDoesNotAccessMemory();
    return Called;
  };
  Value *FromLibrary = Result;
  for (unsigned Lane = 0; Lanes && Lane < Lanes->getNumElements(); ++Lane) {
    Value *Called = B.CreateSelect(B.CreateExtractElement(IsLarge, Lane), call(B.CreateExtractElement(X, Lane)),
                                   B.CreateExtractElement(Result, Lane));
    FromLibrary = B.CreateInsertElement(FromLibrary, Called, Lane);
  }
  if (!Lanes)
    FromLibrary = call(X);
  B.SetInsertPoint(After, After->begin());
  PHINode *Either = B.CreatePHI(Result->getType(), 2);
  Either->addIncoming(Result, Before);
  Either->addIncoming(FromLibrary, Here);
  return Either;
}

SmallVector<double> fitted(function_ref<long double(long double)> Function, long double Least, long double Most, unsigned Degree) {
  const unsigned Count = Degree + 1;
  SmallVector<long double> Points, Newton, Terms(Count, 0);
  for (unsigned I = 0; I < Count; ++I) {
    Points.push_back((Least + Most) / 2 + (Most - Least) / 2 * std::cos(std::numbers::pi_v<long double> * (2 * I + 1) / (2 * Count)));
    Newton.push_back(Function(Points[I]));
  }
  for (unsigned Step = 1; Step < Count; ++Step)
    for (unsigned I = Degree; I >= Step; --I)
      Newton[I] = (Newton[I] - Newton[I - 1]) / (Points[I] - Points[I - Step]);
  for (unsigned I = Count; I-- > 0;) {
    for (unsigned K = Degree; K > 0; --K)
      Terms[K] = Terms[K - 1] - Points[I] * Terms[K];
    Terms[0] = Newton[I] - Points[I] * Terms[0];
  }
  return SmallVector<double>(Terms.begin(), Terms.end());
}

} // namespace cuport
