// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Mathematics that CUDA has and C has not: reciprocal roots, norms, functions of pi x, inverse error functions, normal
// distribution, scaled erfc, modified Bessel functions. Most are for the host, too. The double ones compute in long double
// where a step would cost more than the documented error; the float ones go through double.

#ifndef CUPORT_SPECIAL_FUNCTIONS_H
#define CUPORT_SPECIAL_FUNCTIONS_H

#include <cuport/math_functions.h>

// name(float) and namef(float) by way of name(double).
#define CUPORT_FLOAT(attributes, name)                                                             \
  attributes float name(float x) { return static_cast<float>(name(static_cast<double>(x))); }     \
  attributes float name##f(float x) { return static_cast<float>(name(static_cast<double>(x))); }

// Roots. In float the two roundings stay below CUDA's two units.
CUPORT_HOST_DEVICE double rsqrt(double x) { return 1.0 / __builtin_sqrt(x); }
CUPORT_HOST_DEVICE float rsqrt(float x) { return 1.0f / __builtin_sqrtf(x); }
CUPORT_HOST_DEVICE float rsqrtf(float x) { return 1.0f / __builtin_sqrtf(x); }
CUPORT_HOST_DEVICE double rcbrt(double x) { return static_cast<double>(1 / __builtin_cbrtl(x)); }
CUPORT_HOST_DEVICE float rcbrt(float x) { return static_cast<float>(1 / __builtin_cbrt(x)); }
CUPORT_HOST_DEVICE float rcbrtf(float x) { return static_cast<float>(1 / __builtin_cbrt(x)); }

// Norms. Infinite as soon as a component is, even beside a NaN. Squares of doubles fit the range of long double, squares
// of floats that of double.
template <class T, class Wide>
CUPORT_DEVICE_MEMBER Wide cuport_norm(int count, const T *components) {
  Wide sum = 0;
  for (int at = 0; at < count; ++at) {
    if (__builtin_isinf(components[at]))
      return static_cast<Wide>(__builtin_inf());
    sum += static_cast<Wide>(components[at]) * components[at];
  }
  return sizeof(Wide) > sizeof(double) ? static_cast<Wide>(__builtin_sqrtl(sum)) : static_cast<Wide>(__builtin_sqrt(sum));
}
#define CUPORT_NORM(type, suffix, wide)                                                            \
  CUPORT_DEVICE type norm##suffix(int count, const type *p) { return static_cast<type>(cuport_norm<type, wide>(count, p)); } \
  CUPORT_DEVICE type rnorm##suffix(int count, const type *p) {                                     \
    return static_cast<type>(1 / cuport_norm<type, wide>(count, p));                               \
  }                                                                                                \
  CUPORT_DEVICE type norm3d##suffix(type a, type b, type c) {                                      \
    type p[] = {a, b, c};                                                                          \
    return norm##suffix(3, p);                                                                     \
  }                                                                                                \
  CUPORT_DEVICE type rnorm3d##suffix(type a, type b, type c) {                                     \
    type p[] = {a, b, c};                                                                          \
    return rnorm##suffix(3, p);                                                                    \
  }                                                                                                \
  CUPORT_DEVICE type norm4d##suffix(type a, type b, type c, type d) {                              \
    type p[] = {a, b, c, d};                                                                       \
    return norm##suffix(4, p);                                                                     \
  }                                                                                                \
  CUPORT_DEVICE type rnorm4d##suffix(type a, type b, type c, type d) {                             \
    type p[] = {a, b, c, d};                                                                       \
    return rnorm##suffix(4, p);                                                                    \
  }                                                                                                \
  CUPORT_DEVICE type rhypot##suffix(type a, type b) {                                              \
    type p[] = {a, b};                                                                             \
    return rnorm##suffix(2, p);                                                                    \
  }
CUPORT_NORM(double, , long double)
CUPORT_NORM(float, f, double)
#undef CUPORT_NORM

// Sine and cosine of pi x: the quarter turns are taken off exactly, what is left lies within an eighth of a turn.
CUPORT_HOST_DEVICE void cuport_turn(double x, double *sine, double *cosine) {
  double quarters = __builtin_rint(2 * x);
  double angle = 3.14159265358979323846 * __builtin_fma(-0.5, quarters, x);
  double s = __builtin_sin(angle), c = __builtin_cos(angle);
  int quadrant = static_cast<int>(quarters - 4 * __builtin_floor(quarters * 0.25));
  *sine = quadrant == 0 ? s : quadrant == 1 ? c : quadrant == 2 ? -s : -c;
  *cosine = quadrant == 0 ? c : quadrant == 1 ? -s : quadrant == 2 ? -c : s;
}
CUPORT_LONG_HOST_DEVICE void sincospi(double x, double *sine, double *cosine) {
  if (!(__builtin_fabs(x) < 0x1p53)) { // an even integer, or no number
    *sine = __builtin_isfinite(x) ? __builtin_copysign(0.0, x) : __builtin_nan("");
    *cosine = __builtin_isfinite(x) ? 1.0 : __builtin_nan("");
    return;
  }
  cuport_turn(x, sine, cosine);
  if (*sine == 0)
    *sine = __builtin_copysign(0.0, x);
  if (*cosine == 0)
    *cosine = 0.0;
}
CUPORT_HOST_DEVICE double sinpi(double x) {
  double sine, cosine;
  sincospi(x, &sine, &cosine);
  return sine;
}
CUPORT_HOST_DEVICE double cospi(double x) {
  double sine, cosine;
  sincospi(x, &sine, &cosine);
  return cosine;
}
CUPORT_FLOAT(CUPORT_HOST_DEVICE, sinpi)
CUPORT_FLOAT(CUPORT_HOST_DEVICE, cospi)
CUPORT_HOST_DEVICE void sincospi(float x, float *sine, float *cosine) {
  double s, c;
  sincospi(static_cast<double>(x), &s, &c);
  *sine = static_cast<float>(s);
  *cosine = static_cast<float>(c);
}
CUPORT_HOST_DEVICE void sincospif(float x, float *sine, float *cosine) { sincospi(x, sine, cosine); }

/// x with erfc(x) = y for 0 < y <= 1, by Halley's steps on log erfc, which is nearly a parabola. The first guess solves
/// y = exp(-x^2) / (x sqrt(pi)) where y is small, else the first terms of erf's series.
CUPORT_LONG_HOST_DEVICE double cuport_erfc_inverse(double y) {
  const double two_by_root_pi = 1.12837916709551257390;
  long double x;
  if (y > 0.1) {
    double t = (1 - y) / two_by_root_pi;
    x = t * (1 + t * t * (0.3333 + t * t * 0.2333));
  } else {
    double logarithm = -__builtin_log(y * 1.7724538509055160273);
    x = __builtin_sqrt(logarithm - 0.5 * __builtin_log(logarithm > 1 ? logarithm : 1));
  }
  long double target = y > 0.1 ? 1 - static_cast<long double>(y) : __builtin_logl(y);
  for (int step = 0; step < 6; ++step) {
    long double density = two_by_root_pi * __builtin_expl(-x * x), change;
    if (y > 0.1) {
      long double newton = (__builtin_erfl(x) - target) / density;
      change = newton / (1 + x * newton);
    } else {
      long double value = __builtin_erfcl(x), ratio = density / value;
      change = (target - __builtin_logl(value)) / ratio;
      change /= 1 - change * (x - ratio / 2);
    }
    x -= change;
    if (__builtin_fabsl(change) < 1e-18L * x)
      break;
  }
  return static_cast<double>(x);
}
CUPORT_LONG_HOST_DEVICE double erfcinv(double y) {
  if (!(y > 0 && y < 2))
    return y == 0 ? __builtin_inf() : y == 2 ? -__builtin_inf() : __builtin_nan("");
  return y <= 1 ? cuport_erfc_inverse(y) : -cuport_erfc_inverse(2 - y);
}
CUPORT_LONG_HOST_DEVICE double erfinv(double y) {
  double size = __builtin_fabs(y), x;
  if (!(size < 1))
    return size == 1 ? __builtin_copysign(__builtin_inf(), y) : __builtin_nan("");
  if (size >= 0.5)
    return __builtin_copysign(cuport_erfc_inverse(1 - size), y);
  if (size < 1e-8) // erf is a straight line
    return static_cast<double>(y * 0.88622692545275801364908374167057L);
  long double root = size * 0.88622692545275801365L * (1 + size * size * 0.2618L);
  for (int step = 0; step < 4; ++step) {
    long double newton = (__builtin_erfl(root) - size) / (1.12837916709551257389615890312155L * __builtin_expl(-root * root));
    root -= newton / (1 + root * newton);
    if (__builtin_fabsl(newton) < 1e-18L * root)
      break;
  }
  x = static_cast<double>(root);
  return __builtin_copysign(x, y);
}
CUPORT_FLOAT(CUPORT_HOST_DEVICE, erfcinv)
CUPORT_FLOAT(CUPORT_HOST_DEVICE, erfinv)

// The normal distribution and its inverse.
CUPORT_HOST_DEVICE double normcdf(double x) {
  return static_cast<double>(0.5L * __builtin_erfcl(-0.70710678118654752440084436210485L * x));
}
CUPORT_HOST_DEVICE double normcdfinv(double p) {
  return static_cast<double>(-1.41421356237309504880168872420970L * erfcinv(2 * p));
}
CUPORT_FLOAT(CUPORT_HOST_DEVICE, normcdf)
CUPORT_FLOAT(CUPORT_HOST_DEVICE, normcdfinv)

/// exp(x^2) erfc(x); from 10 on by its asymptotic series.
CUPORT_LONG_HOST_DEVICE double erfcx(double x) {
  if (x < 10)
    return x < -27 ? __builtin_inf()
                   : static_cast<double>(__builtin_expl(static_cast<long double>(x) * x) * __builtin_erfcl(x));
  long double inverse = 0.5L / x / x, term = 1, sum = 1;
  for (int step = 1; step < 20; ++step)
    sum += term *= -(2 * step - 1) * inverse;
  return static_cast<double>(0.56418958354775628694807945156077L / x * sum);
}
CUPORT_FLOAT(CUPORT_HOST_DEVICE, erfcx)

/// I_order(x) for order 0 and 1: the power series, whose terms are all positive, and from 40 on the asymptotic one.
CUPORT_LONG_DEVICE double cuport_bessel_i(int order, double x) {
  long double size = __builtin_fabsl(x), term = 1, sum = 1;
  if (size < 40) {
    long double square = size * size / 4;
    for (int step = 1; term > sum * 1e-20L; ++step)
      sum += term *= square / (static_cast<long double>(step) * (step + order));
    sum *= order == 0 ? 1 : size / 2;
  } else if (size <= 720) {
    for (int step = 1; step < 40; ++step) {
      long double odd = 2 * step - 1;
      sum += term *= (odd * odd - 4 * order) / (8 * step * size);
    }
    sum *= __builtin_expl(size) / __builtin_sqrtl(6.28318530717958647692528676655901L * size);
  } else {
    sum = size == size ? static_cast<long double>(__builtin_inf()) : size;
  }
  return static_cast<double>(order == 1 && x < 0 ? -sum : sum);
}
CUPORT_DEVICE double cyl_bessel_i0(double x) { return cuport_bessel_i(0, x); }
CUPORT_DEVICE double cyl_bessel_i1(double x) { return cuport_bessel_i(1, x); }
CUPORT_DEVICE float cyl_bessel_i0(float x) { return static_cast<float>(cuport_bessel_i(0, x)); }
CUPORT_DEVICE float cyl_bessel_i1(float x) { return static_cast<float>(cuport_bessel_i(1, x)); }
CUPORT_DEVICE float cyl_bessel_i0f(float x) { return static_cast<float>(cuport_bessel_i(0, x)); }
CUPORT_DEVICE float cyl_bessel_i1f(float x) { return static_cast<float>(cuport_bessel_i(1, x)); }

#undef CUPORT_FLOAT

#endif
