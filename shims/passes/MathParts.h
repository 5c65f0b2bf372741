// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the functions of floats and those of doubles are both made of.

#ifndef CUPORT_PASSES_MATHPARTS_H
#define CUPORT_PASSES_MATHPARTS_H

#include "Real.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/IR/InstrTypes.h"

namespace cuport {

/// x = 2^Exponent Mantissa, the mantissa from sqrt(1/2) to sqrt(2).
struct Split {
  Real Exponent, Mantissa;
};
/// Of x > 0 that is neither infinite nor subnormal.
Split split(const Real &X);
/// Of subnormal numbers, too.
Split splitAny(const Real &X);

/// Result for positive numbers, else what a logarithm is there.
Real orLogarithmOfRest(const Real &X, const Real &Result);

/// X^Y by IEEE 754's cases, where Result is |X|^Y.
Real power(const Real &X, const Real &Y, Real Result);

/// Sine or cosine, by those of what is left when quarters of a turn are taken off, of which Number has how many in its low bits.
Real ofQuarters(bool IsCosine, llvm::Value *Number, const Real &Sine, const Real &Cosine);

/// Result, but where the argument of Call is more than Most, or no number, the C library's. B: behind.
llvm::Value *orCalled(llvm::IRBuilder<> &B, llvm::CallBase &Call, llvm::StringRef Name, llvm::Value *Result, double Most);

/// A polynomial's terms, as Real::polynomial takes them, that is next to Function between Least and Most: it meets it at Chebyshev's
/// points, and is off by little more than the best one of its degree.
llvm::SmallVector<double> fitted(llvm::function_ref<long double(long double)> Function, long double Least, long double Most, unsigned Degree);

} // namespace cuport

#endif
