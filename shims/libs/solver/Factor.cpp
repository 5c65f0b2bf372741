// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Factors and solutions: LU, Cholesky's, QR. The information for the device is LAPACK's: 0, or which pivot or minor failed.

#include "Dense.h"

#include <vector>

using namespace cuport;
using namespace cuport::solver;

namespace {

template <class T> Status potrfBatched(Call call, cublasFillMode_t fill, int n, T *const a[], int lda, int *info, int count) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && holds(lda, n) && info && count >= 0);
  return call.enqueue([=] {
    for (int i = 0; i < count; ++i)
      info[i] = lapacke::potrf<T>(letter(fill), n, numbers(a[i]), lda);
  });
}

/// cuSOLVER takes one right side of each. \p info is one number, about the arguments.
template <class T>
Status potrsBatched(Call call, cublasFillMode_t fill, int n, int columns, T *const a[], int lda, T *const b[], int ldb, int *info, int count) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && columns == 1 && holds(lda, n) && holds(ldb, n) && count >= 0);
  return call.enqueue([=] {
    for (int i = 0; i < count; ++i)
      lapacke::potrs<T>(letter(fill), n, columns, numbers(a[i]), lda, numbers(b[i]), ldb);
    give(info, 0);
  });
}

/// U U^H or L^H L, in the triangle's place.
template <class T> Status lauum(Call call, cublasFillMode_t fill, int n, T *a, int lda, int *info) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && holds(lda, n));
  return call.enqueue([=] { give(info, lapacke::lauum<T>(letter(fill), n, numbers(a), lda)); });
}

/// Exchanges of rows first to last, from 1, each with the row that its pivot says; the last first where the step is below 0.
template <class T> Status laswp(Call call, int n, T *a, int lda, int first, int last, const int *pivots, int step) {
  CUPORT_CHECK(call, n >= 0 && first >= 1 && last >= first && lda >= last && pivots && step);
  return call.enqueue([=] {
    for (int i = 0; i <= last - first; ++i) {
      int64_t row = step > 0 ? first + i : last - i;
      int64_t place = step > 0 ? first + int64_t(i) * step : first + int64_t(first - last + i) * step;
      for (int64_t j = 0; j < n && pivots[place - 1] != row; ++j)
        std::swap(a[row - 1 + j * lda], a[pivots[place - 1] - 1 + j * lda]);
    }
  });
}

template <class T> Status potri(Call call, cublasFillMode_t fill, int n, T *a, int lda, int *info) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && holds(lda, n));
  return call.enqueue([=] { give(info, lapacke::potri<T>(letter(fill), n, numbers(a), lda)); });
}

template <class T> Status orgqr(Call call, int m, int n, int k, T *a, int lda, const T *tau, int *info) {
  CUPORT_CHECK(call, m >= 0 && n >= 0 && n <= m && k >= 0 && k <= n && holds(lda, m));
  return call.enqueue([=] { give(info, lapacke::orgqr<T>(m, n, k, numbers(a), lda, numbers(tau))); });
}

template <class T>
Status ormqr(Call call, cublasSideMode_t side, cublasOperation_t operation, int m, int n, int k, const T *a, int lda, const T *tau, T *c, int ldc, int *info) {
  bool isLeft = side == CUBLAS_SIDE_LEFT;
  int order = isLeft ? m : n;
  // What is turned of a complex matrix is conjugated.
  bool isValid = (isLeft || side == CUBLAS_SIDE_RIGHT) && isOperation(operation) && (operation == CUBLAS_OP_N || isComplex<T> == (operation == CUBLAS_OP_C));
  CUPORT_CHECK(call, isValid && m >= 0 && n >= 0 && k >= 0 && k <= order && holds(lda, order) && holds(ldc, m));
  return call.enqueue([=] {
    give(info, lapacke::ormqr<T>(isLeft ? 'L' : 'R', letter(operation), m, n, k, numbers(a), lda, numbers(tau), numbers(c), ldc));
  });
}

} // namespace

#define CALL(name) Call{handle, "cusolverDn" #name}

/// The size of a work space that is not needed.
#define SIZE(name, valid, ...)                                                                                           \
  cusolverStatus_t cusolverDn##name##_bufferSize(cusolverDnHandle_t handle, __VA_ARGS__, int *size) {                    \
    CUPORT_CHECK(CALL(name), (valid) && size);                                                                           \
    *size = smallWork;                                                                                                   \
    return CUSOLVER_STATUS_SUCCESS;                                                                                      \
  }

#define FUNCTIONS(L, T, Q)                                                                                               \
  SIZE(L##getrf, m >= 0 && n >= 0 && holds(lda, m), int m, int n, T *, int lda)                                          \
  SIZE(L##potrf, isTriangle(fill) && n >= 0 && holds(lda, n), cublasFillMode_t fill, int n, T *, int lda)                \
  SIZE(L##potri, isTriangle(fill) && n >= 0 && holds(lda, n), cublasFillMode_t fill, int n, T *, int lda)                \
  SIZE(L##lauum, isTriangle(fill) && n >= 0 && holds(lda, n), cublasFillMode_t fill, int n, T *, int lda)                \
  SIZE(L##geqrf, m >= 0 && n >= 0 && holds(lda, m), int m, int n, T *, int lda)                                          \
  SIZE(L##Q##gqr, m >= 0 && n >= 0 && holds(lda, m), int m, int n, int, const T *, int lda, const T *)                   \
  SIZE(L##Q##mqr, m >= 0 && n >= 0 && holds(ldc, m), cublasSideMode_t, cublasOperation_t, int m, int n, int, const T *, int, const T *, const T *, int ldc)  \
  cusolverStatus_t cusolverDn##L##getrf(cusolverDnHandle_t handle, int m, int n, T *a, int lda, T *, int *pivots, int *info) {             \
    return getrf<T>(CALL(L##getrf), m, n, a, lda, pivots, info);                                                         \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##getrs(cusolverDnHandle_t handle, cublasOperation_t operation, int n, int columns, const T *a, int lda,   \
                                        const int *pivots, T *b, int ldb, int *info) {                                   \
    return getrs<T>(CALL(L##getrs), operation, n, columns, a, lda, pivots, b, ldb, info);                                \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##potrf(cusolverDnHandle_t handle, cublasFillMode_t fill, int n, T *a, int lda, T *, int, int *info) {     \
    return potrf<T>(CALL(L##potrf), fill, n, a, lda, info);                                                              \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##potrs(cusolverDnHandle_t handle, cublasFillMode_t fill, int n, int columns, const T *a, int lda, T *b,   \
                                        int ldb, int *info) {                                                            \
    return potrs<T>(CALL(L##potrs), fill, n, columns, a, lda, b, ldb, info);                                             \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##potri(cusolverDnHandle_t handle, cublasFillMode_t fill, int n, T *a, int lda, T *, int, int *info) {     \
    return potri<T>(CALL(L##potri), fill, n, a, lda, info);                                                              \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##lauum(cusolverDnHandle_t handle, cublasFillMode_t fill, int n, T *a, int lda, T *, int, int *info) {     \
    return lauum<T>(CALL(L##lauum), fill, n, a, lda, info);                                                              \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##laswp(cusolverDnHandle_t handle, int n, T *a, int lda, int first, int last, const int *pivots,           \
                                        int step) {                                                                      \
    return laswp<T>(CALL(L##laswp), n, a, lda, first, last, pivots, step);                                               \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##potrfBatched(cusolverDnHandle_t handle, cublasFillMode_t fill, int n, T *a[], int lda, int *info,        \
                                               int count) {                                                              \
    return potrfBatched<T>(CALL(L##potrfBatched), fill, n, a, lda, info, count);                                         \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##potrsBatched(cusolverDnHandle_t handle, cublasFillMode_t fill, int n, int columns, T *a[], int lda,      \
                                               T *b[], int ldb, int *info, int count) {                                  \
    return potrsBatched<T>(CALL(L##potrsBatched), fill, n, columns, a, lda, b, ldb, info, count);                        \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##geqrf(cusolverDnHandle_t handle, int m, int n, T *a, int lda, T *tau, T *, int, int *info) {             \
    return geqrf<T>(CALL(L##geqrf), m, n, a, lda, tau, info);                                                            \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##Q##gqr(cusolverDnHandle_t handle, int m, int n, int k, T *a, int lda, const T *tau, T *, int, int *info) { \
    return orgqr<T>(CALL(L##Q##gqr), m, n, k, a, lda, tau, info);                                                        \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##Q##mqr(cusolverDnHandle_t handle, cublasSideMode_t side, cublasOperation_t operation, int m, int n,      \
                                         int k, const T *a, int lda, const T *tau, T *c, int ldc, T *, int, int *info) { \
    return ormqr<T>(CALL(L##Q##mqr), side, operation, m, n, k, a, lda, tau, c, ldc, info);                               \
  }
FUNCTIONS(S, float, or)
FUNCTIONS(D, double, or)
FUNCTIONS(C, cuComplex, un)
FUNCTIONS(Z, cuDoubleComplex, un)
