// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Level 1: vectors. Indices count from 1.

#include "Cblas.h"
#include "Handle.h"

using namespace cuport;
using namespace cuport::blas;

namespace {

template <class T> Status axpy(Call call, int64_t n, const T *alpha, const T *x, int64_t incx, T *y, int64_t incy) {
  CUPORT_CHECK(call, alpha, n, incx, incy);
  auto factor = call.scalar(alpha);
  return call.enqueue([=] { cblas::axpy<T>(n, pass(factor()), x, incx, y, incy); });
}

template <class T> Status copy(Call call, int64_t n, const T *x, int64_t incx, T *y, int64_t incy) {
  CUPORT_CHECK(call, true, n, incx, incy);
  return call.enqueue([=] { cblas::copy<T>(n, x, incx, y, incy); });
}

template <class T> Status swap(Call call, int64_t n, T *x, int64_t incx, T *y, int64_t incy) {
  CUPORT_CHECK(call, true, n, incx, incy);
  return call.enqueue([=] { cblas::swap<T>(n, x, incx, y, incy); });
}

/// The factor may be of the parts' type. By an own loop: with a factor of 0 OpenBLAS writes 0 where NaN is due.
template <class T, class Factor> Status scal(Call call, int64_t n, const Factor *alpha, T *x, int64_t incx) {
  CUPORT_CHECK(call, alpha, n);
  auto factor = call.scalar(alpha);
  return call.enqueue([=] {
    auto by = number(factor());
    for (int64_t i = 0; incx > 0 && i < n; ++i)
      numbers(x)[i * incx] *= by;
  });
}

template <class T> Status nrm2(Call call, int64_t n, const T *x, int64_t incx, Part<T> *result) {
  CUPORT_CHECK(call, result, n, incx);
  return call.result([=] { *result = n > 0 && incx > 0 ? cblas::nrm2(n, x, incx) : 0; });
}

template <class T> Status asum(Call call, int64_t n, const T *x, int64_t incx, Part<T> *result) {
  CUPORT_CHECK(call, result, n, incx);
  return call.result([=] { *result = n > 0 && incx > 0 ? cblas::asum(n, x, incx) : 0; });
}

template <class T> Status dot(Call call, int64_t n, const T *x, int64_t incx, const T *y, int64_t incy, T *result) {
  CUPORT_CHECK(call, result, n, incx, incy);
  return call.result([=] { *result = cblas::dot<T>(n, x, incx, y, incy); });
}

template <class T> Status dotu(Call call, int64_t n, const T *x, int64_t incx, const T *y, int64_t incy, T *result) {
  CUPORT_CHECK(call, result, n, incx, incy);
  return call.result([=] { cblas::dotu_sub<T>(n, x, incx, y, incy, result); });
}

template <class T> Status dotc(Call call, int64_t n, const T *x, int64_t incx, const T *y, int64_t incy, T *result) {
  CUPORT_CHECK(call, result, n, incx, incy);
  return call.result([=] { cblas::dotc_sub<T>(n, x, incx, y, incy, result); });
}

inline float size(float x) { return std::abs(x); }
inline double size(double x) { return std::abs(x); }
template <class T> T size(std::complex<T> x) { return std::abs(x.real()) + std::abs(x.imag()); }

/// The first of the largest, or the smallest. 0 where there is none.
template <bool Smallest, class T, class Index> Status extreme(Call call, int64_t n, const T *x, int64_t incx, Index *result) {
  CUPORT_CHECK(call, result, 0);
  return call.result([=] {
    const Number<T> *values = numbers(x);
    int64_t best = 0;
    for (int64_t i = 1; incx > 0 && i < n; ++i) {
      auto value = size(values[i * incx]), so_far = size(values[best * incx]);
      if (Smallest ? value < so_far : value > so_far)
        best = i;
    }
    *result = n > 0 && incx > 0 ? Index(best + 1) : 0;
  });
}

template <class T, class Sine> Status rot(Call call, int64_t n, T *x, int64_t incx, T *y, int64_t incy, const Part<T> *c, const Sine *s) {
  CUPORT_CHECK(call, c && s, 0);
  auto cosine = call.scalar(c);
  auto sine = call.scalar(s);
  return call.enqueue([=] {
    auto a = cosine();
    auto b = number(sine());
    // A negative increment begins at the end.
    Number<T> *p = numbers(x) + (incx < 0 ? (1 - n) * incx : 0), *q = numbers(y) + (incy < 0 ? (1 - n) * incy : 0);
    for (int64_t i = 0; i < n; ++i, p += incx, q += incy) {
      Number<T> first = a * *p + b * *q;
      *q = a * *q - conjugate(b) * *p;
      *p = first;
    }
  });
}

template <class T, class Sine> Status rotg(Call call, T *a, T *b, Part<T> *c, Sine *s) {
  CUPORT_CHECK(call, a && b && c && s, 0);
  return call.result([=] { cblas::rotg<T>(a, b, c, s); });
}

template <class T> Status rotm(Call call, int64_t n, T *x, int64_t incx, T *y, int64_t incy, const T *parameters) {
  CUPORT_CHECK(call, parameters, n, incx, incy);
  struct Parameters {
    T values[5];
  };
  auto given = call.scalar(reinterpret_cast<const Parameters *>(parameters));
  return call.enqueue([=] {
    Parameters p = given();
    cblas::rotm<T>(n, x, incx, y, incy, p.values);
  });
}

template <class T> Status rotmg(Call call, T *d1, T *d2, T *x1, const T *y1, T *parameters) {
  CUPORT_CHECK(call, d1 && d2 && x1 && y1 && parameters, 0);
  auto y = call.scalar(y1);
  return call.result([=] { cblas::rotmg<T>(d1, d2, x1, y(), parameters); });
}

} // namespace

#define ROTG(L, T, S)                                                                                                    \
  cublasStatus_t cublas##L##rotg_v2(cublasHandle_t handle, T *a, T *b, Part<T> *c, S *s) {                               \
    return rotg<T, S>(CALL(L##rotg), a, b, c, s);                                                                        \
  }
#define ROTMG(L, T)                                                                                                      \
  cublasStatus_t cublas##L##rotmg_v2(cublasHandle_t handle, T *d1, T *d2, T *x1, const T *y1, T *parameters) {           \
    return rotmg<T>(CALL(L##rotmg), d1, d2, x1, y1, parameters);                                                         \
  }

#define CUPORT_ENTRIES "Level1.inc"
#include "EachWidth.inc"

ROTG(S, float, float)
ROTG(D, double, double)
ROTG(C, cuComplex, cuComplex)
ROTG(Z, cuDoubleComplex, cuDoubleComplex)
CUPORT_REAL_TYPES(ROTMG)
