// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Formulas of doubles and floats as they are written on paper, which become instructions.

#ifndef CUPORT_PASSES_REAL_H
#define CUPORT_PASSES_REAL_H

#include "llvm/IR/IRBuilder.h"

namespace cuport {

/// A float or double that is computed, or one for each lane of a vector.
class Real {
public:
  Real(llvm::IRBuilder<> &B, llvm::Value *V) : B(&B), V(V) {}

  llvm::Value *value() const { return V; }
  llvm::IRBuilder<> &builder() const { return *B; }
  Real number(double Value) const { return with(llvm::ConstantFP::get(V->getType(), Value)); }

  Real operator+(const Real &Y) const { return with(B->CreateFAdd(V, Y.V)); }
  Real operator-(const Real &Y) const { return with(B->CreateFSub(V, Y.V)); }
  Real operator*(const Real &Y) const { return with(B->CreateFMul(V, Y.V)); }
  Real operator/(const Real &Y) const { return with(B->CreateFDiv(V, Y.V)); }
  Real operator-() const { return with(B->CreateFNeg(V)); }
  Real operator+(double Y) const { return *this + number(Y); }
  Real operator-(double Y) const { return *this - number(Y); }
  Real operator*(double Y) const { return *this * number(Y); }

  llvm::Value *operator<(double Y) const { return B->CreateFCmpOLT(V, number(Y).V); }
  llvm::Value *operator>(double Y) const { return B->CreateFCmpOGT(V, number(Y).V); }
  llvm::Value *operator==(double Y) const { return B->CreateFCmpOEQ(V, number(Y).V); }
  llvm::Value *operator==(const Real &Y) const { return B->CreateFCmpOEQ(V, Y.V); }
  llvm::Value *isInfinite() const { return magnitude() == std::numeric_limits<double>::infinity(); }
  llvm::Value *isWhole() const { return with(B->CreateUnaryIntrinsic(llvm::Intrinsic::rint, V)) == *this; }

  Real magnitude() const { return with(B->CreateUnaryIntrinsic(llvm::Intrinsic::fabs, V)); }
  Real withSignOf(const Real &Y) const { return of(llvm::Intrinsic::copysign, Y); }
  /// This where Condition holds, else Other.
  Real where(llvm::Value *Condition, const Real &Other) const { return with(B->CreateSelect(Condition, V, Other.V)); }
  /// No number stays none.
  Real atMost(double Most) const { return number(Most).where(*this > Most, *this); }
  Real within(double Least, double Most) const {
    const Real Below = atMost(Most);
    return number(Least).where(Below < Least, Below);
  }

  /// As a whole number of the same size, and back.
  llvm::Value *bits() const { return B->CreateBitCast(V, words()); }
  Real ofBits(llvm::Value *Bits) const { return with(B->CreateBitCast(Bits, V->getType())); }
  llvm::Constant *word(uint64_t Value) const { return llvm::ConstantInt::get(words(), Value); }
  /// How many bits follow the point, 23 or 52.
  int fraction() const { return V->getType()->getScalarType()->isFloatTy() ? 23 : 52; }

  /// X Y + Z, rounded once.
  friend Real fused(const Real &X, const Real &Y, const Real &Z) { return X.of(llvm::Intrinsic::fma, Y, Z); }
  /// X Y + Z, rounded once or twice, whichever is faster.
  friend Real multiplyAdd(const Real &X, const Real &Y, const Real &Z) { return X.of(llvm::Intrinsic::fmuladd, Y, Z); }

  /// Terms[0] + X (Terms[1] + X (Terms[2] + ...)), even and odd powers apart: they do not wait for each other.
  Real polynomial(llvm::ArrayRef<double> Terms) const {
    const Real Square = *this * *this;
    auto every2nd = [&](size_t From) {
      size_t K = From + (Terms.size() - 1 - From) / 2 * 2;
      Real Sum = number(Terms[K]);
      for (; K > From; K -= 2)
        Sum = multiplyAdd(Sum, Square, number(Terms[K - 2]));
      return Sum;
    };
    return multiplyAdd(every2nd(1), *this, every2nd(0));
  }

private:
  llvm::Type *words() const { return V->getType()->getWithNewType(B->getIntNTy(V->getType()->getScalarSizeInBits())); }
  Real with(llvm::Value *Other) const { return {*B, Other}; }
  template <typename... Others> Real of(llvm::Intrinsic::ID Function, const Others &...Y) const {
    return with(B->CreateIntrinsic(Function, {V->getType()}, {V, Y.V...}));
  }

  llvm::IRBuilder<> *B;
  llvm::Value *V;
};

/// A whole number near a real one, by adding what leaves no bits for fractions.
struct WholePart {
  explicit WholePart(const Real &X) : Shifted(X + shift(X)), Number(Shifted - shift(X)) {}
  /// X Y.
  WholePart(const Real &X, double Y) : Shifted(multiplyAdd(X, X.number(Y), X.number(shift(X)))), Number(Shifted - shift(X)) {}

  /// The number as one of bits, as many as the real one has.
  llvm::Value *word() const { return Shifted.builder().CreateSub(Shifted.bits(), Shifted.number(shift(Shifted)).bits()); }

  Real Shifted; ///< in its low bits, the number
  Real Number;

private:
  static double shift(const Real &X) { return 1.5 * double(uint64_t(1) << X.fraction()); }
};

/// A number as a sum, the second part beyond the first one's last bit.
struct LongReal {
  Real High, Low;
};

} // namespace cuport

#endif
