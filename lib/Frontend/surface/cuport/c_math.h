// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The C library's functions on float and double. Its own <math.h> has four more floating types and
// costs as much as the whole CUDA runtime; code that includes it declares the same again.

#ifndef CUPORT_SURFACE_C_MATH_H
#define CUPORT_SURFACE_C_MATH_H

#ifndef __CUDA__

// Outside .cu files __cosf and its kin are the C library's too, and it wants to be first with them.
#ifdef __cplusplus
#define _GLIBCXX_INCLUDE_NEXT_C_HEADERS
#endif
#include <math.h>
#ifdef __cplusplus
#undef _GLIBCXX_INCLUDE_NEXT_C_HEADERS
#endif

#else

extern "C" {

#define CUPORT_MATH_1(name)                                                                        \
  double name(double) noexcept;                                                                    \
  float name##f(float) noexcept;
CUPORT_MATH_1(acos)
CUPORT_MATH_1(acosh)
CUPORT_MATH_1(asin)
CUPORT_MATH_1(asinh)
CUPORT_MATH_1(atan)
CUPORT_MATH_1(atanh)
CUPORT_MATH_1(cbrt)
CUPORT_MATH_1(ceil)
CUPORT_MATH_1(cos)
CUPORT_MATH_1(cosh)
CUPORT_MATH_1(erf)
CUPORT_MATH_1(erfc)
CUPORT_MATH_1(exp)
CUPORT_MATH_1(exp10)
CUPORT_MATH_1(exp2)
CUPORT_MATH_1(expm1)
CUPORT_MATH_1(fabs)
CUPORT_MATH_1(floor)
CUPORT_MATH_1(j0)
CUPORT_MATH_1(j1)
CUPORT_MATH_1(lgamma)
CUPORT_MATH_1(log)
CUPORT_MATH_1(log10)
CUPORT_MATH_1(log1p)
CUPORT_MATH_1(log2)
CUPORT_MATH_1(logb)
CUPORT_MATH_1(nearbyint)
CUPORT_MATH_1(rint)
CUPORT_MATH_1(round)
CUPORT_MATH_1(sin)
CUPORT_MATH_1(sinh)
CUPORT_MATH_1(sqrt)
CUPORT_MATH_1(tan)
CUPORT_MATH_1(tanh)
CUPORT_MATH_1(tgamma)
CUPORT_MATH_1(trunc)
CUPORT_MATH_1(y0)
CUPORT_MATH_1(y1)
#undef CUPORT_MATH_1

#define CUPORT_MATH_2(name)                                                                        \
  double name(double, double) noexcept;                                                            \
  float name##f(float, float) noexcept;
CUPORT_MATH_2(atan2)
CUPORT_MATH_2(copysign)
CUPORT_MATH_2(drem)
CUPORT_MATH_2(fdim)
CUPORT_MATH_2(fmax)
CUPORT_MATH_2(fmin)
CUPORT_MATH_2(fmod)
CUPORT_MATH_2(hypot)
CUPORT_MATH_2(nextafter)
CUPORT_MATH_2(pow)
CUPORT_MATH_2(remainder)
#undef CUPORT_MATH_2

double fma(double, double, double) noexcept;
float fmaf(float, float, float) noexcept;
double frexp(double, int *) noexcept;
float frexpf(float, int *) noexcept;
double ldexp(double, int) noexcept;
float ldexpf(float, int) noexcept;
double scalbn(double, int) noexcept;
float scalbnf(float, int) noexcept;
double scalbln(double, long) noexcept;
float scalblnf(float, long) noexcept;
double modf(double, double *) noexcept;
float modff(float, float *) noexcept;
double remquo(double, double, int *) noexcept;
float remquof(float, float, int *) noexcept;
int ilogb(double) noexcept;
int ilogbf(float) noexcept;
long lrint(double) noexcept;
long lrintf(float) noexcept;
long lround(double) noexcept;
long lroundf(float) noexcept;
long long llrint(double) noexcept;
long long llrintf(float) noexcept;
long long llround(double) noexcept;
long long llroundf(float) noexcept;
double jn(int, double) noexcept;
float jnf(int, float) noexcept;
double yn(int, double) noexcept;
float ynf(int, float) noexcept;
double nan(const char *) noexcept;
float nanf(const char *) noexcept;
void sincos(double, double *, double *) noexcept;
void sincosf(float, float *, float *) noexcept;

} // extern "C"

#define HUGE_VAL (__builtin_huge_val())
#define INFINITY (__builtin_inff())
#define NAN (__builtin_nanf(""))

#define M_E 2.7182818284590452354
#define M_LOG2E 1.4426950408889634074
#define M_LOG10E 0.43429448190325182765
#define M_LN2 0.69314718055994530942
#define M_LN10 2.30258509299404568402
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_PI_4 0.78539816339744830962
#define M_1_PI 0.31830988618379067154
#define M_2_PI 0.63661977236758134308
#define M_2_SQRTPI 1.12837916709551257390
#define M_SQRT2 1.41421356237309504880
#define M_SQRT1_2 0.70710678118654752440

#endif

#endif
