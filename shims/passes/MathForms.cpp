// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "MathForms.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include <cmath>

using namespace llvm;

namespace cuport {

namespace {

constexpr llvm::Intrinsic::ID WrittenOut[] = {llvm::Intrinsic::exp,   llvm::Intrinsic::exp2, llvm::Intrinsic::log, llvm::Intrinsic::log2,
                                              llvm::Intrinsic::log10, llvm::Intrinsic::pow,  llvm::Intrinsic::tanh, llvm::Intrinsic::sin,
                                              llvm::Intrinsic::cos};

class Writer {
public:
  explicit Writer(Instruction &Before) : B(&Before), Double(B.getDoubleTy()), Int64(B.getInt64Ty()) {}

  Value *write(IntrinsicInst &Call) {
    Value *X = B.CreateFPExt(Call.getArgOperand(0), Double);
    switch (Call.getIntrinsicID()) {
    case llvm::Intrinsic::exp:
      return rounded(exp2(B.CreateFMul(X, number(1 / std::log(2.0)))));
    case llvm::Intrinsic::exp2:
      return rounded(exp2(X));
    case llvm::Intrinsic::log:
      return rounded(B.CreateFMul(log2(X), number(std::log(2.0))));
    case llvm::Intrinsic::log2:
      return rounded(log2(X));
    case llvm::Intrinsic::log10:
      return rounded(B.CreateFMul(log2(X), number(std::log10(2.0))));
    case llvm::Intrinsic::tanh:
      return rounded(tanh(X));
    case llvm::Intrinsic::sin:
    case llvm::Intrinsic::cos:
      return wave(Call, X);
    case llvm::Intrinsic::pow:
      return rounded(pow(X, B.CreateFPExt(Call.getArgOperand(1), Double)));
    default:
      llvm_unreachable("not written out");
    }
  }

private:
  Constant *number(double Value) { return ConstantFP::get(Double, Value); }
  Value *rounded(Value *V) { return B.CreateFPTrunc(V, B.getFloatTy()); }
  Value *multiplyAdd(Value *X, Value *Y, Value *Z) { return B.CreateIntrinsic(llvm::Intrinsic::fmuladd, {Double}, {X, Y, Z}); }
  Value *magnitude(Value *X) { return B.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, X); }
  Value *isInfinite(Value *X) { return B.CreateFCmpOEQ(magnitude(X), ConstantFP::getInfinity(Double)); }
  Value *isWhole(Value *X) { return B.CreateFCmpOEQ(B.CreateUnaryIntrinsic(llvm::Intrinsic::rint, X), X); }

  /// Terms[0] + X (Terms[1] + X (Terms[2] + ...)).
  Value *polynomial(Value *X, ArrayRef<double> Terms) {
    Value *Sum = number(Terms.back());
    for (double Term : reverse(Terms.drop_back()))
      Sum = multiplyAdd(Sum, X, number(Term));
    return Sum;
  }

  /// 2^n 2^r with |r| <= 1/2, and 2^r by Taylor's series to r^8, which leaves 2e-10 of it.
  Value *exp2(Value *X) {
    // Beyond, floats are infinite or 0.
    Value *Within = B.CreateSelect(B.CreateFCmpOGT(X, number(129)), number(129), X);
    Within = B.CreateSelect(B.CreateFCmpOLT(Within, number(-151)), number(-151), Within);
    Constant *Shift = number(0x1.8p52); // what is added to it becomes a whole number
    Value *Shifted = B.CreateFAdd(Within, Shift);
    Value *Rest = B.CreateFSub(Within, B.CreateFSub(Shifted, Shift));
    SmallVector<double> Terms{1};
    for (int K = 1; K <= 8; ++K)
      Terms.push_back(Terms.back() * std::log(2.0) / K);
    Value *Exponent = B.CreateShl(B.CreateBitCast(Shifted, Int64), 52);
    Value *Power = B.CreateBitCast(B.CreateAdd(B.CreateBitCast(polynomial(Rest, Terms), Int64), Exponent), Double);
    return B.CreateSelect(B.CreateFCmpUNO(X, X), X, Power);
  }

  /// n + log2(m) with m from sqrt(1/2) to sqrt(2), by the series of log((1 + s) / (1 - s)) to s^19, which leaves 3e-17 of it.
  Value *log2(Value *X) {
    Value *Bits = B.CreateBitCast(X, Int64);
    const auto Least = static_cast<int64_t>(bit_cast<uint64_t>(std::sqrt(0.5)));
    Value *Exponent = B.CreateAShr(B.CreateSub(Bits, B.getInt64(Least)), 52);
    Value *M = B.CreateBitCast(B.CreateSub(Bits, B.CreateShl(Exponent, 52)), Double);
    Value *S = B.CreateFDiv(B.CreateFSub(M, number(1)), B.CreateFAdd(M, number(1)));
    SmallVector<double> Terms;
    for (int K = 0; K <= 9; ++K)
      Terms.push_back(2 / std::log(2.0) / (2 * K + 1));
    // Exponents of doubles fit in 32 bits, which processors convert side by side.
    Value *Whole = B.CreateSIToFP(B.CreateTrunc(Exponent, B.getInt32Ty()), Double);
    Value *Result = multiplyAdd(S, polynomial(B.CreateFMul(S, S), Terms), Whole);
    Value *OfRest = B.CreateSelect(B.CreateFCmpOEQ(X, number(0)), ConstantFP::getInfinity(Double, true),
                                   B.CreateSelect(B.CreateFCmpOGT(X, number(0)), X, ConstantFP::getNaN(Double)));
    Value *IsUsual = B.CreateAnd(B.CreateFCmpOGT(X, number(0)), B.CreateNot(isInfinite(X)));
    return B.CreateSelect(IsUsual, Result, OfRest);
  }

  /// Sine or cosine. What is too large to be brought into the first octant by two steps is the C library's.
  Value *wave(IntrinsicInst &Call, Value *X) {
    // pi/2, of which the first part has 33 bits: products with whole numbers of 20 bits are exact.
    constexpr double Quarter = 0x1.921fb544p0, QuarterRest = 0x1.0b4611a626331p-34;
    constexpr double Most = 0x1p19;
    const bool IsSine = Call.getIntrinsicID() == llvm::Intrinsic::sin;
    Constant *Shift = number(0x1.8p52);
    Value *Shifted = B.CreateFAdd(B.CreateFMul(X, number(1 / (Quarter + QuarterRest))), Shift);
    Value *Quarters = B.CreateFSub(Shifted, Shift), *Number = B.CreateBitCast(Shifted, Int64);
    if (!IsSine)
      Number = B.CreateAdd(Number, B.getInt64(1));
    Value *R = B.CreateFSub(X, B.CreateFMul(Quarters, number(Quarter)));
    R = B.CreateFSub(R, B.CreateFMul(Quarters, number(QuarterRest)));
    Value *Square = B.CreateFMul(R, R);
    SmallVector<double> OfSine, OfCosine;
    double Term = 1;
    for (int K = 0; K <= 12; ++K, Term /= K)
      (K % 2 ? OfSine : OfCosine).push_back(K / 2 % 2 ? -Term : Term);
    Value *Sine = B.CreateFMul(R, polynomial(Square, OfSine)), *Cosine = polynomial(Square, OfCosine);
    auto bit = [&](int Bit) { return B.CreateICmpNE(B.CreateAnd(Number, B.getInt64(Bit)), B.getInt64(0)); };
    Value *Result = B.CreateSelect(bit(1), Cosine, Sine);
    Result = rounded(B.CreateSelect(bit(2), B.CreateFNeg(Result), Result));
    Instruction *Large = SplitBlockAndInsertIfThen(B.CreateFCmpUGT(magnitude(X), number(Most)), &*B.GetInsertPoint(), false,
                                                   MDBuilder(B.getContext()).createUnlikelyBranchWeights());
    BasicBlock *Here = Large->getParent(), *After = Large->getSuccessor(0);
    B.SetInsertPoint(Large);
    // By its name alone: what LLVM knows as a sine it would compute on both ways.
    CallInst *Called = B.CreateCall(Call.getModule()->getOrInsertFunction(IsSine ? "sinf" : "cosf", B.getFloatTy(), B.getFloatTy()),
                                    Call.getArgOperand(0));
    for (Attribute::AttrKind Kind : {Attribute::NoBuiltin, Attribute::NoUnwind, Attribute::WillReturn})
      Called->addFnAttr(Kind);
    Called->setDoesNotAccessMemory();
    B.SetInsertPoint(After, After->begin());
    PHINode *Either = B.CreatePHI(B.getFloatTy(), 2);
    Either->addIncoming(Result, Here->getSinglePredecessor());
    Either->addIncoming(Called, Here);
    return Either;
  }

  /// 1 - 2 / (e^2x + 1); near 0, where that would cancel, x.
  Value *tanh(Value *X) {
    Value *Power = exp2(B.CreateFMul(X, number(2 / std::log(2.0))));
    Value *Result = B.CreateFSub(number(1), B.CreateFDiv(number(2), B.CreateFAdd(Power, number(1))));
    return B.CreateSelect(B.CreateFCmpOLT(magnitude(X), number(0x1p-13)), X, Result);
  }

  /// IEEE 754's cases.
  Value *pow(Value *X, Value *Y) {
    Value *Base = magnitude(X), *One = number(1);
    Value *Result = exp2(B.CreateFMul(Y, log2(Base)));
    Value *IsWhole = isWhole(Y);
    Value *IsOdd = B.CreateAnd(IsWhole, B.CreateNot(isWhole(B.CreateFMul(Y, number(0.5)))));
    Value *IsBelow = B.CreateFCmpOLT(X, number(0));
    Value *HasNone = B.CreateAnd(IsBelow, B.CreateNot(B.CreateOr(IsWhole, isInfinite(X))));
    Result = B.CreateSelect(HasNone, ConstantFP::getNaN(Double), Result);
    Value *Negative = B.CreateICmpSLT(B.CreateBitCast(X, Int64), B.getInt64(0));
    Result = B.CreateSelect(B.CreateAnd(Negative, IsOdd), B.CreateFNeg(Result), Result);
    Value *IsOne = B.CreateOr(B.CreateFCmpOEQ(Y, number(0)), B.CreateFCmpOEQ(X, One));
    IsOne = B.CreateOr(IsOne, B.CreateAnd(B.CreateFCmpOEQ(Base, One), isInfinite(Y)));
    return B.CreateSelect(IsOne, One, Result);
  }

  IRBuilder<> B;
  Type *const Double, *const Int64;
};

} // namespace

void writeOutMath(Function &F) {
  SmallVector<IntrinsicInst *> Calls;
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<IntrinsicInst>(&I);
        Call && Call->getType()->isFloatTy() && is_contained(WrittenOut, Call->getIntrinsicID()))
      Calls.push_back(Call);
  for (IntrinsicInst *Call : Calls) {
    Call->replaceAllUsesWith(Writer(*Call).write(*Call));
    Call->eraseFromParent();
  }
}

} // namespace cuport
