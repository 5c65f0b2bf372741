// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Level 2: matrix and vector.

#include "Cblas.h"
#include "Handle.h"

using namespace cuport;
using namespace cuport::blas;

extern "C" {
void csymv_(const char *, const int *, const cuComplex *, const cuComplex *, const int *, const cuComplex *, const int *,
            const cuComplex *, cuComplex *, const int *, size_t);
void zsymv_(const char *, const int *, const cuDoubleComplex *, const cuDoubleComplex *, const int *, const cuDoubleComplex *,
            const int *, const cuDoubleComplex *, cuDoubleComplex *, const int *, size_t);
}

namespace {

template <class T>
Status gemv(Call call, cublasOperation_t op, int64_t m, int64_t n, const T *alpha, const T *a, int64_t lda, const T *x, int64_t incx,
            const T *beta, T *y, int64_t incy) {
  CUPORT_CHECK(call, isOperation(op) && m >= 0 && n >= 0 && holds(lda, m) && incx && incy && alpha && beta, m, n, lda, incx, incy);
  auto first = call.scalar(alpha), second = call.scalar(beta);
  return call.enqueue([=] { cblas::gemv<T>(CblasColMajor, blasOperation(op), m, n, pass(first()), a, lda, x, incx, pass(second()), y, incy); });
}

template <class T>
Status gbmv(Call call, cublasOperation_t op, int64_t m, int64_t n, int64_t kl, int64_t ku, const T *alpha, const T *a, int64_t lda,
            const T *x, int64_t incx, const T *beta, T *y, int64_t incy) {
  CUPORT_CHECK(call, isOperation(op) && m >= 0 && n >= 0 && kl >= 0 && ku >= 0 && lda > kl + ku && incx && incy && alpha && beta, m, n,
               lda, incx, incy);
  auto first = call.scalar(alpha), second = call.scalar(beta);
  return call.enqueue(
      [=] { cblas::gbmv<T>(CblasColMajor, blasOperation(op), m, n, kl, ku, pass(first()), a, lda, x, incx, pass(second()), y, incy); });
}

/// \p function(n, x, ...) of a triangular matrix, stored in full, in bands or packed.
template <class Function>
Status triangular(Call call, cublasFillMode_t fill, cublasOperation_t op, cublasDiagType_t diagonal, int64_t n, bool valid, int64_t lda,
                  int64_t incx, Function function) {
  CUPORT_CHECK(call, isTriangle(fill) && isOperation(op) && isDiagonal(diagonal) && n >= 0 && valid && incx, n, lda, incx);
  return call.enqueue([=] { function(blasTriangle(fill), blasOperation(op), blasDiagonal(diagonal)); });
}

/// y = alpha A x + beta y of a symmetric or Hermitian matrix.
template <class T, class Function>
Status symmetric(Call call, cublasFillMode_t fill, int64_t n, const T *alpha, bool valid, int64_t lda, int64_t incx, const T *beta,
                 int64_t incy, Function function) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && valid && incx && incy && alpha && beta, n, lda, incx, incy);
  auto first = call.scalar(alpha), second = call.scalar(beta);
  return call.enqueue([=] { function(blasTriangle(fill), first(), second()); });
}

/// A matrix plus a product of vectors: ger, syr, her2 ...
template <class T, class Function>
Status update(Call call, bool valid, const T *alpha, int64_t m, int64_t n, int64_t lda, int64_t incx, int64_t incy, Function function) {
  CUPORT_CHECK(call, valid && m >= 0 && n >= 0 && incx && incy && alpha, m, n, lda, incx, incy);
  auto factor = call.scalar(alpha);
  return call.enqueue([=] { function(factor()); });
}

/// CBLAS has no symmetric matrix of complex numbers: LAPACK's.
template <class T>
void symmetricProduct(CBLAS_UPLO triangle, int n, const T &alpha, const T *a, int lda, const T *x, int incx, const T &beta, T *y, int incy) {
  const char *side = triangle == CblasLower ? "L" : "U";
  if constexpr (std::is_same_v<T, cuComplex>)
    csymv_(side, &n, &alpha, a, &lda, x, &incx, &beta, y, &incy, 1);
  else if constexpr (std::is_same_v<T, cuDoubleComplex>)
    zsymv_(side, &n, &alpha, a, &lda, x, &incx, &beta, y, &incy, 1);
  else
    cblas::symv<T>(CblasColMajor, triangle, n, alpha, a, lda, x, incx, beta, y, incy);
}

/// A += alpha x y^T + alpha y x^T; with \p once only the first, where y is x.
template <class T>
void symmetricUpdate(cublasFillMode_t fill, int64_t n, T alpha, const T *x, int64_t incx, const T *y, int64_t incy, T *a, int64_t lda,
                     bool once) {
  auto factor = number(alpha);
  const Number<T> *p = numbers(x) + (incx < 0 ? (1 - n) * incx : 0), *q = numbers(y) + (incy < 0 ? (1 - n) * incy : 0);
  Number<T> *matrix = numbers(a);
  for (int64_t j = 0; j < n; ++j)
    for (int64_t i = fill == CUBLAS_FILL_MODE_LOWER ? j : 0; i < (fill == CUBLAS_FILL_MODE_LOWER ? n : j + 1); ++i)
      matrix[i + j * lda] += factor * (p[i * incx] * q[j * incy] + (once ? Number<T>(0) : q[i * incy] * p[j * incx]));
}

} // namespace

#define CUPORT_ENTRIES "Level2.inc"
#include "EachWidth.inc"
