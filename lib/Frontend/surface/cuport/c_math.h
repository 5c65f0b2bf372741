// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The C library's functions on float and double. Its own <math.h> has four more floating types and
// costs as much as the whole CUDA runtime; code that includes it declares the same again.

#ifndef CUPORT_SURFACE_C_MATH_H
#define CUPORT_SURFACE_C_MATH_H

#ifdef __cplusplus
#define CUPORT_NOTHROW noexcept
extern "C" {
#else
#define CUPORT_NOTHROW
#endif

#define CUPORT_MATH_1(name)                                                                        \
  double name(double) CUPORT_NOTHROW;                                                              \
  float name##f(float) CUPORT_NOTHROW;
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
  double name(double, double) CUPORT_NOTHROW;                                                      \
  float name##f(float, float) CUPORT_NOTHROW;
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

double fma(double, double, double) CUPORT_NOTHROW;
float fmaf(float, float, float) CUPORT_NOTHROW;
double frexp(double, int *) CUPORT_NOTHROW;
float frexpf(float, int *) CUPORT_NOTHROW;
double ldexp(double, int) CUPORT_NOTHROW;
float ldexpf(float, int) CUPORT_NOTHROW;
double scalbn(double, int) CUPORT_NOTHROW;
float scalbnf(float, int) CUPORT_NOTHROW;
double scalbln(double, long) CUPORT_NOTHROW;
float scalblnf(float, long) CUPORT_NOTHROW;
double modf(double, double *) CUPORT_NOTHROW;
float modff(float, float *) CUPORT_NOTHROW;
double remquo(double, double, int *) CUPORT_NOTHROW;
float remquof(float, float, int *) CUPORT_NOTHROW;
int ilogb(double) CUPORT_NOTHROW;
int ilogbf(float) CUPORT_NOTHROW;
long lrint(double) CUPORT_NOTHROW;
long lrintf(float) CUPORT_NOTHROW;
long lround(double) CUPORT_NOTHROW;
long lroundf(float) CUPORT_NOTHROW;
long long llrint(double) CUPORT_NOTHROW;
long long llrintf(float) CUPORT_NOTHROW;
long long llround(double) CUPORT_NOTHROW;
long long llroundf(float) CUPORT_NOTHROW;
double jn(int, double) CUPORT_NOTHROW;
float jnf(int, float) CUPORT_NOTHROW;
double yn(int, double) CUPORT_NOTHROW;
float ynf(int, float) CUPORT_NOTHROW;
double nan(const char *) CUPORT_NOTHROW;
float nanf(const char *) CUPORT_NOTHROW;
void sincos(double, double *, double *) CUPORT_NOTHROW;
void sincosf(float, float *, float *) CUPORT_NOTHROW;

#undef CUPORT_NOTHROW
#ifdef __cplusplus
} // extern "C"
#endif

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
