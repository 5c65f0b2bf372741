// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "MathForms.h"
#include "FloatForms.h"
#include "MathParts.h"

#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include <cmath>

using namespace llvm;

namespace cuport {

namespace {

constexpr Intrinsic::ID OfDoubles[] = {Intrinsic::exp,   Intrinsic::exp2, Intrinsic::exp10, Intrinsic::log, Intrinsic::log2,
                                       Intrinsic::log10, Intrinsic::pow,  Intrinsic::sin,   Intrinsic::cos};

// Of double, with sums of two where one has too few bits

constexpr double Ln2 = 0x1.62e42fefa39efp-1, Ln2Rest = 0x1.abc9e3b39803fp-56;

/// (-1)^k / (first + 2 k)!: a sine from its first term on, a cosine likewise.
SmallVector<double> alternating(int First, int Last) {
  SmallVector<double> Terms;
  for (int K = First; K <= Last; K += 2)
    Terms.push_back((K / 2 % 2 ? -1 : 1) / std::tgamma(K + 1.0));
  return Terms;
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

Real timesPowerOf2(const Real &X, const Real &Exponent) {
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
  return timesPowerOf2(fused(R * R, R.polynomial(Terms), Low) + High + 1, Whole.Number);
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

Real wave(bool IsCosine, const Real &X) {
  // pi/2 in three parts; X less n times the first one has no more bits than a double.
  constexpr double Quarter = 0x1.921fb54442d18p0, Rest = 0x1.1a62633145c07p-54, Last = -0x1.f1976b7ed8fbcp-110;
  const WholePart Quarters(X, 2 / 3.14159265358979323846);
  const Real &N = Quarters.Number;
  const Real First = fused(-N, X.number(Quarter), X);
  const LongReal Second = product(N, X.number(Rest));
  const Real R = First - Second.High;
  const Real Low = fused(-N, X.number(Last), (First - R - Second.High) - Second.Low);
  const Real Square = R * R, Half = Square * 0.5, Most = X.number(1) - Half;
  const Real Sine = (R + fused(R * Square, Square.polynomial(alternating(3, 17)), Low * Most)).withSignOf(R); // -0 stays
  const Real Cosine = Most + ((X.number(1) - Most - Half) + fused(Square * Square, Square.polynomial(alternating(4, 16)), -(R * Low)));
  return ofQuarters(IsCosine, Quarters.Shifted.bits(), Sine, Cosine);
}

Value *writeDoubleForm(CallBase &Call) {
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
    return orCalled(B, Call, Function == Intrinsic::sin ? "sin" : "cos", wave(Function == Intrinsic::cos, X).value(), MostOfWave);
  }
}

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

template <typename Call> void replace(Function &F, function_ref<bool(const Call &)> IsMeant, function_ref<Value *(Call &)> Write) {
  SmallVector<Call *> Calls;
  for (Instruction &I : instructions(F))
    if (auto *Found = dyn_cast<Call>(&I); Found && IsMeant(*Found))
      Calls.push_back(Found);
  for (Call *Found : Calls) {
    Found->replaceAllUsesWith(Write(*Found));
    Found->eraseFromParent();
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
  replace<CallBase>(F, hasFloatForm, writeFloatForm);
  auto isInexact = [](const CallBase &Call) {
    return Call.getType()->isDoubleTy() && is_contained({Intrinsic::log10, Intrinsic::exp10}, Call.getIntrinsicID());
  };
  replace<CallBase>(F, isInexact, writeDoubleForm);
}

bool hasDoubleForm(const Instruction &I, const TargetTransformInfo &Target) {
  auto *Call = dyn_cast<IntrinsicInst>(&I);
  return Call && Call->getType()->getScalarType()->isDoubleTy() && is_contained(OfDoubles, Call->getIntrinsicID()) &&
         fusesDoubles(Target, I.getContext());
}

void writeOutVectorMath(Function &F, const TargetTransformInfo &Target) {
  replace<CallBase>(F, [&](const CallBase &Call) { return Call.getType()->isVectorTy() && hasDoubleForm(Call, Target); }, writeDoubleForm);
  auto isScaling = [](const IntrinsicInst &Call) {
    return Call.getIntrinsicID() == Intrinsic::ldexp && Call.getType()->isVectorTy() && !Call.getType()->getScalarType()->isHalfTy();
  };
  replace<IntrinsicInst>(F, isScaling, scaled);
}

} // namespace cuport
