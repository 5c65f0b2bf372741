// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA's fast functions in single precision: the accurate functions, except where the documentation fixes the result.

#ifndef CUPORT_FAST_MATH_FUNCTIONS_H
#define CUPORT_FAST_MATH_FUNCTIONS_H

#include <cuport/math_functions.h>

CUPORT_DEVICE float __sinf(float x) { return __builtin_sinf(x); }
CUPORT_DEVICE float __cosf(float x) { return __builtin_cosf(x); }
CUPORT_DEVICE float __tanf(float x) { return __builtin_tanf(x); }
CUPORT_DEVICE float __tanhf(float x) { return __builtin_tanhf(x); }
CUPORT_DEVICE float __expf(float x) { return __builtin_expf(x); }
CUPORT_DEVICE float __exp10f(float x) { return exp10f(x); }
CUPORT_DEVICE float __logf(float x) { return __builtin_logf(x); }
CUPORT_DEVICE float __log2f(float x) { return __builtin_log2f(x); }
CUPORT_DEVICE float __log10f(float x) { return __builtin_log10f(x); }
CUPORT_DEVICE float __powf(float x, float y) { return __builtin_powf(x, y); }
CUPORT_DEVICE void __sincosf(float x, float *sine, float *cosine) { sincosf(x, sine, cosine); }
/// 0 where the divisor is larger than 2^126, a NaN where the dividend is infinite then.
CUPORT_DEVICE float __fdividef(float x, float y) {
  return __builtin_fabsf(y) > 0x1p126f && !__builtin_isinf(y) ? x * 0.0f : x / y;
}
CUPORT_DEVICE double fdivide(double x, double y) { return x / y; }
CUPORT_DEVICE float fdividef(float x, float y) { return x / y; }
/// x within [0, 1]; 0 for a NaN.
CUPORT_DEVICE float __saturatef(float x) { return x > 0.0f ? (x < 1.0f ? x : 1.0f) : 0.0f; }

#endif
