// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Level 3, matrix and matrix, and cuBLAS's own additions to it; products of many matrices of one type.

#include "Cblas.h"
#include "Handle.h"

#include <vector>

using namespace cuport;
using namespace cuport::blas;

namespace {

/// Rows that op(A) or, before it is turned, A has.
inline int64_t rowsOf(cublasOperation_t op, int64_t m, int64_t n) { return op == CUBLAS_OP_N ? m : n; }

struct Product {
  cublasOperation_t opA, opB;
  int64_t m, n, k, lda, ldb, ldc;
  bool valid() const {
    return isOperation(opA) && isOperation(opB) && m >= 0 && n >= 0 && k >= 0 && holds(lda, rowsOf(opA, m, k)) &&
           holds(ldb, rowsOf(opB, k, n)) && holds(ldc, m);
  }
  template <class T> void run(const T &alpha, const T *a, const T *b, const T &beta, T *c) const {
    cblas::gemm<T>(CblasColMajor, blasOperation(opA), blasOperation(opB), m, n, k, pass(alpha), a, lda, b, ldb, pass(beta), c, ldc);
  }
};

template <class T>
Status gemm(Call call, const Product &product, const T *alpha, const T *a, const T *b, const T *beta, T *c) {
  CUPORT_CHECK(call, product.valid() && alpha && beta, product.m, product.n, product.k, product.lda, product.ldb, product.ldc);
  auto first = call.scalar(alpha), second = call.scalar(beta);
  return call.enqueue([=] { product.run<T>(first(), a, b, second(), c); });
}

template <class T>
Status gemmBatched(Call call, const Product &product, const T *alpha, const T *const a[], const T *const b[], const T *beta,
                   T *const c[], int64_t count) {
  CUPORT_CHECK(call, product.valid() && alpha && beta && count >= 0, product.m, product.n, product.k, product.lda, product.ldb,
               product.ldc);
  auto first = call.scalar(alpha), second = call.scalar(beta);
  return call.enqueue([=] {
    for (int64_t i = 0; i < count; ++i)
      product.run<T>(first(), a[i], b[i], second(), c[i]);
  });
}

template <class T>
Status gemmStrided(Call call, const Product &product, const T *alpha, const T *a, int64_t strideA, const T *b, int64_t strideB,
                   const T *beta, T *c, int64_t strideC, int64_t count) {
  CUPORT_CHECK(call, product.valid() && alpha && beta && count >= 0, product.m, product.n, product.k, product.lda, product.ldb,
               product.ldc);
  auto first = call.scalar(alpha), second = call.scalar(beta);
  return call.enqueue([=] {
    for (int64_t i = 0; i < count; ++i)
      product.run<T>(first(), a + i * strideA, b + i * strideB, second(), c + i * strideC);
  });
}

/// symm, hemm: one side is symmetric. \p function(side, triangle, alpha, beta).
template <class T, class Function>
Status sided(Call call, cublasSideMode_t side, cublasFillMode_t fill, int64_t m, int64_t n, const T *alpha, int64_t lda, int64_t ldb,
             const T *beta, int64_t ldc, Function function) {
  CUPORT_CHECK(call, isSide(side) && isTriangle(fill) && m >= 0 && n >= 0 && holds(lda, side == CUBLAS_SIDE_LEFT ? m : n) &&
                         holds(ldb, m) && holds(ldc, m) && alpha && beta,
               m, n, lda, ldb, ldc);
  auto first = call.scalar(alpha), second = call.scalar(beta);
  return call.enqueue([=] { function(blasSide(side), blasTriangle(fill), first(), second()); });
}

/// syrk, herk, syr2k, her2k: a triangle of C. A symmetric one of complex numbers takes no conjugates, a Hermitian one nothing else.
template <class A, class B, class Function>
Status ranked(Call call, cublasFillMode_t fill, cublasOperation_t op, bool isValidOperation, int64_t n, int64_t k, const A *alpha, int64_t lda, int64_t ldb,
              const B *beta, int64_t ldc, Function function) {
  CUPORT_CHECK(call, isTriangle(fill) && isValidOperation && n >= 0 && k >= 0 && holds(lda, rowsOf(op, n, k)) &&
                         holds(ldb, rowsOf(op, n, k)) && holds(ldc, n) && alpha && beta,
               n, k, lda, ldb, ldc);
  auto first = call.scalar(alpha);
  auto second = call.scalar(beta);
  return call.enqueue([=] { function(first(), second()); });
}

template <class T> bool symmetricOperation(cublasOperation_t op) {
  return op == CUBLAS_OP_N || op == CUBLAS_OP_T || (op == CUBLAS_OP_C && !isComplex<T>);
}
inline bool hermitianOperation(cublasOperation_t op) { return op == CUBLAS_OP_N || op == CUBLAS_OP_C; }

/// The triangle of alpha op(A) op(B)^T + beta C, or ^H: syrkx, herkx.
template <bool Hermitian, class T>
void rankedProduct(cublasFillMode_t fill, cublasOperation_t op, int64_t n, int64_t k, const T &alpha, const T *a, int64_t lda, const T *b,
                   int64_t ldb, const T &beta, T *c, int64_t ldc) {
  std::vector<T> whole(n * n);
  constexpr cublasOperation_t Turned = Hermitian ? CUBLAS_OP_C : CUBLAS_OP_T;
  Product product{op == CUBLAS_OP_N ? CUBLAS_OP_N : Turned, op == CUBLAS_OP_N ? Turned : CUBLAS_OP_N, n, n, k, lda, ldb, std::max<int64_t>(n, 1)};
  product.run<T>(alpha, a, b, T{}, whole.data());
  Number<T> factor = number(beta);
  for (int64_t j = 0; j < n; ++j)
    for (int64_t i = fill == CUBLAS_FILL_MODE_LOWER ? j : 0; i < (fill == CUBLAS_FILL_MODE_LOWER ? n : j + 1); ++i) {
      Number<T> &place = numbers(c)[i + j * ldc];
      place = numbers(whole.data())[i + j * n] + (factor == Number<T>(0) ? Number<T>(0) : factor * place);
      if constexpr (Hermitian)
        if (i == j)
          place = place.real();
    }
}

inline cuComplex complexOf(float value) { return {value, 0}; }
inline cuDoubleComplex complexOf(double value) { return {value, 0}; }

struct Triangle {
  cublasSideMode_t side;
  cublasFillMode_t fill;
  cublasOperation_t op;
  cublasDiagType_t diagonal;
  int64_t m, n, lda, ldb;
  bool valid() const {
    return isSide(side) && isTriangle(fill) && isOperation(op) && isDiagonal(diagonal) && m >= 0 && n >= 0 &&
           holds(lda, side == CUBLAS_SIDE_LEFT ? m : n) && holds(ldb, m);
  }
  template <class T> void solve(const T &alpha, const T *a, T *b) const {
    cblas::trsm<T>(CblasColMajor, blasSide(side), blasTriangle(fill), blasOperation(op), blasDiagonal(diagonal), m, n, pass(alpha), a, lda,
                   b, ldb);
  }
};

template <class T> Status trsm(Call call, const Triangle &triangle, const T *alpha, const T *a, T *b) {
  CUPORT_CHECK(call, triangle.valid() && alpha, triangle.m, triangle.n, triangle.lda, triangle.ldb);
  auto factor = call.scalar(alpha);
  return call.enqueue([=] { triangle.solve<T>(factor(), a, b); });
}

template <class T>
Status trsmBatched(Call call, const Triangle &triangle, const T *alpha, const T *const a[], T *const b[], int64_t count) {
  CUPORT_CHECK(call, triangle.valid() && alpha && count >= 0, triangle.m, triangle.n, triangle.lda, triangle.ldb);
  auto factor = call.scalar(alpha);
  return call.enqueue([=] {
    for (int64_t i = 0; i < count; ++i)
      triangle.solve<T>(factor(), a[i], b[i]);
  });
}

/// Unlike CBLAS's, cuBLAS's has a result of its own, C.
template <class T> Status trmm(Call call, const Triangle &triangle, const T *alpha, const T *a, const T *b, T *c, int64_t ldc) {
  CUPORT_CHECK(call, triangle.valid() && holds(ldc, triangle.m) && alpha, triangle.m, triangle.n, triangle.lda, ldc);
  auto factor = call.scalar(alpha);
  return call.enqueue([=] {
    for (int64_t j = 0; j < triangle.n && b != c; ++j)
      for (int64_t i = 0; i < triangle.m; ++i)
        c[i + j * ldc] = b[i + j * triangle.ldb];
    cblas::trmm<T>(CblasColMajor, blasSide(triangle.side), blasTriangle(triangle.fill), blasOperation(triangle.op),
                   blasDiagonal(triangle.diagonal), triangle.m, triangle.n, pass(factor()), a, triangle.lda, c, ldc);
  });
}

/// An element of op(A).
template <class T> Number<T> element(cublasOperation_t op, const T *a, int64_t lda, int64_t i, int64_t j) {
  if (op == CUBLAS_OP_N)
    return numbers(a)[i + j * lda];
  Number<T> value = numbers(a)[j + i * lda];
  return op == CUBLAS_OP_C ? conjugate(value) : value;
}

/// C = alpha op(A) + beta op(B). A matrix whose factor is 0 is not read.
template <class T>
Status geam(Call call, cublasOperation_t opA, cublasOperation_t opB, int64_t m, int64_t n, const T *alpha, const T *a, int64_t lda,
            const T *beta, const T *b, int64_t ldb, T *c, int64_t ldc) {
  bool inPlace = (c != a || (lda == ldc && opA == CUBLAS_OP_N)) && (c != b || (ldb == ldc && opB == CUBLAS_OP_N));
  CUPORT_CHECK(call, isOperation(opA) && isOperation(opB) && m >= 0 && n >= 0 && holds(lda, rowsOf(opA, m, n)) &&
                         holds(ldb, rowsOf(opB, m, n)) && holds(ldc, m) && alpha && beta && inPlace,
               0);
  auto first = call.scalar(alpha), second = call.scalar(beta);
  return call.enqueue([=] {
    Number<T> x = number(first()), y = number(second());
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = 0; i < m; ++i) {
        Number<T> sum(0);
        if (x != Number<T>(0))
          sum += x * element(opA, a, lda, i, j);
        if (y != Number<T>(0))
          sum += y * element(opB, b, ldb, i, j);
        numbers(c)[i + j * ldc] = sum;
      }
  });
}

/// C = A diag(x) on the right, diag(x) A on the left.
template <class T>
Status dgmm(Call call, cublasSideMode_t side, int64_t m, int64_t n, const T *a, int64_t lda, const T *x, int64_t incx, T *c, int64_t ldc) {
  CUPORT_CHECK(call, isSide(side) && m >= 0 && n >= 0 && holds(lda, m) && holds(ldc, m), 0);
  return call.enqueue([=] {
    int64_t length = side == CUBLAS_SIDE_LEFT ? m : n;
    const Number<T> *diagonal = numbers(x) + (incx < 0 ? (1 - length) * incx : 0);
    for (int64_t j = 0; j < n; ++j)
      for (int64_t i = 0; i < m; ++i)
        numbers(c)[i + j * ldc] = numbers(a)[i + j * lda] * diagonal[(side == CUBLAS_SIDE_LEFT ? i : j) * incx];
  });
}

struct VectorProduct {
  cublasOperation_t op;
  int64_t m, n, lda, incx, incy;
  bool valid() const { return isOperation(op) && m >= 0 && n >= 0 && holds(lda, m) && incx && incy; }
  template <class T> void run(const T &alpha, const T *a, const T *x, const T &beta, T *y) const {
    cblas::gemv<T>(CblasColMajor, blasOperation(op), m, n, pass(alpha), a, lda, x, incx, pass(beta), y, incy);
  }
};

template <class T>
Status gemvBatched(Call call, const VectorProduct &product, const T *alpha, const T *const a[], const T *const x[], const T *beta,
                   T *const y[], int64_t count) {
  CUPORT_CHECK(call, product.valid() && alpha && beta && count >= 0, product.m, product.n, product.lda, product.incx, product.incy);
  auto first = call.scalar(alpha), second = call.scalar(beta);
  return call.enqueue([=] {
    for (int64_t i = 0; i < count; ++i)
      product.run<T>(first(), a[i], x[i], second(), y[i]);
  });
}

template <class T>
Status gemvStrided(Call call, const VectorProduct &product, const T *alpha, const T *a, int64_t strideA, const T *x, int64_t strideX,
                   const T *beta, T *y, int64_t strideY, int64_t count) {
  CUPORT_CHECK(call, product.valid() && alpha && beta && count >= 0, product.m, product.n, product.lda, product.incx, product.incy);
  auto first = call.scalar(alpha), second = call.scalar(beta);
  return call.enqueue([=] {
    for (int64_t i = 0; i < count; ++i)
      product.run<T>(first(), a + i * strideA, x + i * strideX, second(), y + i * strideY);
  });
}

} // namespace

#define CUPORT_ENTRIES "Level3.inc"
#include "EachWidth.inc"
