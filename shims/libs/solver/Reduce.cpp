// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Symmetric factors that need not be definite (Bunch and Kaufman's), and reductions to two and three diagonals.

#include "Dense.h"

#include <algorithm>

using namespace cuport;
using namespace cuport::solver;

namespace {

template <class T> Status sytrf(Call call, cublasFillMode_t fill, int n, T *a, int lda, int *pivots, int *info) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && holds(lda, n));
  if (!pivots) // cuSOLVER's factors without exchanges
    return call.unsupported();
  return call.enqueue([=] { give(info, lapacke::sytrf<T>(letter(fill), n, numbers(a), lda, pivots)); });
}

template <class T> Status sytri(Call call, cublasFillMode_t fill, int n, T *a, int lda, const int *pivots, int *info) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && holds(lda, n));
  return call.enqueue([=] { give(info, lapacke::sytri<T>(letter(fill), n, numbers(a), lda, pivots)); });
}

/// As many rows as columns or more, as cuSOLVER.
template <class T> Status gebrd(Call call, int m, int n, T *a, int lda, Part<T> *d, Part<T> *e, T *tauQ, T *tauP, int *info) {
  CUPORT_CHECK(call, n >= 0 && m >= n && holds(lda, m));
  return call.enqueue([=] { give(info, lapacke::gebrd<T>(m, n, numbers(a), lda, d, e, numbers(tauQ), numbers(tauP))); });
}

template <class T> Status orgbr(Call call, cublasSideMode_t side, int m, int n, int k, T *a, int lda, const T *tau, int *info) {
  CUPORT_CHECK(call, isSide(side) && m >= 0 && n >= 0 && k >= 0 && holds(lda, m));
  return call.enqueue([=] { give(info, lapacke::orgbr<T>(side == CUBLAS_SIDE_LEFT ? 'Q' : 'P', m, n, k, numbers(a), lda, numbers(tau))); });
}

template <class T> Status sytrd(Call call, cublasFillMode_t fill, int n, T *a, int lda, Part<T> *d, Part<T> *e, T *tau, int *info) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && holds(lda, n));
  return call.enqueue([=] { give(info, lapacke::sytrd<T>(letter(fill), n, numbers(a), lda, d, e, numbers(tau))); });
}

template <class T> Status orgtr(Call call, cublasFillMode_t fill, int n, T *a, int lda, const T *tau, int *info) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && holds(lda, n));
  return call.enqueue([=] { give(info, lapacke::orgtr<T>(letter(fill), n, numbers(a), lda, numbers(tau))); });
}

template <class T>
Status ormtr(Call call, cublasSideMode_t side, cublasFillMode_t fill, cublasOperation_t operation, int m, int n, const T *a, int lda, const T *tau,
             T *c, int ldc, int *info) {
  bool isValid = isSide(side) && isTriangle(fill) && isOperation(operation) && (operation == CUBLAS_OP_N || isComplex<T> == (operation == CUBLAS_OP_C));
  CUPORT_CHECK(call, isValid && m >= 0 && n >= 0 && holds(lda, side == CUBLAS_SIDE_LEFT ? m : n) && holds(ldc, m));
  return call.enqueue([=] {
    give(info, lapacke::ormtr<T>(side == CUBLAS_SIDE_LEFT ? 'L' : 'R', letter(fill), letter(operation), m, n, numbers(a), lda, numbers(tau),
                                 numbers(c), ldc));
  });
}

} // namespace

#define CALL(name) Call{handle, "cusolverDn" #name}
#define SIZE(name, ...)                                                                                                  \
  cusolverStatus_t cusolverDn##name##_bufferSize(cusolverDnHandle_t handle, __VA_ARGS__, int *size) {                    \
    CUPORT_CHECK(CALL(name), size);                                                                                      \
    *size = smallWork;                                                                                                   \
    return CUSOLVER_STATUS_SUCCESS;                                                                                      \
  }

#define FUNCTIONS(L, T, Q, S)                                                                                            \
  SIZE(L##sytrf, int, T *, int)                                                                                          \
  SIZE(L##sytri, cublasFillMode_t, int, T *, int, const int *)                                                           \
  SIZE(L##gebrd, int, int)                                                                                               \
  SIZE(L##Q##gbr, cublasSideMode_t, int, int, int, const T *, int, const T *)                                            \
  SIZE(L##S##trd, cublasFillMode_t, int, const T *, int, const Part<T> *, const Part<T> *, const T *)                    \
  SIZE(L##Q##gtr, cublasFillMode_t, int, const T *, int, const T *)                                                      \
  SIZE(L##Q##mtr, cublasSideMode_t, cublasFillMode_t, cublasOperation_t, int, int, const T *, int, const T *, const T *, int)              \
  cusolverStatus_t cusolverDn##L##sytrf(cusolverDnHandle_t handle, cublasFillMode_t fill, int n, T *a, int lda, int *pivots, T *, int,     \
                                        int *info) {                                                                     \
    return sytrf<T>(CALL(L##sytrf), fill, n, a, lda, pivots, info);                                                      \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##sytri(cusolverDnHandle_t handle, cublasFillMode_t fill, int n, T *a, int lda, const int *pivots, T *,    \
                                        int, int *info) {                                                                \
    return sytri<T>(CALL(L##sytri), fill, n, a, lda, pivots, info);                                                      \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##gebrd(cusolverDnHandle_t handle, int m, int n, T *a, int lda, Part<T> *d, Part<T> *e, T *tauQ, T *tauP,  \
                                        T *, int, int *info) {                                                           \
    return gebrd<T>(CALL(L##gebrd), m, n, a, lda, d, e, tauQ, tauP, info);                                               \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##Q##gbr(cusolverDnHandle_t handle, cublasSideMode_t side, int m, int n, int k, T *a, int lda,             \
                                         const T *tau, T *, int, int *info) {                                            \
    return orgbr<T>(CALL(L##Q##gbr), side, m, n, k, a, lda, tau, info);                                                  \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##S##trd(cusolverDnHandle_t handle, cublasFillMode_t fill, int n, T *a, int lda, Part<T> *d, Part<T> *e,   \
                                         T *tau, T *, int, int *info) {                                                  \
    return sytrd<T>(CALL(L##S##trd), fill, n, a, lda, d, e, tau, info);                                                  \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##Q##gtr(cusolverDnHandle_t handle, cublasFillMode_t fill, int n, T *a, int lda, const T *tau, T *, int,   \
                                         int *info) {                                                                    \
    return orgtr<T>(CALL(L##Q##gtr), fill, n, a, lda, tau, info);                                                        \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##Q##mtr(cusolverDnHandle_t handle, cublasSideMode_t side, cublasFillMode_t fill,                          \
                                         cublasOperation_t operation, int m, int n, T *a, int lda, T *tau, T *c, int ldc, T *, int,        \
                                         int *info) {                                                                    \
    return ormtr<T>(CALL(L##Q##mtr), side, fill, operation, m, n, a, lda, tau, c, ldc, info);                            \
  }
FUNCTIONS(S, float, or, sy)
FUNCTIONS(D, double, or, sy)
FUNCTIONS(C, cuComplex, un, he)
FUNCTIONS(Z, cuDoubleComplex, un, he)
