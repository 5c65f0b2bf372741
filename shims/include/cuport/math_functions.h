// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The C library's mathematics in kernels, then the headers that give the host its own. The order matters: <cmath> takes
// what is declared before it into std, and that is how std::sin(double) finds the function for the device.
//
//   sinf, sin(double)     here, for the device, over clang's builtins: a vectoriser knows them
//   sin(float), isnan ... libstdc++'s, which are constexpr and so for both
//   rsqrt, erfinv, ...    cuport/special_functions.h
//
// Errors are within what the CUDA documentation promises. Where the C library's float function is worse than that, the
// double one is used; where its double one is, the long double one, or the pass plugin writes it out (log10, exp10).

#ifndef CUPORT_MATH_FUNCTIONS_H
#define CUPORT_MATH_FUNCTIONS_H

#include <cuport/attributes.h>

// name(double), name(float) and namef(float); the first as given.
#define CUPORT_UNARY_OWN(name, double_value)                                           \
  CUPORT_DEVICE double name(double x) { return double_value; }                         \
  CUPORT_DEVICE float name(float x) { return __builtin_##name##f(x); }                 \
  CUPORT_DEVICE float name##f(float x) { return __builtin_##name##f(x); }
#define CUPORT_UNARY(name) CUPORT_UNARY_OWN(name, __builtin_##name(x))
// The same where the float function takes the double one's way.
#define CUPORT_UNARY_WIDE(name, double_value)                                          \
  CUPORT_DEVICE double name(double x) { return double_value; }                         \
  CUPORT_DEVICE float name(float x) { return static_cast<float>(__builtin_##name(static_cast<double>(x))); } \
  CUPORT_DEVICE float name##f(float x) { return static_cast<float>(__builtin_##name(static_cast<double>(x))); }
#define CUPORT_BINARY(name)                                                            \
  CUPORT_DEVICE double name(double x, double y) { return __builtin_##name(x, y); }     \
  CUPORT_DEVICE float name(float x, float y) { return __builtin_##name##f(x, y); }     \
  CUPORT_DEVICE float name##f(float x, float y) { return __builtin_##name##f(x, y); }
// A result or a parameter of another type.
#define CUPORT_TO(type, name)                                                          \
  CUPORT_DEVICE type name(double x) { return __builtin_##name(x); }                    \
  CUPORT_DEVICE type name(float x) { return __builtin_##name##f(x); }                  \
  CUPORT_DEVICE type name##f(float x) { return __builtin_##name##f(x); }
#define CUPORT_WITH(type, name)                                                        \
  CUPORT_DEVICE double name(double x, type y) { return __builtin_##name(x, y); }       \
  CUPORT_DEVICE float name(float x, type y) { return __builtin_##name##f(x, y); }      \
  CUPORT_DEVICE float name##f(float x, type y) { return __builtin_##name##f(x, y); }

CUPORT_UNARY(acos)
CUPORT_UNARY(acosh)
CUPORT_UNARY(asin)
CUPORT_UNARY(asinh)
CUPORT_UNARY(atan)
CUPORT_UNARY(atanh)
CUPORT_UNARY(ceil)
CUPORT_UNARY(cos)
CUPORT_UNARY(erf)
CUPORT_UNARY(erfc)
CUPORT_UNARY(exp)
CUPORT_UNARY(exp2)
CUPORT_UNARY(expm1)
CUPORT_UNARY(fabs)
CUPORT_UNARY(floor)
CUPORT_UNARY(log)
CUPORT_UNARY(log10)
CUPORT_UNARY(log1p)
CUPORT_UNARY(log2)
CUPORT_UNARY(logb)
CUPORT_UNARY(nearbyint)
CUPORT_UNARY(rint)
CUPORT_UNARY(round)
CUPORT_UNARY(sin)
CUPORT_UNARY(sinh)
CUPORT_UNARY(sqrt)
CUPORT_UNARY(tan)
CUPORT_UNARY(trunc)
CUPORT_UNARY_WIDE(cbrt, static_cast<double>(__builtin_cbrtl(x)))
CUPORT_UNARY_OWN(cosh, static_cast<double>(__builtin_coshl(x)))
// The pass plugin writes its float function out.
CUPORT_UNARY_OWN(tanh, static_cast<double>(__builtin_tanhl(x)))
CUPORT_UNARY_WIDE(tgamma, static_cast<double>(__builtin_tgammal(x)))
CUPORT_BINARY(atan2)
CUPORT_BINARY(copysign)
CUPORT_BINARY(fdim)
CUPORT_BINARY(fmax)
CUPORT_BINARY(fmin)
CUPORT_BINARY(fmod)
CUPORT_DEVICE double hypot(double x, double y) { return __builtin_hypot(x, y); }
/// Squares of floats are exact in double precision, and in its range.
CUPORT_DEVICE float hypotf(float x, float y) {
  const double wideX = x, wideY = y, length = __builtin_sqrt(wideX * wideX + wideY * wideY);
  return __builtin_isinf(x) || __builtin_isinf(y) ? __builtin_inff() : static_cast<float>(length);
}
CUPORT_DEVICE float hypot(float x, float y) { return hypotf(x, y); }
CUPORT_BINARY(nextafter)
CUPORT_BINARY(pow)
CUPORT_BINARY(remainder)
CUPORT_TO(int, ilogb)
CUPORT_TO(long, lrint)
CUPORT_TO(long, lround)
CUPORT_TO(long long, llrint)
CUPORT_TO(long long, llround)
CUPORT_WITH(int, ldexp)
CUPORT_WITH(int, scalbn)
CUPORT_WITH(long, scalbln)

CUPORT_DEVICE double fma(double x, double y, double z) { return __builtin_fma(x, y, z); }
CUPORT_DEVICE float fma(float x, float y, float z) { return __builtin_fmaf(x, y, z); }
CUPORT_DEVICE float fmaf(float x, float y, float z) { return __builtin_fmaf(x, y, z); }
CUPORT_DEVICE double remquo(double x, double y, int *quotient) { return __builtin_remquo(x, y, quotient); }
CUPORT_DEVICE float remquo(float x, float y, int *quotient) { return __builtin_remquof(x, y, quotient); }
CUPORT_DEVICE float remquof(float x, float y, int *quotient) { return __builtin_remquof(x, y, quotient); }
CUPORT_DEVICE int abs(int x) { return __builtin_abs(x); }
CUPORT_DEVICE long labs(long x) { return __builtin_labs(x); }
CUPORT_DEVICE long long llabs(long long x) { return __builtin_llabs(x); }

// By their bits, and so for threads side by side: of a call of the C library's that writes nobody knows how far it writes.
// Zero, infinite and no number are a fraction as they are, with exponent 0.
#define CUPORT_PARTS(type, suffix, word, digits, bias)                                                               \
  CUPORT_DEVICE type frexp(type x, int *exponent) {                                                                 \
    constexpr word one = 1, all = 2 * bias + 1;                                                                      \
    const bool tiny = __builtin_fabs##suffix(x) < __builtin_bit_cast(type, one << digits); /* subnormal */           \
    const word bits = __builtin_bit_cast(word, tiny ? x * __builtin_bit_cast(type, (bias + 64) << digits) : x);      \
    const word biased = bits >> digits & all;                                                                        \
    const bool has_none = x == 0 || biased == all;                                                                   \
    *exponent = has_none ? 0 : static_cast<int>(biased) - static_cast<int>(bias - 1) - (tiny ? 64 : 0);              \
    return has_none ? x : __builtin_bit_cast(type, (bits & ~(all << digits)) | (bias - 1) << digits);                \
  }                                                                                                                  \
  CUPORT_DEVICE type modf(type x, type *whole) {                                                                     \
    *whole = __builtin_trunc##suffix(x);                                                                             \
    return __builtin_copysign##suffix(__builtin_isinf(x) ? 0 : x - *whole, x);                                       \
  }
CUPORT_PARTS(double, , unsigned long long, 52, 1023ull)
CUPORT_PARTS(float, f, unsigned, 23, 127u)
#undef CUPORT_PARTS
CUPORT_DEVICE float frexpf(float x, int *exponent) { return frexp(x, exponent); }
CUPORT_DEVICE float modff(float x, float *whole) { return modf(x, whole); }

// lgamma of the C library also writes a global, signgam; the reentrant form does not.
CUPORT_FROM_LIBRARY(double, cuport_lgamma(double, int *), lgamma_r);
CUPORT_DEVICE double lgamma(double x) {
  int sign;
  return cuport_lgamma(x, &sign);
}
CUPORT_DEVICE float lgamma(float x) { return static_cast<float>(lgamma(static_cast<double>(x))); }
CUPORT_DEVICE float lgammaf(float x) { return static_cast<float>(lgamma(static_cast<double>(x))); }

// GNU's and POSIX's. The float forms of the Bessel functions go through double.
CUPORT_FROM_LIBRARY(double, cuport_nan(const char *), nan);
CUPORT_FROM_LIBRARY(float, cuport_nanf(const char *), nanf);
#define CUPORT_BESSEL(name)                                                                                     \
  CUPORT_FROM_LIBRARY(double, cuport_##name(double), name);                                                     \
  CUPORT_DEVICE double name(double x) { return cuport_##name(x); }                                              \
  CUPORT_DEVICE float name##f(float x) { return static_cast<float>(cuport_##name(x)); }
#define CUPORT_BESSEL_N(name)                                                                                   \
  CUPORT_FROM_LIBRARY(double, cuport_##name(int, double), name);                                                \
  CUPORT_DEVICE double name(int order, double x) { return cuport_##name(order, x); }                            \
  CUPORT_DEVICE float name##f(int order, float x) { return static_cast<float>(cuport_##name(order, x)); }
CUPORT_BESSEL(j0)
CUPORT_BESSEL(j1)
CUPORT_BESSEL(y0)
CUPORT_BESSEL(y1)
CUPORT_BESSEL_N(jn)
CUPORT_BESSEL_N(yn)
CUPORT_DEVICE double exp10(double x) { return __builtin_exp10(x); }
CUPORT_DEVICE float exp10f(float x) { return __builtin_exp10f(x); }
CUPORT_DEVICE double nan(const char *payload) { return cuport_nan(payload); }
CUPORT_DEVICE float nanf(const char *payload) { return cuport_nanf(payload); }
CUPORT_DEVICE void sincos(double x, double *sine, double *cosine) {
  *sine = __builtin_sin(x);
  *cosine = __builtin_cos(x);
}
CUPORT_DEVICE void sincosf(float x, float *sine, float *cosine) {
  *sine = __builtin_sinf(x);
  *cosine = __builtin_cosf(x);
}

#undef CUPORT_UNARY
#undef CUPORT_UNARY_OWN
#undef CUPORT_UNARY_WIDE
#undef CUPORT_BINARY
#undef CUPORT_TO
#undef CUPORT_WITH
#undef CUPORT_BESSEL
#undef CUPORT_BESSEL_N

#include <cmath>
#include <cstdlib>
#include <math.h>
#include <stdlib.h>

// Overloads that neither library has.
CUPORT_HOST_DEVICE float exp10(float x) { return __builtin_exp10f(x); }
CUPORT_HOST_DEVICE float j0(float x) { return j0f(x); }
CUPORT_HOST_DEVICE float j1(float x) { return j1f(x); }
CUPORT_HOST_DEVICE float jn(int order, float x) { return jnf(order, x); }
CUPORT_HOST_DEVICE float y0(float x) { return y0f(x); }
CUPORT_HOST_DEVICE float y1(float x) { return y1f(x); }
CUPORT_HOST_DEVICE float yn(int order, float x) { return ynf(order, x); }
CUPORT_HOST_DEVICE void sincos(float x, float *sine, float *cosine) {
  *sine = __builtin_sinf(x);
  *cosine = __builtin_cosf(x);
}

// min and max of every pair of types that CUDA has them for: the common type as C has it.
#define CUPORT_CHOOSE(type, a, b)                                                              \
  CUPORT_HOST_DEVICE constexpr type min(a x, b y) {                                            \
    return static_cast<type>(x) < static_cast<type>(y) ? static_cast<type>(x) : static_cast<type>(y); \
  }                                                                                            \
  CUPORT_HOST_DEVICE constexpr type max(a x, b y) {                                            \
    return static_cast<type>(x) > static_cast<type>(y) ? static_cast<type>(x) : static_cast<type>(y); \
  }
#define CUPORT_CHOOSE_FLOAT(type, suffix, a, b)                                                \
  CUPORT_HOST_DEVICE type min(a x, b y) { return __builtin_fmin##suffix(x, y); }               \
  CUPORT_HOST_DEVICE type max(a x, b y) { return __builtin_fmax##suffix(x, y); }
CUPORT_CHOOSE(int, int, int)
CUPORT_CHOOSE(unsigned, unsigned, unsigned)
CUPORT_CHOOSE(unsigned, int, unsigned)
CUPORT_CHOOSE(unsigned, unsigned, int)
CUPORT_CHOOSE(long, long, long)
CUPORT_CHOOSE(unsigned long, unsigned long, unsigned long)
CUPORT_CHOOSE(unsigned long, long, unsigned long)
CUPORT_CHOOSE(unsigned long, unsigned long, long)
CUPORT_CHOOSE(long long, long long, long long)
CUPORT_CHOOSE(unsigned long long, unsigned long long, unsigned long long)
CUPORT_CHOOSE(unsigned long long, long long, unsigned long long)
CUPORT_CHOOSE(unsigned long long, unsigned long long, long long)
CUPORT_CHOOSE_FLOAT(float, f, float, float)
CUPORT_CHOOSE_FLOAT(double, , double, double)
CUPORT_CHOOSE_FLOAT(double, , float, double)
CUPORT_CHOOSE_FLOAT(double, , double, float)
#ifdef __CUDACC__ // HIP has min and max of all integers only
CUPORT_HOST_DEVICE constexpr unsigned umin(unsigned x, unsigned y) { return x < y ? x : y; }
CUPORT_HOST_DEVICE constexpr unsigned umax(unsigned x, unsigned y) { return x > y ? x : y; }
CUPORT_HOST_DEVICE constexpr long long llmin(long long x, long long y) { return x < y ? x : y; }
CUPORT_HOST_DEVICE constexpr long long llmax(long long x, long long y) { return x > y ? x : y; }
CUPORT_HOST_DEVICE constexpr unsigned long long ullmin(unsigned long long x, unsigned long long y) { return x < y ? x : y; }
CUPORT_HOST_DEVICE constexpr unsigned long long ullmax(unsigned long long x, unsigned long long y) { return x > y ? x : y; }
#endif
#undef CUPORT_CHOOSE
#undef CUPORT_CHOOSE_FLOAT

#endif
