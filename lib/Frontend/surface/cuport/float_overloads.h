// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Overloads in the global namespace that CUDA has on host and device: math on float, min and max of
// mixed types.

#ifndef CUPORT_FLOAT_OVERLOADS_H
#define CUPORT_FLOAT_OVERLOADS_H

#include <cuport/keywords.h>
#include <cuport/type_traits.h>

#undef fpclassify
#undef isfinite
#undef isgreater
#undef isgreaterequal
#undef isinf
#undef isless
#undef islessequal
#undef islessgreater
#undef isnan
#undef isnormal
#undef isunordered
#undef signbit

#define CUPORT_FLOAT_1(name)                                                                       \
  template <class T>                                                                               \
  __host__ __device__ constexpr typename cuport_surface::only_float<T>::type name(T);
CUPORT_FLOAT_1(acos)
CUPORT_FLOAT_1(acosh)
CUPORT_FLOAT_1(asin)
CUPORT_FLOAT_1(asinh)
CUPORT_FLOAT_1(atan)
CUPORT_FLOAT_1(atanh)
CUPORT_FLOAT_1(cbrt)
CUPORT_FLOAT_1(ceil)
CUPORT_FLOAT_1(cos)
CUPORT_FLOAT_1(cosh)
CUPORT_FLOAT_1(erf)
CUPORT_FLOAT_1(erfc)
CUPORT_FLOAT_1(exp)
CUPORT_FLOAT_1(exp2)
CUPORT_FLOAT_1(exp10)
CUPORT_FLOAT_1(expm1)
CUPORT_FLOAT_1(fabs)
CUPORT_FLOAT_1(floor)
CUPORT_FLOAT_1(j0)
CUPORT_FLOAT_1(j1)
CUPORT_FLOAT_1(lgamma)
CUPORT_FLOAT_1(log)
CUPORT_FLOAT_1(log10)
CUPORT_FLOAT_1(log1p)
CUPORT_FLOAT_1(log2)
CUPORT_FLOAT_1(logb)
CUPORT_FLOAT_1(nearbyint)
CUPORT_FLOAT_1(rint)
CUPORT_FLOAT_1(round)
CUPORT_FLOAT_1(sin)
CUPORT_FLOAT_1(sinh)
CUPORT_FLOAT_1(sqrt)
CUPORT_FLOAT_1(tan)
CUPORT_FLOAT_1(tanh)
CUPORT_FLOAT_1(tgamma)
CUPORT_FLOAT_1(trunc)
CUPORT_FLOAT_1(y0)
CUPORT_FLOAT_1(y1)
#undef CUPORT_FLOAT_1

#define CUPORT_FLOAT_2(name)                                                                       \
  template <class T>                                                                               \
  __host__ __device__ constexpr typename cuport_surface::only_float<T>::type name(T, T);
CUPORT_FLOAT_2(atan2)
CUPORT_FLOAT_2(copysign)
CUPORT_FLOAT_2(fdim)
CUPORT_FLOAT_2(fmax)
CUPORT_FLOAT_2(fmin)
CUPORT_FLOAT_2(fmod)
CUPORT_FLOAT_2(hypot)
CUPORT_FLOAT_2(nextafter)
CUPORT_FLOAT_2(pow)
CUPORT_FLOAT_2(remainder)
#undef CUPORT_FLOAT_2

template <class T>
__host__ __device__ constexpr typename cuport_surface::only_float<T>::type fma(T, T, T);
template <class T> __host__ __device__ typename cuport_surface::only_float<T>::type frexp(T, int *);
template <class T> __host__ __device__ typename cuport_surface::only_float<T>::type ldexp(T, int);
template <class T> __host__ __device__ typename cuport_surface::only_float<T>::type modf(T, T *);
template <class T> __host__ __device__ typename cuport_surface::only_float<T>::type scalbn(T, int);
template <class T> __host__ __device__ typename cuport_surface::only_float<T>::type jn(int, T);
template <class T> __host__ __device__ typename cuport_surface::only_float<T>::type yn(int, T);
template <class T>
__host__ __device__ typename cuport_surface::enable_if<cuport_surface::is_same<T, float>::value, void>::type sincos(T, T *, T *);

#define CUPORT_CLASSIFY(name)                                                                      \
  template <class T>                                                                               \
  __host__ __device__ constexpr                                                                    \
      typename cuport_surface::enable_if<__is_floating_point(T), bool>::type name(T);
CUPORT_CLASSIFY(isfinite)
CUPORT_CLASSIFY(isinf)
CUPORT_CLASSIFY(isnan)
CUPORT_CLASSIFY(isnormal)
CUPORT_CLASSIFY(signbit)
#undef CUPORT_CLASSIFY

/// Of int the C library has its own.
template <class T>
__host__ __device__ constexpr
    typename cuport_surface::enable_if<__is_floating_point(T) ||
                                           cuport_surface::is_same<T, long>::value ||
                                           cuport_surface::is_same<T, long long>::value,
                                       T>::type abs(T);

// As <cmath> does, which most code of this kind never includes.
namespace std {
using ::abs;
using ::acos;
using ::acosh;
using ::asin;
using ::asinh;
using ::atan;
using ::atan2;
using ::atanh;
using ::cbrt;
using ::ceil;
using ::copysign;
using ::cos;
using ::cosh;
using ::erf;
using ::erfc;
using ::exp;
using ::exp2;
using ::expm1;
using ::fabs;
using ::fdim;
using ::floor;
using ::fma;
using ::fmax;
using ::fmin;
using ::fmod;
using ::frexp;
using ::hypot;
using ::isfinite;
using ::isinf;
using ::isnan;
using ::isnormal;
using ::ldexp;
using ::lgamma;
using ::log;
using ::log10;
using ::log1p;
using ::log2;
using ::logb;
using ::modf;
using ::nearbyint;
using ::nextafter;
using ::pow;
using ::remainder;
using ::rint;
using ::round;
using ::signbit;
using ::sin;
using ::sinh;
using ::sqrt;
using ::tan;
using ::tanh;
using ::tgamma;
using ::trunc;
} // namespace std

template <class A, class B>
__host__ __device__ constexpr typename cuport_surface::common<A, B>::type min(A a, B b) {
  return a < b ? a : b;
}
template <class A, class B>
__host__ __device__ constexpr typename cuport_surface::common<A, B>::type max(A a, B b) {
  return a < b ? b : a;
}

#endif
