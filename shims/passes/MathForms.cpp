// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "MathForms.h"
#include "Real.h"

#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include <cmath>

using namespace llvm;

namespace cuport {

namespace {

constexpr Intrinsic::ID OfDoubles[] = {Intrinsic::exp,   Intrinsic::exp2, Intrinsic::exp10, Intrinsic::log, Intrinsic::log2,
                                       Intrinsic::log10, Intrinsic::pow,  Intrinsic::sin,   Intrinsic::cos};

/// x = 2^Exponent Mantissa, the mantissa from sqrt(1/2) to sqrt(2); for x > 0 that is neither infinite nor subnormal.
struct Split {
  Real Exponent, Mantissa;
};

Split split(const Real &X) {
  IRBuilder<> &B = X.builder();
  Value *Exponent = B.CreateAShr(B.CreateSub(X.bits(), X.number(std::sqrt(0.5)).bits()), X.word(52));
  const Real Mantissa = X.ofBits(B.CreateSub(X.bits(), B.CreateShl(Exponent, X.word(52))));
  // It fits in 32 bits, which processors convert side by side.
  Type *Narrow = X.value()->getType()->getWithNewType(B.getInt32Ty());
  return {Real(B, B.CreateSIToFP(B.CreateTrunc(Exponent, Narrow), X.value()->getType())), Mantissa};
}

/// Result for positive numbers, else what a logarithm is there.
Real orLogarithmOfRest(const Real &X, const Real &Result) {
  IRBuilder<> &B = X.builder();
  const Real OfRest = X.number(-INFINITY).where(X == 0, X.where(X > 0, X.number(NAN)));
  return Result.where(B.CreateAnd(X > 0, B.CreateNot(X.isInfinite())), OfRest);
}

/// X^Y by IEEE 754's cases, where Result is |X|^Y.
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

/// (-1)^k / (first + 2 k)!: a sine from its first term on, a cosine likewise.
SmallVector<double> alternating(int First, int Last) {
  SmallVector<double> Terms;
  for (int K = First; K <= Last; K += 2)
    Terms.push_back((K / 2 % 2 ? -1 : 1) / std::tgamma(K + 1.0));
  return Terms;
}

/// Sine or cosine, by those of what is left of X when Quarters quarters of a turn are taken off.
Real ofQuarters(Intrinsic::ID Function, const WholePart &Quarters, const Real &Sine, const Real &Cosine) {
  IRBuilder<> &B = Sine.builder();
  Value *Number = Quarters.Shifted.bits();
  if (Function == Intrinsic::cos)
    Number = B.CreateAdd(Number, Sine.word(1));
  auto bit = [&](int Bit) { return B.CreateICmpNE(B.CreateAnd(Number, Sine.word(Bit)), Sine.word(0)); };
  const Real Result = Cosine.where(bit(1), Sine);
  return (-Result).where(bit(2), Result);
}

/// Result, but where the argument of Call is more than Most, or no number, the C library's. B: behind.
Value *orCalled(IRBuilder<> &B, IntrinsicInst &Call, StringRef Name, Value *Result, double Most) {
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

// Of float, in double precision

namespace narrow {

/// 2^n 2^r with |r| <= 1/2, and 2^r by Taylor's series to r^8, which leaves 2e-10 of it.
Real exp2(const Real &X) {
  IRBuilder<> &B = X.builder();
  const Real Within = X.within(-151, 129); // beyond, floats are infinite or 0
  const WholePart Whole(Within);
  SmallVector<double> Terms{1};
  for (int K = 1; K <= 8; ++K)
    Terms.push_back(Terms.back() * std::log(2.0) / K);
  Value *Exponent = B.CreateShl(Whole.Shifted.bits(), X.word(52));
  const Real Power = X.ofBits(B.CreateAdd((Within - Whole.Number).polynomial(Terms).bits(), Exponent));
  return X.where(B.CreateFCmpUNO(X.value(), X.value()), Power);
}

/// n + log2(m), by the series of log((1 + s) / (1 - s)) to s^19, which leaves 3e-17 of it.
Real log2(const Real &X) {
  const Split Parts = split(X);
  const Real S = (Parts.Mantissa - 1) / (Parts.Mantissa + 1);
  SmallVector<double> Terms;
  for (int K = 0; K <= 9; ++K)
    Terms.push_back(2 / std::log(2.0) / (2 * K + 1));
  return orLogarithmOfRest(X, multiplyAdd(S, (S * S).polynomial(Terms), Parts.Exponent));
}

/// 1 - 2 / (e^2x + 1); near 0, where that would cancel, x.
Real tanh(const Real &X) {
  const Real Power = exp2(X * (2 / std::log(2.0)));
  return X.where(X.magnitude() < 0x1p-13, X.number(1) - X.number(2) / (Power + 1));
}

/// What is too large to be brought into the first octant by two steps is the C library's.
constexpr double MostOfWave = 0x1p19;

Real wave(Intrinsic::ID Function, const Real &X) {
  // pi/2, of which the first part has 33 bits: products with whole numbers of 20 bits are exact.
  constexpr double Quarter = 0x1.921fb544p0, QuarterRest = 0x1.0b4611a626331p-34;
  const WholePart Quarters(X * (1 / (Quarter + QuarterRest)));
  const Real R = X - Quarters.Number * Quarter - Quarters.Number * QuarterRest;
  const Real Square = R * R;
  return ofQuarters(Function, Quarters, R * Square.polynomial(alternating(1, 11)), Square.polynomial(alternating(0, 12)));
}

Value *write(IntrinsicInst &Call) {
  IRBuilder<> B(&Call);
  const Intrinsic::ID Function = Call.getIntrinsicID();
  auto argument = [&](unsigned Index) { return Real(B, B.CreateFPExt(Call.getArgOperand(Index), B.getDoubleTy())); };
  auto rounded = [&](const Real &Y) { return B.CreateFPTrunc(Y.value(), B.getFloatTy()); };
  const Real X = argument(0);
  switch (Function) {
  case Intrinsic::exp:
    return rounded(exp2(X * (1 / std::log(2.0))));
  case Intrinsic::exp2:
    return rounded(exp2(X));
  case Intrinsic::exp10:
    return rounded(exp2(X * std::log2(10.0)));
  case Intrinsic::log:
    return rounded(log2(X) * std::log(2.0));
  case Intrinsic::log2:
    return rounded(log2(X));
  case Intrinsic::log10:
    return rounded(log2(X) * std::log10(2.0));
  case Intrinsic::tanh:
    return rounded(tanh(X));
  case Intrinsic::pow: {
    const Real Y = argument(1);
    return rounded(power(X, Y, exp2(Y * log2(X.magnitude()))));
  }
  default:
    return orCalled(B, Call, Function == Intrinsic::sin ? "sinf" : "cosf", rounded(wave(Function, X)), MostOfWave);
  }
}

} // namespace narrow

// Of double, with sums of two where one has too few bits

namespace full {

constexpr double Ln2 = 0x1.62e42fefa39efp-1, Ln2Rest = 0x1.abc9e3b39803fp-56;

/// Of subnormal numbers, too.
Split splitAny(const Real &X) {
  Value *IsSmall = X < 0x1p-1022;
  const Split Parts = split((X * 0x1p54).where(IsSmall, X));
  return {Parts.Exponent - X.number(54).where(IsSmall, X.number(0)), Parts.Mantissa};
}

LongReal product(const Real &X, const Real &Y) {
  const Real High = X * Y;
  return {High, fused(X, Y, -High)};
}

/// X + Y + Rest, |X| at least |Y|.
LongReal sum(const Real &X, const Real &Y, const Real &Rest) {
  const Real High = X + Y;
  return {High, (X - High) + Y + Rest};
}

/// X as a sum of two times the number High + Low.
LongReal times(const LongReal &X, double High, double Low) {
  const LongReal P = product(X.High, X.High.number(High));
  return {P.High, P.Low + multiplyAdd(X.High, X.High.number(Low), X.Low * High)};
}

Real scaled(const Real &X, const Real &Exponent) {
  // In two steps, of which the second alone may leave the range.
  const WholePart Half(Exponent, 0.5), Other(Exponent - Half.Number);
  auto powerOf2 = [&](const WholePart &N) {
    IRBuilder<> &B = X.builder();
    return X.ofBits(B.CreateAdd(B.CreateShl(N.Shifted.bits(), X.word(52)), X.number(1).bits()));
  };
  return X * powerOf2(Half) * powerOf2(Other);
}

/// 2^n e^r with |r| <= log(2)/2, and e^r by Taylor's series to r^13, which leaves 4e-18 of it.
Real exp(const LongReal &X) {
  const Real Within = X.High.within(-1100, 1024); // beyond, doubles are infinite or 0
  const WholePart Whole(Within, 1 / Ln2);
  const Real High = fused(-Whole.Number, Within.number(Ln2), Within);
  const Real Low = fused(-Whole.Number, Within.number(Ln2Rest), X.Low);
  const Real R = High + Low;
  SmallVector<double> Terms;
  for (int K = 2; K <= 13; ++K)
    Terms.push_back(1 / std::tgamma(K + 1.0));
  return scaled(fused(R * R, R.polynomial(Terms), Low) + High + 1, Whole.Number);
}

/// (2 / (First + 2 k)) for the series of log((1 + s) / (1 - s)).
SmallVector<double> ofLogarithm(int First, int Last) {
  SmallVector<double> Terms;
  for (int K = First; K <= Last; K += 2)
    Terms.push_back(2.0 / K);
  return Terms;
}

/// n log(2) + log(1 + f), log(1 + f) = 2 s + s R with s = f / (2 + f), written so that s, which is rounded, decides little:
/// f - (f^2/2 - s (f^2/2 + R)). The series goes to s^23, which leaves 6e-19 of it.
Real log(const Real &X) {
  const Split Parts = splitAny(X);
  const Real F = Parts.Mantissa - 1, S = F / (F + 2), Square = S * S;
  const Real R = Square * Square.polynomial(ofLogarithm(3, 23)), Half = F * F * 0.5;
  const Real Rest = F - (Half - fused(S, Half + R, Parts.Exponent * Ln2Rest));
  return orLogarithmOfRest(X, fused(Parts.Exponent, X.number(Ln2), Rest));
}

/// The same with 2^-64 of it left, 2 s + s^3 (2/3 + ...).
LongReal longLog(const Real &X) {
  const Split Parts = splitAny(X);
  const Real F = Parts.Mantissa - 1, Divisor = Parts.Mantissa + 1, DivisorRest = Parts.Mantissa - (Divisor - 1);
  const Real S = F / Divisor, SRest = fused(-S, DivisorRest, fused(-S, Divisor, F)) / Divisor;
  const LongReal Square = product(S, S), Cube = product(S, Square.High);
  const Real SquareRest = Square.Low + S * SRest * 2;
  const Real CubeRest = Cube.Low + S * SquareRest + SRest * Square.High;
  constexpr double Third = 2.0 / 3, ThirdRest = 0x1p-54 / 1.5;
  const LongReal Series = sum(X.number(Third), Square.High * Square.High.polynomial(ofLogarithm(5, 23)), X.number(ThirdRest));
  const LongReal Tail = product(Cube.High, Series.High);
  const LongReal Near = sum(S * 2, Tail.High, Tail.Low + Cube.High * Series.Low + CubeRest * Series.High + SRest * 2);
  // Of these two either may be the larger; n log(2) is where n is not 0.
  const LongReal Whole = times({Parts.Exponent, X.number(0)}, Ln2, Ln2Rest);
  const Real High = Whole.High + Near.High, Given = High - Whole.High;
  const Real Low = (Whole.High - (High - Given)) + (Near.High - Given) + (Whole.Low + Near.Low);
  const LongReal Result = sum(High, Low, X.number(0));
  return {orLogarithmOfRest(X, Result.High), Result.Low};
}

Real rounded(const LongReal &X) {
  // Where the first part is infinite the other is no number.
  return X.High.where(X.High.isInfinite(), X.High + X.Low);
}

Real pow(const Real &X, const Real &Y) {
  const LongReal Log = longLog(X.magnitude());
  const Real High = Y * Log.High;
  const Real Low = fused(Y, Log.High, -High) + Y * Log.Low;
  return power(X, Y, exp({High, Low.where(High.magnitude() < 1100, X.number(0))}));
}

/// What is too large to be brought into the first octant in three parts is the C library's.
constexpr double MostOfWave = 0x1p30;

Real wave(Intrinsic::ID Function, const Real &X) {
  // pi/2 in three parts; X less n times the first one has no more bits than a double.
  constexpr double Quarter = 0x1.921fb54442d18p0, Rest = 0x1.1a62633145c07p-54, Last = -0x1.f1976b7ed8fbcp-110;
  const WholePart Quarters(X, 2 / 3.14159265358979323846);
  const Real &N = Quarters.Number;
  const Real First = fused(-N, X.number(Quarter), X);
  const LongReal Second = product(N, X.number(Rest));
  const Real R = First - Second.High;
  const Real Low = fused(-N, X.number(Last), (First - R - Second.High) - Second.Low);
  const Real Square = R * R, Half = Square * 0.5, Most = X.number(1) - Half;
  const Real Sine = R + fused(R * Square, Square.polynomial(alternating(3, 17)), Low * Most);
  const Real Cosine = Most + ((X.number(1) - Most - Half) + fused(Square * Square, Square.polynomial(alternating(4, 16)), -(R * Low)));
  return ofQuarters(Function, Quarters, Sine, Cosine);
}

Value *write(IntrinsicInst &Call) {
  IRBuilder<> B(&Call);
  const Intrinsic::ID Function = Call.getIntrinsicID();
  const Real X(B, Call.getArgOperand(0));
  switch (Function) {
  case Intrinsic::exp:
    return exp({X, X.number(0)}).value();
  case Intrinsic::exp2:
    return exp(times({X.within(-1100, 1100), X.number(0)}, Ln2, Ln2Rest)).value();
  case Intrinsic::exp10:
    return exp(times({X.within(-400, 400), X.number(0)}, 0x1.26bb1bbb55516p1, -0x1.f48ad494ea3e9p-53)).value();
  case Intrinsic::log:
    return log(X).value();
  case Intrinsic::log2:
    return rounded(times(longLog(X), 0x1.71547652b82fep0, 0x1.777d0ffda0d24p-56)).value();
  case Intrinsic::log10:
    return rounded(times(longLog(X), 0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57)).value();
  case Intrinsic::pow:
    return pow(X, Real(B, Call.getArgOperand(1))).value();
  default:
    return orCalled(B, Call, Function == Intrinsic::sin ? "sin" : "cos", wave(Function, X).value(), MostOfWave);
  }
}

} // namespace full

/// X 2^N in three products. Of the first two, which bring N into the range of exponents, only those with what ends as 0 or infinite are
/// rounded. LLVM 22 fails over llvm.ldexp of vectors wider than those that it prefers for a processor, and other processors have no such
/// instruction.
Value *scaled(IntrinsicInst &Call) {
  IRBuilder<> B(&Call);
  Value *X = Call.getArgOperand(0), *N = Call.getArgOperand(1);
  Type *Number = X->getType(), *Count = N->getType();
  const fltSemantics &Format = Number->getScalarType()->getFltSemantics();
  const int Digits = APFloat::semanticsPrecision(Format), Most = APFloat::semanticsMaxExponent(Format), Least = 1 - Most;
  auto count = [&](int64_t Value) { return ConstantInt::getSigned(Count, Value); };
  auto power = [&](int Exponent) { return ConstantFP::get(Number, scalbn(APFloat::getOne(Format), Exponent, APFloat::rmNearestTiesToEven)); };
  for (int Times = 0; Times < 2; ++Times) {
    Value *IsAbove = B.CreateICmpSGT(N, count(Most)), *IsBelow = B.CreateICmpSLT(N, count(Least));
    X = B.CreateFMul(X, B.CreateSelect(IsAbove, power(Most), B.CreateSelect(IsBelow, power(Least + Digits), power(0))));
    N = B.CreateSub(N, B.CreateSelect(IsAbove, count(Most), B.CreateSelect(IsBelow, count(Least + Digits), count(0))));
  }
  N = B.CreateBinaryIntrinsic(Intrinsic::smax, B.CreateBinaryIntrinsic(Intrinsic::smin, N, count(Most)), count(Least));
  Type *Bits = Number->getWithNewType(B.getIntNTy(Number->getScalarSizeInBits()));
  Value *Exponent = B.CreateSExtOrTrunc(B.CreateAdd(N, count(Most)), Bits);
  return B.CreateFMul(X, B.CreateBitCast(B.CreateShl(Exponent, Digits - 1), Number));
}

SmallVector<IntrinsicInst *> calls(Function &F, function_ref<bool(const IntrinsicInst &)> IsMeant) {
  SmallVector<IntrinsicInst *> Calls;
  for (Instruction &I : instructions(F))
    if (auto *Call = dyn_cast<IntrinsicInst>(&I); Call && IsMeant(*Call))
      Calls.push_back(Call);
  return Calls;
}

void replace(ArrayRef<IntrinsicInst *> Calls, function_ref<Value *(IntrinsicInst &)> Write) {
  for (IntrinsicInst *Call : Calls) {
    Call->replaceAllUsesWith(Write(*Call));
    Call->eraseFromParent();
  }
}

/// Without it, what stands for an X Y + Z rounded once would be a call itself.
bool fusesDoubles(const TargetTransformInfo &Target, LLVMContext &Context) {
  Type *Double = Type::getDoubleTy(Context);
  const IntrinsicCostAttributes Fused(Intrinsic::fma, Double, {Double, Double, Double});
  return Target.getIntrinsicInstrCost(Fused, TargetTransformInfo::TCK_RecipThroughput) < 5;
}

} // namespace

void writeOutMath(Function &F) {
  auto isOfFloat = [](const IntrinsicInst &Call) {
    return Call.getType()->isFloatTy() && (is_contained(OfDoubles, Call.getIntrinsicID()) || Call.getIntrinsicID() == Intrinsic::tanh);
  };
  replace(calls(F, isOfFloat), narrow::write);
  auto isInexact = [](const IntrinsicInst &Call) {
    return Call.getType()->isDoubleTy() && is_contained({Intrinsic::log10, Intrinsic::exp10}, Call.getIntrinsicID());
  };
  replace(calls(F, isInexact), full::write);
}

bool hasDoubleForm(const Instruction &I, const TargetTransformInfo &Target) {
  auto *Call = dyn_cast<IntrinsicInst>(&I);
  return Call && Call->getType()->getScalarType()->isDoubleTy() && is_contained(OfDoubles, Call->getIntrinsicID()) &&
         fusesDoubles(Target, I.getContext());
}

void writeOutVectorMath(Function &F, const TargetTransformInfo &Target) {
  replace(calls(F, [&](const IntrinsicInst &Call) { return Call.getType()->isVectorTy() && hasDoubleForm(Call, Target); }), full::write);
  auto isScaling = [](const IntrinsicInst &Call) {
    return Call.getIntrinsicID() == Intrinsic::ldexp && Call.getType()->isVectorTy() && !Call.getType()->getScalarType()->isHalfTy();
  };
  replace(calls(F, isScaling), scaled);
}

} // namespace cuport
