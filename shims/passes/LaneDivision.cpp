// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneDivision.h"
#include "Kernels.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Support/KnownBits.h"

using namespace llvm;

namespace cuport {

/// Whether numbers of 64 bits are converted to double precision and back in vectors.
static bool convertsLong(const Function &F) { return hasFeature(F, "+avx512dq"); }

bool isLaneDivision(const Instruction &I) {
  if (!I.isIntDivRem() || !I.getType()->isIntegerTy() || isa<Constant>(I.getOperand(1)))
    return false;
  const unsigned Bits = I.getType()->getIntegerBitWidth();
  return Bits <= 32 || (Bits == 64 && convertsLong(*I.getFunction()));
}

/// Number in Count lanes, if it is not a vector yet.
static Value *spread(IRBuilder<> &B, Value *Number, unsigned Count) {
  return Number->getType()->isVectorTy() ? Number : B.CreateVectorSplat(Count, Number);
}

static Value *toReal(IRBuilder<> &B, bool Signed, Value *Number) {
  Type *To = Number->getType()->getWithNewType(B.getDoubleTy());
  return Signed ? B.CreateSIToFP(Number, To) : B.CreateUIToFP(Number, To);
}

/// 1 / Divisor in Count lanes. Where it is the same for all, it is computed once, and before a loop that does not change it.
static Value *reciprocalOf(IRBuilder<> &B, bool Signed, Value *Divisor, unsigned Count) {
  Value *Real = toReal(B, Signed, Divisor);
  return spread(B, B.CreateFDiv(ConstantFP::get(Real->getType(), 1), Real), Count);
}

// With r = 1 / d, p = n r differs from n / d by no more than 2^-51 of it. So q = trunc(p) leaves a rest n - q d from -2^13 to d + 2^13, which
// is a number with a sign as long as d is less than 2^62, and of which the same with floor() leaves one from -d to 2 d.
/// The quotients of 64 bits. Divisor: one number for all, or a vector of them.
static Value *divideLong(IRBuilder<> &B, bool Signed, Value *Dividends, Value *Divisor) {
  auto *Whole = cast<FixedVectorType>(Dividends->getType());
  const unsigned Count = Whole->getNumElements();
  auto magnitude = [&](Value *Number) { return Signed ? B.CreateBinaryIntrinsic(llvm::Intrinsic::abs, Number, B.getFalse()) : Number; };
  // Of threads that do not come it may be poison, or 0.
  Value *N = magnitude(Dividends), *D = magnitude(B.CreateFreeze(Divisor));
  Value *IsSmall = B.CreateICmpULT(D, ConstantInt::get(D->getType(), uint64_t(1) << 62));
  if (IsSmall->getType()->isVectorTy())
    IsSmall = B.CreateAndReduce(IsSmall);
  Function *F = B.GetInsertBlock()->getParent();
  BasicBlock *InVectors = BasicBlock::Create(F->getContext(), "divide", F), *OneByOne = BasicBlock::Create(F->getContext(), "apart", F),
             *Next = BasicBlock::Create(F->getContext(), "divided", F);
  B.CreateCondBr(IsSmall, InVectors, OneByOne, MDBuilder(F->getContext()).createLikelyBranchWeights());
  B.SetInsertPoint(InVectors);
  Value *Reciprocal = reciprocalOf(B, false, D, Count), *Divisors = spread(B, D, Count);
  Value *Product = B.CreateFMul(toReal(B, false, N), Reciprocal), *Most = ConstantFP::get(Product->getType(), 0x1.fffffffffffffp63);
  Value *First = B.CreateFPToUI(B.CreateSelect(B.CreateFCmpOLT(Product, Most), Product, Most), Whole);
  Value *Rest = B.CreateSub(N, B.CreateMul(First, Divisors));
  Value *More = B.CreateFMul(toReal(B, true, Rest), Reciprocal);
  Value *Second = B.CreateFPToSI(B.CreateUnaryIntrinsic(llvm::Intrinsic::floor, More), Whole);
  Rest = B.CreateSub(Rest, B.CreateMul(Second, Divisors));
  Value *Short = B.CreateSExt(B.CreateICmpSLT(Rest, Constant::getNullValue(Whole)), Whole);
  Value *Over = B.CreateSExt(B.CreateICmpSGE(Rest, Divisors), Whole);
  Value *Quotient = B.CreateSub(B.CreateAdd(B.CreateAdd(First, Second), Short), Over);
  B.CreateBr(Next);
  B.SetInsertPoint(OneByOne);
  Value *IsNone = B.CreateICmpEQ(D, Constant::getNullValue(D->getType()));
  Value *Apart = B.CreateUDiv(N, spread(B, B.CreateSelect(IsNone, ConstantInt::get(D->getType(), 1), D), Count));
  B.CreateBr(Next);
  B.SetInsertPoint(Next);
  PHINode *Either = B.CreatePHI(Whole, 2);
  Either->addIncoming(Quotient, InVectors);
  Either->addIncoming(Apart, OneByOne);
  if (!Signed)
    return Either;
  Value *Sign = B.CreateAShr(B.CreateXor(Dividends, spread(B, Divisor, Count)), 63);
  return B.CreateSub(B.CreateXor(Either, Sign), Sign);
}

/// Whether the divisor of 64 bits is one of 32 that was extended, as in `uint64_t(a) * b % n`.
static bool isByShort(const Instruction &I) {
  const Value *Divisor = I.getOperand(1);
  const DataLayout &Layout = I.getDataLayout();
  return isSigned(I) ? ComputeNumSignBits(Divisor, Layout) > 32 : computeKnownBits(Divisor, Layout).countMinLeadingZeros() >= 32;
}

// Of the upper half of n, a number of double precision, trunc() of its product with r = 1 / d leaves a rest that is one, too, less than
// d + 2^13 from 0: a fused product gives it exactly. What it makes with the lower half, 1/2 more, lies 1/2d or more from where the next
// quotient begins, and two roundings change less than 2^-17 / d of that.
/// The quotients, and the remainders, of numbers of 64 bits by such divisors.
static std::pair<Value *, Value *> divideByShort(IRBuilder<> &B, bool Signed, Value *Dividends, Value *Divisor) {
  auto *Whole = cast<FixedVectorType>(Dividends->getType());
  const unsigned Count = Whole->getNumElements();
  auto magnitude = [&](Value *Number) { return Signed ? B.CreateBinaryIntrinsic(llvm::Intrinsic::abs, Number, B.getFalse()) : Number; };
  Value *N = magnitude(Dividends);
  // Of threads that do not come it may be poison, or 0.
  Value *D = B.CreateBinaryIntrinsic(llvm::Intrinsic::umax, magnitude(B.CreateFreeze(Divisor)), ConstantInt::get(Divisor->getType(), 1));
  Value *Reciprocal = reciprocalOf(B, false, D, Count), *Negative = spread(B, B.CreateFNeg(toReal(B, false, D)), Count);
  Value *Low = toReal(B, false, B.CreateAnd(N, UINT32_MAX)), *High = toReal(B, false, B.CreateAnd(N, ~uint64_t(UINT32_MAX)));
  auto quotient = [&](Value *Of) { return B.CreateUnaryIntrinsic(llvm::Intrinsic::trunc, B.CreateFMul(Of, Reciprocal)); };
  auto rest = [&](Value *Of, Value *Quotient) {
    return B.CreateIntrinsic(llvm::Intrinsic::fma, {Of->getType()}, {Quotient, Negative, Of});
  };
  Value *First = quotient(High);
  Value *Middle = B.CreateFAdd(rest(High, First), B.CreateFAdd(Low, ConstantFP::get(Low->getType(), 0.5)));
  Value *Second = B.CreateUnaryIntrinsic(llvm::Intrinsic::floor, B.CreateFMul(Middle, Reciprocal));
  Value *Quotient = B.CreateAdd(B.CreateFPToUI(First, Whole), B.CreateFPToSI(Second, Whole));
  Value *Remainder = B.CreateFPToSI(rest(Middle, Second), Whole);
  if (!Signed)
    return {Quotient, Remainder};
  auto withSign = [&](Value *Of, Value *Sign) { return B.CreateSub(B.CreateXor(Of, Sign), Sign); };
  return {withSign(Quotient, B.CreateAShr(B.CreateXor(Dividends, spread(B, Divisor, Count)), 63)),
          withSign(Remainder, B.CreateAShr(Dividends, 63))};
}

// With r = 1 / d, (n + 1/2) r lies between q + 1/2d and q + 1 - 1/2d, q being the quotient. What two roundings change is less than
// 2^32 / d * 2^-52, far less than 1/2d, so that cutting off what is behind the point gives q. The same holds below 0, with n - 1/2.
/// The quotients of up to 32 bits.
static Value *divideShort(IRBuilder<> &B, bool Signed, Value *Dividends, Value *Divisor) {
  auto *Whole = cast<FixedVectorType>(Dividends->getType());
  Value *Number = toReal(B, Signed, Dividends), *Half = ConstantFP::get(Number->getType(), 0.5);
  if (Signed)
    Half = B.CreateBinaryIntrinsic(llvm::Intrinsic::copysign, Half, Number);
  Value *Reciprocal = reciprocalOf(B, Signed, Divisor, Whole->getNumElements());
  Value *Product = B.CreateFMul(B.CreateFAdd(Number, Half), Reciprocal);
  return Signed ? B.CreateFPToSI(Product, Whole) : B.CreateFPToUI(Product, Whole);
}

Value *divideLanes(IRBuilder<> &B, const Instruction &I, Value *Dividends, Value *Divisor) {
  const bool IsLong = I.getType()->getIntegerBitWidth() > 32;
  const unsigned Count = cast<FixedVectorType>(Dividends->getType())->getNumElements();
  Value *Result;
  if (IsLong && isByShort(I)) {
    const auto [Quotient, Remainder] = divideByShort(B, isSigned(I), Dividends, Divisor);
    Result = isRemainder(I) ? Remainder : Quotient;
  } else {
    Result = (IsLong ? divideLong : divideShort)(B, isSigned(I), Dividends, Divisor);
    if (isRemainder(I))
      Result = B.CreateSub(Dividends, B.CreateMul(Result, spread(B, Divisor, Count)));
  }
  // By zero all bits are set, as where one thread divides (shims/backends/cpu/Division.h).
  Value *None = B.CreateSExt(B.CreateICmpEQ(Divisor, Constant::getNullValue(Divisor->getType())), Divisor->getType());
  return B.CreateOr(Result, spread(B, None, Count));
}

} // namespace cuport
