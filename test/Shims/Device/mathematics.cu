// The mathematics of kernels against the C library's in long double, in units of the last place. The bounds are those of
// the CUDA programming guide ("Mathematical functions"); the guide has no bound that is smaller.
// The pass plugin has its part in it: it writes some functions out.
// RUN: %cuport-cc -std=c++17 -O2 -Wall -Wextra -Werror %s %S/Inputs/one_launch.cu -I %S/Inputs -o %t
// RUN: %t | FileCheck %s
// CHECK: {{^[1-9][0-9]* checked, 0 wrong}}

#include "check.h"
#include <cfloat>

__device__ long double units(float got, long double want) {
  if (isnan(got) || want != want)
    return isnan(got) && want != want ? 0 : 1e30L;
  float nearest = static_cast<float>(want);
  if (isinf(nearest) || isinf(got))
    return got == nearest || (isinf(nearest) && fabsf(got) == FLT_MAX) || (isinf(got) && fabsf(nearest) == FLT_MAX) ? 0 : 1e30L;
  long double unit = __builtin_ldexpl(1, (nearest == 0 || fabsf(nearest) < FLT_MIN ? -126 : ilogbf(nearest)) - 23);
  return __builtin_fabsl(got - want) / unit;
}
__device__ long double units(double got, long double want) {
  if (isnan(got) || want != want)
    return isnan(got) && want != want ? 0 : 1e30L;
  double nearest = static_cast<double>(want);
  if (isinf(nearest) || isinf(got))
    return got == nearest || (isinf(nearest) && fabs(got) == DBL_MAX) || (isinf(got) && fabs(nearest) == DBL_MAX) ? 0 : 1e30L;
  long double unit = __builtin_ldexpl(1, (nearest == 0 || fabs(nearest) < DBL_MIN ? -1022 : ilogb(nearest)) - 52);
  return __builtin_fabsl(got - want) / unit;
}

// Numbers between low and high: evenly spread, or by exponent where low is positive and high large.
template <class T> struct range {
  random_bits random;
  T low, high;
  __device__ T next() {
    long double part = static_cast<long double>(random.next() >> 11) * 0x1p-53L;
    if (low > 0 && high / low > 100)
      return static_cast<T>(low * __builtin_powl(static_cast<long double>(high) / low, part));
    return static_cast<T>(low + (static_cast<long double>(high) - low) * part);
  }
};

#define FUNCTION(function, type, low, high, bound, reference)                                       \
  do {                                                                                              \
    range<type> numbers{{7}, low, high};                                                            \
    long double worst = 0;                                                                          \
    type at = 0;                                                                                    \
    for (int i = 0; i < 300; ++i) {                                                                \
      type x = numbers.next();                                                                      \
      long double X = x, off = units(function(x), reference);                                       \
      if (off > worst)                                                                              \
        worst = off, at = x;                                                                        \
    }                                                                                               \
    CHECK(worst <= bound + 0.5L, #function "(" #type " %.17g): %.2f units", static_cast<double>(at), static_cast<double>(worst)); \
  } while (0)
// Of both precisions: name, its f form, and where.
#define BOTH(name, low, high, bound, bound_f, reference)                                            \
  FUNCTION(name, double, low, high, bound, reference);                                              \
  FUNCTION(name, float, low, high, bound_f, reference);                                             \
  FUNCTION(name##f, float, low, high, bound_f, reference)
#define LIBRARY(name, low, high, bound, bound_f) BOTH(name, low, high, bound, bound_f, __builtin_##name##l(X))

// References of what C has not, by routes other than the headers'.
__device__ long double pi() { return 3.14159265358979323846264338327950288L; }
__device__ long double integral(long double a, long double b, long double (*f)(long double, long double), long double p) {
  long double sum = 0, width = (b - a) / 100; // Gauss, five points a piece
  const long double node[] = {0, 0.538469310105683091036314420700208805L, 0.906179845938663992797626878299392965L};
  const long double weight[] = {0.568888888888888888888888888888888889L, 0.478628670499366468041291514835638193L, 0.236926885056189087514264040719917363L};
  for (int i = 0; i < 100; ++i) {
    long double middle = a + (i + 0.5L) * width;
    for (int k = 0; k < 3; ++k) {
      sum += weight[k] * f(middle + node[k] * width / 2, p);
      if (k > 0)
        sum += weight[k] * f(middle - node[k] * width / 2, p);
    }
  }
  return sum * width / 2;
}
/// I_n(x) = 1/pi integral of exp(x cos t) cos(n t) over [0, pi], scaled by exp(-x).
__device__ long double bessel_i(int n, long double x) {
  auto f = n == 0 ? [](long double t, long double p) { return __builtin_expl(p * (__builtin_cosl(t) - 1)); }
                  : [](long double t, long double p) { return __builtin_expl(p * (__builtin_cosl(t) - 1)) * __builtin_cosl(t); };
  return integral(0, pi(), f, x) / pi() * __builtin_expl(x);
}
/// exp(x^2) erfc(x) = 2/sqrt(pi) integral of exp(-t^2 - 2xt) over [0, inf).
__device__ long double scaled_erfc(long double x) {
  auto f = [](long double t, long double p) { return __builtin_expl(-t * t - 2 * p * t); };
  return 2 / __builtin_sqrtl(pi()) * integral(0, 7 / (1 + x / 4), f, x);
}

// An inverse is right if the function at the neighbours encloses its argument.
#define INVERSE(function, type, low, high, bound, forward, sign)                                    \
  do {                                                                                              \
    range<type> numbers{{9}, low, high};                                                            \
    int wrong_ones = 0;                                                                             \
    type at = 0;                                                                                    \
    for (int i = 0; i < 300; ++i) {                                                                \
      type y = numbers.next(), x = function(y), a = x, b = x;                                       \
      for (int k = 0; k <= bound; ++k)                                                              \
        a = static_cast<type>(sizeof(type) == 8 ? nextafter(a, -1e300) : nextafterf(a, -1e30f)),   \
        b = static_cast<type>(sizeof(type) == 8 ? nextafter(b, 1e300) : nextafterf(b, 1e30f));     \
      long double X = a, below = forward;                                                           \
      X = b;                                                                                        \
      long double above = forward;                                                                  \
      if (sign * (below - y) > 0 || sign * (above - y) < 0)                                         \
        ++wrong_ones, at = y;                                                                       \
    }                                                                                               \
    CHECK(wrong_ones == 0, #function "(" #type " %.17g)", static_cast<double>(at));                 \
  } while (0)

extern "C" __global__ void check(long *checked, long *wrong) {
  LIBRARY(sin, -30, 30, 2, 2);
  LIBRARY(cos, -1e5, 1e5, 2, 2);
  LIBRARY(tan, -30, 30, 2, 4);
  LIBRARY(asin, -1, 1, 2, 2);
  LIBRARY(acos, -1, 1, 2, 2);
  LIBRARY(atan, -50, 50, 2, 2);
  LIBRARY(sinh, -80, 80, 2, 3);
  LIBRARY(cosh, -80, 80, 1, 2);
  LIBRARY(tanh, -5, 5, 1, 2);
  LIBRARY(asinh, -1e3, 1e3, 3, 3);
  LIBRARY(acosh, 1, 1e3, 3, 4);
  LIBRARY(atanh, -0.999, 0.999, 2, 3);
  LIBRARY(exp, -80, 80, 1, 2);
  LIBRARY(exp2, -120, 120, 1, 2);
  LIBRARY(expm1, -5, 5, 1, 1);
  LIBRARY(log, 1e-30, 1e30, 1, 1);
  LIBRARY(log2, 1e-30, 1e30, 1, 1);
  LIBRARY(log10, 1e-30, 1e30, 1, 2);
  LIBRARY(log1p, -0.99, 10, 1, 1);
  LIBRARY(sqrt, 1e-30, 1e30, 0, 0);
  LIBRARY(cbrt, 1e-30, 1e30, 1, 1);
  LIBRARY(erf, -4, 4, 2, 2);
  LIBRARY(erfc, -3, 9, 5, 4);
  LIBRARY(tgamma, 0.5, 30, 10, 5);
  LIBRARY(lgamma, 3, 1e4, 4, 6);
  BOTH(rsqrt, 1e-30, 1e30, 1, 2, 1 / __builtin_sqrtl(X));
  BOTH(rcbrt, 1e-30, 1e30, 1, 1, 1 / __builtin_cbrtl(X));
  BOTH(exp10, -30, 30, 1, 2, __builtin_powl(10, X));
  BOTH(sinpi, -100, 100, 2, 1, __builtin_sinl(pi() * (X - 2 * __builtin_rintl(X / 2))));
  BOTH(cospi, -100, 100, 2, 1, __builtin_sinl(pi() * (0.5L - (X - 2 * __builtin_rintl(X / 2)))));
  BOTH(normcdf, -8, 8, 5, 5, __builtin_erfcl(-X / __builtin_sqrtl(2)) / 2);
  BOTH(erfcx, -3, 2, 4, 4, __builtin_expl(X * X) * __builtin_erfcl(X));
  BOTH(erfcx, 3, 30, 4, 4, scaled_erfc(X));
  BOTH(cyl_bessel_i0, -35, 35, 6, 6, bessel_i(0, __builtin_fabsl(X)));
  BOTH(cyl_bessel_i0, 38, 80, 6, 6, bessel_i(0, X));
  BOTH(cyl_bessel_i1, 0.5, 80, 6, 6, bessel_i(1, X));
  INVERSE(erfinv, double, -0.99999, 0.99999, 5, __builtin_erfl(X), 1);
  INVERSE(erfinvf, float, -0.99999f, 0.99999f, 2, __builtin_erfl(X), 1);
  INVERSE(erfcinv, double, 1e-300, 1.9, 6, __builtin_erfcl(X), -1);
  INVERSE(erfcinvf, float, 1e-37f, 1.9f, 4, __builtin_erfcl(X), -1);
  INVERSE(normcdfinv, double, 1e-300, 0.999, 8, (__builtin_erfcl(-X / __builtin_sqrtl(2)) / 2), 1);
  INVERSE(normcdfinvf, float, 1e-37f, 0.999f, 5, (__builtin_erfcl(-X / __builtin_sqrtl(2)) / 2), 1);

  // Fast functions: the guide allows two units and more with |x|, and three outside of [0.5, 2].
  FUNCTION(__expf, float, -104.0f, 88.7f, 2, __builtin_expl(X));
  FUNCTION(__expf, float, -1.0f, 1.0f, 2, __builtin_expl(X));
  FUNCTION(__logf, float, 1e-44f, 3e38f, 3, __builtin_logl(X));
  FUNCTION(__logf, float, 0.5f, 2.0f, 3, __builtin_logl(X));

  // Two and more arguments.
  range<double> numbers{{8}, -50, 50};
  for (int i = 0; i < 2000; ++i) {
    double x = numbers.next(), y = numbers.next(), z = numbers.next(), w = numbers.next(), p = fabs(x);
    float xf = static_cast<float>(x), yf = static_cast<float>(y), zf = static_cast<float>(z), wf = static_cast<float>(w);
    long double X = x, Y = y, P = p, XF = xf, YF = yf;
    CHECK(units(pow(p, y), __builtin_powl(P, Y)) <= 2.5L, "pow(%a, %a)", p, y);
    CHECK(units(powf(fabsf(xf), yf), __builtin_powl(__builtin_fabsl(XF), YF)) <= 4.5L, "powf(%a, %a)", xf, yf);
    CHECK(units(atan2(x, y), __builtin_atan2l(X, Y)) <= 2.5L && units(atan2f(xf, yf), __builtin_atan2l(XF, YF)) <= 3.5L, "atan2");
    CHECK(units(hypot(x, y), __builtin_hypotl(X, Y)) <= 2.5L && units(hypotf(xf, yf), __builtin_hypotl(XF, YF)) <= 3.5L, "hypot");
    CHECK(units(rhypot(x, y), 1 / __builtin_hypotl(X, Y)) <= 1.5L && units(rhypotf(xf, yf), 1 / __builtin_hypotl(XF, YF)) <= 2.5L, "rhypot");
    long double norm3 = __builtin_sqrtl(X * X + Y * Y + static_cast<long double>(z) * z), norm4 = __builtin_hypotl(norm3, w);
    CHECK(units(norm3d(x, y, z), norm3) <= 1.5L && units(rnorm4d(x, y, z, w), 1 / norm4) <= 1.5L, "norm3d, rnorm4d");
    long double norm4f_want = __builtin_sqrtl(XF * XF + YF * YF + static_cast<long double>(zf) * zf + static_cast<long double>(wf) * wf);
    CHECK(units(norm4df(xf, yf, zf, wf), norm4f_want) <= 3.5L, "norm4df");
    CHECK(fmod(x, y) == __builtin_fmodl(X, Y) && remainder(x, y) == __builtin_remainderl(X, Y), "fmod, remainder");
    CHECK(fma(x, y, z) == __builtin_fma(x, y, z) && fmaf(xf, yf, zf) == static_cast<float>(XF * YF + zf), "fma");
    double s, c;
    sincospi(x, &s, &c);
    CHECK(s == sinpi(x) && c == cospi(x), "sincospi");
    CHECK(units(__fdividef(xf, yf), XF / YF) <= 2, "fdividef");
  }

  // Special arguments.
  double inf = INFINITY;
  CHECK(isinf(rsqrt(0.0)) && rsqrt(inf) == 0 && isnan(rsqrt(-1.0)), "rsqrt");
  CHECK(sinpi(1e300) == 0 && cospi(1e300) == 1 && sinpi(2.0) == 0 && cospi(0.5) == 0 && isnan(sinpi(inf)), "sinpi, cospi");
  CHECK(erfinv(1.0) == inf && erfinv(-1.0) == -inf && isnan(erfinv(2.0)) && erfcinv(0.0) == inf && erfcinv(2.0) == -inf && erfcinv(1.0) == 0, "inverses");
  CHECK(normcdf(-inf) == 0 && normcdf(inf) == 1 && normcdfinv(0.5) == 0 && erfcx(inf) == 0 && erfcx(-inf) == inf, "normcdf, erfcx");
  CHECK(cyl_bessel_i0(0.0) == 1 && cyl_bessel_i1(-2.0) == -cyl_bessel_i1(2.0) && cyl_bessel_i0(inf) == inf, "Bessel");
  static_assert(sizeof(j0(1.0f)) == 4 && sizeof(j1(1.0f)) == 4 && sizeof(jn(2, 1.0f)) == 4 && sizeof(y0(1.0f)) == 4 && sizeof(y1(1.0f)) == 4 && sizeof(yn(2, 1.0f)) == 4);
  // DLMF 10.74, A&S tables 9.1 and 9.2.
  CHECK(units(j0(1.0f), 0.7651976865579665L) <= 9 && units(j1(1.0f), 0.4400505857449335L) <= 9 && units(jn(2, 1.0f), 0.1149034849319005L) <= 9 &&
            units(y0(1.0f), 0.0882569642156769L) <= 9 && units(y1(1.0f), -0.7812128213002887L) <= 9 && units(yn(2, 1.0f), -1.6506826068162544L) <= 9, "Bessel of floats");
  CHECK(norm3d(inf, nan(""), 1.0) == inf && norm3df(3e38f, 3e38f, 0.0f) == INFINITY && norm3d(1e300, 1e300, 0) == hypot(1e300, 1e300), "norms");
  CHECK(__saturatef(2.0f) == 1 && __saturatef(-1.0f) == 0 && __saturatef(nanf("")) == 0 && __saturatef(0.25f) == 0.25f, "saturate");
  CHECK(__fdividef(1.0f, 3e38f) == 0 && isnan(__fdividef(INFINITY, 3e38f)), "fdividef by much");
  CHECK(__expf(89.0f) == INFINITY && __expf(INFINITY) == INFINITY && __expf(-INFINITY) == 0 && __expf(0.0f) == 1 && isnan(__expf(nanf(""))), "expf");
  CHECK(__logf(0.0f) == -INFINITY && __logf(INFINITY) == INFINITY && __logf(1.0f) == 0 && isnan(__logf(-1.0f)) && isnan(__logf(nanf(""))), "logf");
  CHECK(min(3, 2u) == 2 && max(-1, 0u) == 0xffffffffu && max(-1ll, 2ll) == 2 && min(1.5f, 2.0) == 1.5 && max(nanf(""), 1.0f) == 1, "min, max");
  CHECK(abs(-3) == 3 && abs(-2.5) == 2.5 && std::abs(-2.5f) == 2.5f && llabs(-5ll) == 5, "abs");
  CHECK(isnan(nanf("")) && std::isinf(inf) && signbit(-0.0f) && isfinite(1.0) && !isnan(1), "classes");
  int e;
  float whole;
  CHECK(frexp(8.0f, &e) == 0.5f && e == 4 && frexp(-3.0, &e) == -0.75 && e == 2 && frexp(0x3p-1074, &e) == 0.75 && e == -1072 &&
            frexpf(-0x1p-149f, &e) == -0.5f && e == -148 && frexp(-inf, &e) == -inf && isnan(frexpf(nanf(""), &e)) && signbit(frexp(-0.0, &e)) && e == 0, "frexp");
  CHECK(modff(-2.75f, &whole) == -0.75f && whole == -2 && signbit(modff(-3.0f, &whole)) && whole == -3 && modff(-INFINITY, &whole) == 0 && whole == -INFINITY &&
            isnan(modff(nanf(""), &whole)) && isnan(whole) && modff(0x1p30f, &whole) == 0 && whole == 0x1p30f, "modf");
  CHECK(ldexp(0.5, 4) == 8 && modf(2.75f, &whole) == 0.75f && whole == 2 && ilogb(8.0) == 3, "parts");
  CHECK(nextafter(1.0, 2.0) == 1 + 0x1p-52 && copysign(1.0f, -2.0f) == -1 && fdim(3.0, 1.0) == 2 && llrint(2.5) == 2 && lround(2.5f) == 3, "others");
}
