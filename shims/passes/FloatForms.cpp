// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Products that are said to be exact are of so few bits that they are, whether or not a processor rounds a product and a sum once: no function
// here needs one that does.

#include "FloatForms.h"
#include "MathParts.h"

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

/// Base^X as Rest 2^Whole, Rest from sqrt(1/2) to sqrt(2).
struct Power {
  Power(const Base &Of, const Real &X) : Whole(X, 1 / Of.Octave), Rest(rest(Of, X)) {}

  WholePart Whole; ///< of at most eight bits
  Real Rest;

private:
  /// 1 + r ln + (r ln)^2 (1/2 + ...)
  Real rest(const Base &Of, const Real &X) const {
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
    const Real Tail = R.polynomial(fitted(tail, -0.501 * Of.Octave, 0.501 * Of.Octave, 5));
    return multiplyAdd(R * R, Tail, R * Of.Ln) + 1;
  }
};

/// Base^X, whatever X is.
Real exponential(const Base &Of, const Real &X) {
  IRBuilder<> &B = X.builder();
  // What ends as 0 does not go through numbers below the normal ones, over which processors take long.
  const double Least = -150 * Of.Octave, Most = 129 * Of.Octave;
  Value *IsEnd = B.CreateNot(X > Least);
  const Power P(Of, X.number(0).where(IsEnd, X.number(Most).where(X > Most, X)));
  // In two steps, of which the second alone may leave the range.
  Value *Whole = P.Whole.word(), *Half = B.CreateAShr(Whole, X.word(1));
  const Real First = X.ofBits(B.CreateAdd(P.Rest.bits(), B.CreateShl(Half, X.word(23))));
  const Real Second = X.ofBits(B.CreateAdd(B.CreateShl(B.CreateSub(Whole, Half), X.word(23)), X.number(1).bits()));
  // No number stays none.
  return X.number(0).where(X < 0, X).where(IsEnd, First * Second);
}

/// e^X where it is a normal number.
Real normalExp(const Real &X) {
  IRBuilder<> &B = X.builder();
  const Power P(E, X);
  return X.ofBits(B.CreateAdd(P.Rest.bits(), B.CreateShl(P.Whole.word(), X.word(23))));
}

/// n log(2) + log(1 + f), log(1 + f) = f (log(e) + ...): n log(2) and f log(e) each in a part that is exact and the rest, and what the sum of
/// those parts does not hold is with the rest.
Real logarithm(const Base &Of, const Real &X) {
  IRBuilder<> &B = X.builder();
  const Split Parts = splitAny(X);
  const Real F = Parts.Mantissa - 1;
  const double OfE = 1 / Of.Ln, OfEHigh = upper(OfE, 12), OctaveHigh = upper(Of.Octave, 16), OctaveLow = Of.Octave - OctaveHigh;
  auto tail = [&](long double Number) { return std::log1pl(Number) / Of.Ln / Number - OfEHigh; };
  const Real Tail = F.polynomial(fitted(tail, std::sqrt(0.5) - 1, std::sqrt(2.0) - 1, 10));
  const bool IsExact = OfE == 1;
  const Real Upper = IsExact ? F : F.ofBits(B.CreateAnd(F.bits(), F.word(0xfffff000)));
  const Real OfWhole = Parts.Exponent * OctaveHigh, OfUpper = Upper * OfEHigh, High = OfWhole + OfUpper;
  Real Rest = multiplyAdd(F, Tail, OfUpper - (High - OfWhole));
  if (!IsExact)
    Rest = multiplyAdd(F - Upper, F.number(OfEHigh), Rest);
  if (OctaveLow != 0)
    Rest = multiplyAdd(Parts.Exponent, F.number(OctaveLow), Rest);
  return orLogarithmOfRest(X, High + Rest);
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
constexpr double MostOfWave = 0x1p19;

Real wave(bool IsCosine, const Real &X) {
  // In double precision: pi/2, of which the first part has 33 bits; products with whole numbers of 20 bits are exact.
  constexpr double Quarter = 0x1.921fb544p0, QuarterRest = 0x1.0b4611a626331p-34;
  const Real Long = asDouble(X);
  const WholePart Quarters(Long * (1 / (Quarter + QuarterRest)));
  const Real R = rounded(Long - Quarters.Number * Quarter - Quarters.Number * QuarterRest), Square = R * R;
  constexpr long double Most = pi_v<long double> * pi_v<long double> / 16 * 1.001L;
  auto ofSine = [](long double S) { return (std::sin(std::sqrt(S)) / std::sqrt(S) - 1) / S; };
  auto ofCosine = [](long double S) { return (std::cos(std::sqrt(S)) - 1) / S; };
  const Real Sine = multiplyAdd(R * Square, Square.polynomial(fitted(ofSine, 0, Most, 2)), R);
  const Real Cosine = multiplyAdd(Square, Square.polynomial(fitted(ofCosine, 0, Most, 3)), R.number(1));
  IRBuilder<> &B = X.builder();
  return ofQuarters(IsCosine, B.CreateTrunc(Quarters.Shifted.bits(), B.getInt32Ty()), Sine, Cosine);
}

/// What is nearly X below Knee, X + X p(X^2), and above 1 less Rest, with the sign of X.
Real saturating(const Real &X, double Knee, ArrayRef<double> P, function_ref<Real(const Real &)> Rest) {
  const Real Square = X * X, Magnitude = X.magnitude();
  const Real Near = multiplyAdd(X, Square.polynomial(P), X);
  const Real Far = X.number(1) - Rest(Magnitude);
  return Far.withSignOf(X).where(Magnitude > Knee, Near);
}

/// 1 - 2 / (e^2x + 1).
Real tanh(const Real &X) {
  constexpr double Knee = 0.6, Most = 10; // beyond, it is 1
  auto near = [](long double S) { return std::tanh(std::sqrt(S)) / std::sqrt(S) - 1; };
  auto rest = [&](const Real &Y) { return Y.number(2) / (normalExp(Y.number(Most).where(Y > Most, Y) * 2) + 1); };
  return saturating(X, Knee, fitted(near, 0, Knee * Knee, 6), rest);
}

/// 1 - erfc(x), of which the logarithm is nearly that of a parabola.
Real erf(const Real &X) {
  constexpr double Knee = 0.9, Most = 4; // beyond, it is 1
  auto near = [](long double S) { return std::erf(std::sqrt(S)) / std::sqrt(S) - 1; };
  auto ofRest = [](long double Y) { return std::log(std::erfc(Y)) / Y; };
  const SmallVector<double> OfRest = fitted(ofRest, Knee, Most, 8);
  auto rest = [&](const Real &Y) {
    const Real Within = Y.number(Most).where(Y > Most, Y);
    return normalExp(Within * Within.polynomial(OfRest));
  };
  return saturating(X, Knee, fitted(near, 0, Knee * Knee, 6), rest);
}

} // namespace

Value *writeFloatForm(CallBase &Call) {
  IRBuilder<> B(&Call);
  const Real X(B, Call.getArgOperand(0));
  switch (Call.getIntrinsicID()) {
  case Intrinsic::exp:
    return exponential(E, X).value();
  case Intrinsic::exp2:
    return exponential(Two, X).value();
  case Intrinsic::exp10:
    return exponential(Ten, X).value();
  case Intrinsic::log:
    return logarithm(E, X).value();
  case Intrinsic::log2:
    return logarithm(Two, X).value();
  case Intrinsic::log10:
    return logarithm(Ten, X).value();
  case Intrinsic::pow:
    return pow(X, Real(B, Call.getArgOperand(1))).value();
  case Intrinsic::sin:
    return orCalled(B, Call, "sinf", wave(false, X).value(), MostOfWave);
  case Intrinsic::cos:
    return orCalled(B, Call, "cosf", wave(true, X).value(), MostOfWave);
  case Intrinsic::tanh:
    return tanh(X).value();
  default:
    return erf(X).value();
  }
}

bool hasFloatForm(const CallBase &Call) {
  if (!Call.getType()->isFloatTy())
    return false;
  switch (Call.getIntrinsicID()) {
  case Intrinsic::exp:
  case Intrinsic::exp2:
  case Intrinsic::exp10:
  case Intrinsic::log:
  case Intrinsic::log2:
  case Intrinsic::log10:
  case Intrinsic::pow:
  case Intrinsic::sin:
  case Intrinsic::cos:
  case Intrinsic::tanh:
    return true;
  default:
    return Call.getCalledFunction() && Call.getCalledFunction()->getName() == "erff" && Call.arg_size() == 1 && Call.getArgOperand(0)->getType()->isFloatTy();
  }
}

} // namespace cuport
