// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA's fast functions in single precision. Exponential and logarithm are short enough for a loop over threads to be vectorised
// around them, and within the errors that the documentation gives; the others are the accurate functions, except where the
// documentation fixes the result.

#ifndef CUPORT_FAST_MATH_FUNCTIONS_H
#define CUPORT_FAST_MATH_FUNCTIONS_H

#include <cuport/math_functions.h>

CUPORT_DEVICE float __sinf(float x) { return __builtin_sinf(x); }
CUPORT_DEVICE float __cosf(float x) { return __builtin_cosf(x); }
CUPORT_DEVICE float __tanf(float x) { return __builtin_tanf(x); }
CUPORT_DEVICE float __tanhf(float x) { return __builtin_tanhf(x); }
/// e^x = 2^n e^rest with |rest| <= log(2) / 2; below two units of the last place.
CUPORT_DEVICE float __expf(float x) {
  _Pragma("clang fp reassociate(off)") const float within = x > 89.0f ? 89.0f : x < -104.0f ? -104.0f : x;
  const float shift = 0x1.8p23f; // what is added to it becomes a whole number
  const float shifted = __builtin_fmaf(within, 1.44269504f, shift), n = shifted - shift;
  const float rest = __builtin_fmaf(n, -0x1.7f7d1cp-20f, __builtin_fmaf(n, -0x1.62e4p-1f, within));
  const float terms[] = {1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f, 1.0f, 1.0f};
  float sum = 1.9875691500e-4f;
  for (float term : terms)
    sum = __builtin_fmaf(sum, rest, term);
  // In two steps, since 2^n may lie beyond the range that the result is in.
  const int exponent = __builtin_bit_cast(int, shifted) - 0x4b400000, half = exponent >> 1;
  return sum * __builtin_bit_cast(float, (half + 127) << 23) * __builtin_bit_cast(float, (exponent - half + 127) << 23);
}
CUPORT_DEVICE float __exp10f(float x) { return exp10f(x); }
/// log(x) = n log(2) + log(1 + rest) with 1 + rest from sqrt(1/2) to sqrt(2); below two units of the last place.
CUPORT_DEVICE float __logf(float x) {
  _Pragma("clang fp reassociate(off)") const bool subnormal = x < 0x1p-126f;
  const int bits = __builtin_bit_cast(int, subnormal ? x * 0x1p23f : x), steps = (bits - 0x3f3504f3) >> 23;
  const float n = static_cast<float>(steps - (subnormal ? 23 : 0));
  const float rest = __builtin_bit_cast(float, bits - (steps << 23)) - 1.0f, square = rest * rest;
  const float terms[] = {-1.1514610310e-1f, 1.1676998740e-1f, -1.2420140846e-1f, 1.4249322787e-1f, -1.6668057665e-1f,
                         2.0000714765e-1f, -2.4999993993e-1f, 3.3333331174e-1f};
  float sum = 7.0376836292e-2f;
  for (float term : terms)
    sum = __builtin_fmaf(sum, rest, term);
  sum = __builtin_fmaf(-0.5f, square, __builtin_fmaf(n, -2.12194440e-4f, rest * square * sum));
  const float result = __builtin_fmaf(n, 0.693359375f, rest + sum);
  const bool finite = x > 0.0f && x < __builtin_inff();
  return finite ? result : x == 0.0f ? -__builtin_inff() : x > 0.0f ? x : __builtin_nanf("");
}
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
