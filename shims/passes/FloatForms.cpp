// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Products that are said to be exact are of so few bits that they are, whether or not a processor rounds a product and a sum once: no function
// here needs one that does.

#include "FloatForms.h"
#include "MathParts.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/IR/IntrinsicInst.h"
#include <cmath>
#include <numbers>

using namespace llvm;

namespace cuport {

namespace {

using std::numbers::ln10, std::numbers::ln2, std::numbers::pi, std::numbers::pi_v;

/// Of powers and logarithms, by its natural logarithm and the exponent that doubles them.
struct Base {
  double Ln, Octave;
};
constexpr Base E{1, ln2}, Two{ln2, 1}, Ten{ln10, ln2 / ln10};

/// The upper bits of a number.
double upper(double Value, int Bits) {
  int Exponent;
  const double Mantissa = std::frexp(Value, &Exponent);
  return std::ldexp(std::trunc(std::ldexp(Mantissa, Bits)), Exponent - Bits);
}

/// Base^X as (1 + Beyond1) 2^Whole, the first from sqrt(1/2) to sqrt(2), or further where |X| is less than Near: there Whole is 0.
struct Power {
  Power(const Base &Of, const Real &X, double Near = 0)
      : Whole(Near ? X.number(0).where(X.magnitude() < Near, X) : X, 1 / Of.Octave), Beyond1(beyond1(Of, X, std::max(Near, 0.501 * Of.Octave))) {}

  Real rest() const { return Beyond1 + 1; }
  /// 2^(Whole + Offset), of a normal number.
  Real scale(int Offset) const {
    IRBuilder<> &B = Beyond1.builder();
    return Beyond1.ofBits(B.CreateAdd(B.CreateShl(Whole.word(), Beyond1.word(23)), Beyond1.number(std::ldexp(1, Offset)).bits()));
  }

  WholePart Whole; ///< of at most eight bits
  Real Beyond1;

private:
  /// r ln + (r ln)^2 (1/2 + ...)
  Real beyond1(const Base &Of, const Real &X, double Reach) const {
    const double High = upper(Of.Octave, 16), Low = Of.Octave - High;
    Real R = multiplyAdd(Whole.Number, X.number(-High), X);
    if (Low != 0)
      R = multiplyAdd(Whole.Number, X.number(-Low), R);
    auto tail = [&](long double Power) {
      const long double Exponent = Power * Of.Ln;
      long double Sum = 0, Term = 0.5L * Of.Ln * Of.Ln;
      for (int K = 3; K < 20; Term *= Exponent / K++)
        Sum += Term;
      return Sum;
    };
    const Real Tail = R.polynomial(fitted(tail, -Reach, Reach, 5));
    return multiplyAdd(R * R, Tail, R * Of.Ln);
  }
};

/// Base^X, whatever X is.
Real exponential(const Base &Of, const Real &X) {
  IRBuilder<> &B = X.builder();
  // What ends as 0 does not go through numbers below the normal ones, over which processors take long.
  const double Least = -150 * Of.Octave, Most = 129 * Of.Octave;
  Value *IsEnd = B.CreateNot(X > Least);
  const Power P(Of, X.number(0).where(IsEnd, X.atMost(Most)));
  // In two steps, of which the second alone may leave the range.
  Value *Whole = P.Whole.word(), *Half = B.CreateAShr(Whole, X.word(1));
  const Real First = X.ofBits(B.CreateAdd(P.rest().bits(), B.CreateShl(Half, X.word(23))));
  const Real Second = X.ofBits(B.CreateAdd(B.CreateShl(B.CreateSub(Whole, Half), X.word(23)), X.number(1).bits()));
  // No number stays none.
  return X.number(0).where(X < 0, X).where(IsEnd, First * Second);
}

/// 2^Offset e^X where that is a normal number.
Real normalExp(const Real &X, int Offset = 0) {
  const Power P(E, X);
  return P.rest() * P.scale(Offset);
}

/// e^X - 1: 2^n - 1 and what e^r is beyond 1, 2^n times.
Real expm1(const Real &X) {
  constexpr double Least = -18, Most = 89; // beyond, it is -1 or infinite
  // With n = 1 and r less than 0 a bit would be lost.
  const Power P(E, X.within(Least, Most), 0.5);
  const Real Half = P.scale(-1);
  return (multiplyAdd(P.Beyond1, Half, Half - 0.5) * 2).withSignOf(X); // -0 stays
}

/// Half of e^|X|, infinite where a hyperbolic function is.
Real halfPower(const Real &X) {
  return normalExp(X.magnitude().atMost(89.5), -2) * 2;
}

Real cosh(const Real &X) {
  const Real Half = halfPower(X);
  return Half + Half.number(0.25) / Half;
}

/// n log(2) + log(1 + f), log(1 + f) = f (log(e) + ...): n log(2) and f log(e) each in a part that is exact and the rest, and what the sum of
/// those parts does not hold is with the rest.
Real logarithm(const Base &Of, const Real &Exponent, const Real &F) {
  IRBuilder<> &B = F.builder();
  const double OfE = 1 / Of.Ln, OfEHigh = upper(OfE, 12), OctaveHigh = upper(Of.Octave, 16), OctaveLow = Of.Octave - OctaveHigh;
  auto tail = [&](long double Number) { return std::log1pl(Number) / Of.Ln / Number - OfEHigh; };
  const Real Tail = F.polynomial(fitted(tail, std::sqrt(0.5) - 1, std::sqrt(2.0) - 1, 10));
  const bool IsExact = OfE == 1;
  const Real Upper = IsExact ? F : F.ofBits(B.CreateAnd(F.bits(), F.word(0xfffff000)));
  const Real OfWhole = Exponent * OctaveHigh, OfUpper = Upper * OfEHigh, High = OfWhole + OfUpper;
  Real Rest = multiplyAdd(F, Tail, OfUpper - (High - OfWhole));
  if (!IsExact)
    Rest = multiplyAdd(F - Upper, F.number(OfEHigh), Rest);
  if (OctaveLow != 0)
    Rest = multiplyAdd(Exponent, F.number(OctaveLow), Rest);
  return High + Rest;
}

Real logarithm(const Base &Of, const Real &X) {
  const Split Parts = splitAny(X);
  return orLogarithmOfRest(X, logarithm(Of, Parts.Exponent, Parts.Mantissa - 1));
}

/// log(1 + X), where f of 1 + X = 2^n (1 + f) is 2^-n X + (2^-n - 1).
Real log1p(const Real &X) {
  IRBuilder<> &B = X.builder();
  const Real Sum = X + 1;
  const Split Parts = split(Sum);
  // 2^-n, by the bits of n in the sum's exponent.
  const Real Scale = X.ofBits(B.CreateAdd(B.CreateSub(Parts.Mantissa.bits(), Sum.bits()), X.number(1).bits()));
  const Real F = (Parts.Mantissa - 1).where(X > 0x1p64, multiplyAdd(X, Scale, Scale - 1));
  return orLogarithmOfRest(Sum, logarithm(E, Parts.Exponent, F).withSignOf(X)); // -0 stays
}

Real rounded(const Real &X) {
  IRBuilder<> &B = X.builder();
  return {B, B.CreateFPTrunc(X.value(), B.getFloatTy())};
}

Real asDouble(const Real &X) {
  IRBuilder<> &B = X.builder();
  return {B, B.CreateFPExt(X.value(), B.getDoubleTy())};
}

/// |X|^Y in double precision: a logarithm may be multiplied by 2^7, and its error with it.
Real pow(const Real &X, const Real &Y) {
  IRBuilder<> &B = X.builder();
  const Real Base = X.magnitude();
  const Split Parts = split(asDouble(Base));
  const Real F = Parts.Mantissa - 1;
  const SmallVector<double> OfLog2 = fitted([](long double Number) { return std::log1pl(Number) / ln2 / Number; }, std::sqrt(0.5) - 1, std::sqrt(2.0) - 1, 12);
  const Real Log2 = multiplyAdd(F, F.polynomial(OfLog2), Parts.Exponent);
  const Real Exponent = (asDouble(Y) * Log2).within(-151, 129); // beyond, floats are infinite or 0
  const WholePart Whole(Exponent);
  const SmallVector<double> OfPower = fitted([](long double Number) { return std::exp2(Number); }, -0.5, 0.5, 6);
  Value *Bits = B.CreateAdd((Exponent - Whole.Number).polynomial(OfPower).bits(), B.CreateShl(Whole.Shifted.bits(), F.word(52)));
  Real Result = rounded(F.ofBits(Bits));
  // Infinity and 0 have no logarithm of those.
  Value *IsZero = Base == 0;
  const Real End = X.number(INFINITY).where(B.CreateXor(Y > 0, IsZero), X.number(0));
  Result = End.where(B.CreateOr(IsZero, Base.isInfinite()), Result);
  Result = (X + Y).where(B.CreateFCmpUNO(X.value(), Y.value()), Result);
  return power(X, Y, Result);
}

/// What is too large to be brought into the first octant by two steps is the C library's.
constexpr double MostOfAngle = 0x1p19;

/// X less quarters of a turn, in double precision: of pi/2 the first part has 33 bits, and products with whole numbers of 20 bits are exact.
class Angle {
public:
  explicit Angle(const Real &X) : Long(asDouble(X)), Quarters(Long * (1 / (Quarter + QuarterRest))), R(rest()), Square(R * R) {}

  Real sine() const { return ofQuarters(false, quarters(), sineOfRest(), cosineOfRest()); }
  Real cosine() const { return ofQuarters(true, quarters(), sineOfRest(), cosineOfRest()); }
  /// s / c, an odd number of quarters on -c / s.
  Real tangent() const {
    IRBuilder<> &B = R.builder();
    Value *IsOdd = B.CreateICmpNE(B.CreateAnd(quarters(), R.word(1)), R.word(0));
    const Real S = sineOfRest(), C = cosineOfRest();
    return (-C).where(IsOdd, S) / S.where(IsOdd, C);
  }

private:
  static constexpr double Quarter = 0x1.921fb544p0, QuarterRest = 0x1.0b4611a626331p-34;
  static constexpr long double Most = pi_v<long double> * pi_v<long double> / 16 * 1.001L;

  Real rest() const { return rounded(Long - Quarters.Number * Quarter - Quarters.Number * QuarterRest); }
  Value *quarters() const { return R.builder().CreateTrunc(Quarters.Shifted.bits(), R.builder().getInt32Ty()); }
  Real sineOfRest() const {
    auto near = [](long double S) { return (std::sin(std::sqrt(S)) / std::sqrt(S) - 1) / S; };
    return multiplyAdd(R * Square, Square.polynomial(fitted(near, 0, Most, 2)), R).withSignOf(R); // -0 stays
  }
  Real cosineOfRest() const {
    auto near = [](long double S) { return (std::cos(std::sqrt(S)) - 1) / S; };
    return multiplyAdd(Square, Square.polynomial(fitted(near, 0, Most, 3)), R.number(1));
  }

  Real Long;
  WholePart Quarters;
  Real R, Square;
};

/// What is nearly X from -Most to Most, with the sign of X: X + X p(X^2).
Real nearX(long double (*Function)(long double), double Most, unsigned Degree, const Real &X, const Real &Square) {
  auto beyond1 = [&](long double S) { return Function(std::sqrt(S)) / std::sqrt(S) - 1; };
  return multiplyAdd(X, Square.polynomial(fitted(beyond1, 0, Most * Most, Degree)), X);
}

/// 1 - 2 / (e^2x + 1).
Real tanh(const Real &X) {
  constexpr double Knee = 0.6, Most = 10; // beyond, it is 1
  const Real Magnitude = X.magnitude(), Far = X.number(1) - X.number(2) / (normalExp(Magnitude.atMost(Most) * 2) + 1);
  return Far.where(Magnitude > Knee, nearX(std::tanh, Knee, 6, X, X * X)).withSignOf(X);
}

/// 1 - erfc(x), of which the logarithm is nearly that of a parabola.
Real erf(const Real &X) {
  constexpr double Knee = 0.9, Most = 4; // beyond, it is 1
  auto ofRest = [](long double Y) { return std::log(std::erfc(Y)) / Y; };
  const Real Magnitude = X.magnitude(), Within = Magnitude.atMost(Most);
  const Real Far = X.number(1) - normalExp(Within * Within.polynomial(fitted(ofRest, Knee, Most, 8)));
  return Far.where(Magnitude > Knee, nearX(std::erf, Knee, 6, X, X * X)).withSignOf(X);
}

Real sinh(const Real &X) {
  constexpr double Knee = 1;
  const Real Half = halfPower(X), Far = Half - Half.number(0.25) / Half;
  return Far.where(X.magnitude() > Knee, nearX(std::sinh, Knee, 5, X, X * X)).withSignOf(X);
}

/// Of X from 0 to 1.
Real arcTangent(const Real &X) { return nearX(std::atan, 1, 11, X, X * X); }

/// So many turns less X, as an angle.
Real lessThanTurns(double Turns, const Real &X) {
  const double Angle = 2 * pi * Turns, High = static_cast<float>(Angle);
  return X.number(High) - X + (Angle - High);
}

Real atan(const Real &X) {
  const Real Magnitude = X.magnitude();
  Value *IsSteep = Magnitude > 1;
  const Real Arc = arcTangent((X.number(1) / Magnitude).where(IsSteep, Magnitude));
  return lessThanTurns(0.25, Arc).where(IsSteep, Arc).withSignOf(X);
}

Real atan2(const Real &Y, const Real &X) {
  IRBuilder<> &B = X.builder();
  const Real Height = Y.magnitude(), Width = X.magnitude();
  Value *IsSteep = B.CreateFCmpOGT(Height.value(), Width.value());
  const Real Shorter = Width.where(IsSteep, Height), Longer = Height.where(IsSteep, Width);
  // Two zeros and two infinities have no quotient.
  const Real OfEqual = X.number(1).where(Longer > 0, X.number(0));
  const Real Slope = OfEqual.where(Shorter == Longer, Shorter / Longer);
  Real Arc = arcTangent(Slope);
  Arc = lessThanTurns(0.25, Arc).where(IsSteep, Arc);
  Arc = lessThanTurns(0.5, Arc).where(B.CreateICmpSLT(X.bits(), X.word(0)), Arc);
  return (X + Y).where(B.CreateFCmpUNO(X.value(), Y.value()), Arc.withSignOf(Y));
}

/// Of |X| up to 1/2: the arc sine. Else, for asin(x) = pi/2 - 2 asin(sqrt((1 - x) / 2)), twice the latter.
struct ArcSine {
  explicit ArcSine(const Real &X) : IsFar(X.magnitude() > 0.5), Part(part(X)) {}

  Value *IsFar;
  Real Part; ///< not below 0

private:
  Real part(const Real &X) const {
    IRBuilder<> &B = X.builder();
    const Real Magnitude = X.magnitude(), Half = multiplyAdd(Magnitude, X.number(-0.5), X.number(0.5));
    const Real Square = Half.where(IsFar, X * X);
    const Real Root = Real(B, B.CreateUnaryIntrinsic(Intrinsic::sqrt, Half.value())).where(IsFar, Magnitude);
    const Real Arc = nearX(std::asin, 0.5, 6, Root, Square);
    return (Arc * 2).where(IsFar, Arc);
  }
};

Real asin(const Real &X) {
  const ArcSine Arc(X);
  return lessThanTurns(0.25, Arc.Part).where(Arc.IsFar, Arc.Part).withSignOf(X);
}

Real acos(const Real &X) {
  const ArcSine Arc(X);
  const Real Far = lessThanTurns(0.5, Arc.Part).where(X < 0, Arc.Part);
  return Far.where(Arc.IsFar, lessThanTurns(0.25, Arc.Part.withSignOf(X)));
}

using Form = Value *(*)(CallBase &Call);

template <Real (*Function)(const Real &)> Value *ofOne(CallBase &Call) {
  IRBuilder<> B(&Call);
  return Function(Real(B, Call.getArgOperand(0))).value();
}

template <Real (*Function)(const Real &, const Real &)> Value *ofTwo(CallBase &Call) {
  IRBuilder<> B(&Call);
  return Function(Real(B, Call.getArgOperand(0)), Real(B, Call.getArgOperand(1))).value();
}

template <const Base &Of> Real exponential(const Real &X) { return exponential(Of, X); }
template <const Base &Of> Real logarithm(const Real &X) { return logarithm(Of, X); }

Value *ofAngle(CallBase &Call) {
  IRBuilder<> B(&Call);
  const Real X(B, Call.getArgOperand(0));
  switch (Call.getIntrinsicID()) {
  case Intrinsic::sin:
    return orCalled(B, Call, "sinf", Angle(X).sine().value(), MostOfAngle);
  case Intrinsic::cos:
    return orCalled(B, Call, "cosf", Angle(X).cosine().value(), MostOfAngle);
  default:
    return orCalled(B, Call, "tanf", Angle(X).tangent().value(), MostOfAngle);
  }
}

Form formOf(const CallBase &Call) {
  if (!Call.getType()->isFloatTy())
    return nullptr;
  switch (Call.getIntrinsicID()) {
  case Intrinsic::exp:
    return ofOne<exponential<E>>;
  case Intrinsic::exp2:
    return ofOne<exponential<Two>>;
  case Intrinsic::exp10:
    return ofOne<exponential<Ten>>;
  case Intrinsic::log:
    return ofOne<logarithm<E>>;
  case Intrinsic::log2:
    return ofOne<logarithm<Two>>;
  case Intrinsic::log10:
    return ofOne<logarithm<Ten>>;
  case Intrinsic::pow:
    return ofTwo<pow>;
  case Intrinsic::sin:
  case Intrinsic::cos:
  case Intrinsic::tan:
    return ofAngle;
  case Intrinsic::asin:
    return ofOne<asin>;
  case Intrinsic::acos:
    return ofOne<acos>;
  case Intrinsic::atan:
    return ofOne<atan>;
  case Intrinsic::atan2:
    return ofTwo<atan2>;
  case Intrinsic::sinh:
    return ofOne<sinh>;
  case Intrinsic::cosh:
    return ofOne<cosh>;
  case Intrinsic::tanh:
    return ofOne<tanh>;
  default:
    break;
  }
  const Function *Called = Call.getCalledFunction();
  if (!Called || !Called->isDeclaration() || Call.arg_size() != 1 || !Call.getArgOperand(0)->getType()->isFloatTy())
    return nullptr;
  return StringSwitch<Form>(Called->getName()).Case("erff", ofOne<erf>).Case("expm1f", ofOne<expm1>).Case("log1pf", ofOne<log1p>).Default(nullptr);
}

} // namespace

bool hasFloatForm(const CallBase &Call) { return formOf(Call); }

Value *writeFloatForm(CallBase &Call) { return formOf(Call)(Call); }

} // namespace cuport
