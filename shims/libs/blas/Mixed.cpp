// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Products and vectors whose types are told by numbers (cudaDataType), half and bfloat16 among them.
//
//   A, B of some type --> float (double for products of integers, which it holds exactly) --> CBLAS --> the type of C
//
// Where all types are CBLAS's own nothing is converted. C is not read where beta is 0.

#include "Handle.h"
#include "Types.h"

#include <algorithm>

using namespace cuport;
using namespace cuport::blas;

namespace {

struct Product {
  cublasOperation_t opA, opB;
  int64_t m, n, k;
  cudaDataType typeA, typeB, typeC, typeScalar;
  int64_t lda, ldb, ldc;

  bool valid() const {
    return isOperation(opA) && isOperation(opB) && m >= 0 && n >= 0 && k >= 0 && holds(lda, opA == CUBLAS_OP_N ? m : k) &&
           holds(ldb, opB == CUBLAS_OP_N ? k : n) && holds(ldc, m);
  }
  /// One of CBLAS's types for all.
  bool isPlain() const {
    return typeA == typeB && typeB == typeC && typeC == typeScalar && isOfCblas(typeA);
  }
  bool supported() const { return isPlain() || isProductOfTypes(typeScalar, typeA, typeB, typeC); }

  void run(const AnyScalar &alpha, const void *a, const void *b, const AnyScalar &beta, void *c) const {
    if (!isPlain())
      return typeA == CUDA_R_8I ? runAs<double>(alpha, a, b, beta, c) : runAs<float>(alpha, a, b, beta, c);
    switch (typeA) {
    case CUDA_R_32F: return runPlain<float>(alpha, a, b, beta, c);
    case CUDA_R_64F: return runPlain<double>(alpha, a, b, beta, c);
    case CUDA_C_32F: return runPlain<cuComplex>(alpha, a, b, beta, c);
    default: return runPlain<cuDoubleComplex>(alpha, a, b, beta, c);
    }
  }

private:
  template <class T> void runPlain(const AnyScalar &alpha, const void *a, const void *b, const AnyScalar &beta, void *c) const {
    T first = alpha.as<T>(), second = beta.as<T>();
    cblas::gemm<T>(CblasColMajor, blasOperation(opA), blasOperation(opB), m, n, k, pass(first), static_cast<const T *>(a), lda,
                   static_cast<const T *>(b), ldb, pass(second), static_cast<T *>(c), ldc);
  }
  template <class T> void runAs(const AnyScalar &alpha, const void *a, const void *b, const AnyScalar &beta, void *c) const {
    if (!m || !n)
      return;
    T first{}, second{};
    withType(typeScalar, [&]<class S>(Type<S>) {
      first = convert<T>(alpha.as<S>());
      second = convert<T>(beta.as<S>());
    });
    int64_t rowsA = opA == CUBLAS_OP_N ? m : k, rowsB = opB == CUBLAS_OP_N ? k : n;
    std::vector<T> x = loadMatrix<T>(a, typeA, rowsA, m + k - rowsA, lda), y = loadMatrix<T>(b, typeB, rowsB, n + k - rowsB, ldb);
    std::vector<T> z = second != T(0) ? loadMatrix<T>(c, typeC, m, n, ldc) : std::vector<T>(m * n);
    if (k)
      cblas::gemm<T>(CblasColMajor, blasOperation(opA), blasOperation(opB), m, n, k, first, x.data(), rowsA, y.data(), rowsB, second,
                     z.data(), m);
    else
      for (T &value : z)
        value *= second;
    withType(typeC, [&]<class C>(Type<C>) {
      for (int64_t j = 0; j < n; ++j)
        for (int64_t i = 0; i < m; ++i)
          static_cast<C *>(c)[i + j * ldc] = convert<C>(z[i + j * m]);
    });
  }
};

#define CHECK_PRODUCT(more)                                                                                              \
  CUPORT_CHECK(call, product.valid() && alpha && beta && (more), product.m, product.n, product.k, product.lda,           \
               product.ldb, product.ldc);                                                                                \
  if (!product.supported())                                                                                              \
    return call.unsupported();                                                                                           \
  AnyScalar first = call.scalar(alpha, sizeOf(product.typeScalar)), second = call.scalar(beta, sizeOf(product.typeScalar))

Status gemm(Call call, const Product &product, const void *alpha, const void *a, const void *b, const void *beta, void *c) {
  CHECK_PRODUCT(true);
  return call.enqueue([=] { product.run(first, a, b, second, c); });
}

Status gemmBatched(Call call, const Product &product, const void *alpha, const void *const a[], const void *const b[], const void *beta,
                   void *const c[], int64_t count) {
  CHECK_PRODUCT(count >= 0);
  return call.enqueue([=] {
    for (int64_t i = 0; i < count; ++i)
      product.run(first, a[i], b[i], second, c[i]);
  });
}

Status gemmStrided(Call call, const Product &product, const void *alpha, const void *a, int64_t strideA, const void *b, int64_t strideB,
                   const void *beta, void *c, int64_t strideC, int64_t count) {
  CHECK_PRODUCT(count >= 0);
  int64_t stepA = strideA * sizeOf(product.typeA), stepB = strideB * sizeOf(product.typeB), stepC = strideC * sizeOf(product.typeC);
  return call.enqueue([=] {
    for (int64_t i = 0; i < count; ++i)
      product.run(first, static_cast<const char *>(a) + i * stepA, static_cast<const char *>(b) + i * stepB, second,
                  static_cast<char *>(c) + i * stepC);
  });
}
#undef CHECK_PRODUCT

/// Groups of products, of which each has its sizes and its factors, on the host; the matrices of all groups stand in one list.
template <class N> struct Groups {
  const cublasOperation_t *opA, *opB;
  const N *m, *n, *k, *lda, *ldb, *ldc, *size;
  cudaDataType typeA, typeB, typeC, typeScalar;

  Product product(int64_t i) const {
    return {opA[i], opB[i], m[i], n[i], k[i], typeA, typeB, typeC, typeScalar, lda[i], ldb[i], ldc[i]};
  }
};

template <class N>
Status gemmGrouped(Call call, const Groups<N> &groups, int64_t count, const void *alpha, const void *const a[], const void *const b[],
                   const void *beta, void *const c[]) {
  CUPORT_CHECK(call, count >= 0 && alpha && beta && call.hostScalars(), 0);
  const int64_t step = sizeOf(groups.typeScalar);
  for (int64_t i = 0, first = 0; i < count; first += groups.size[i++])
    if (Status status = gemmBatched(call, groups.product(i), static_cast<const char *>(alpha) + i * step, a + first, b + first,
                                    static_cast<const char *>(beta) + i * step, c + first, groups.size[i]))
      return status;
  return CUBLAS_STATUS_SUCCESS;
}

/// Vectors, calculated in double, or in complex numbers of them where one is complex.
using Complex = std::complex<double>;
bool isComplexType(cudaDataType type) { return type == CUDA_C_32F || type == CUDA_C_64F; }
bool isNumber(cudaDataType type) { return isComplexType(type) || withType(type, [](auto) {}); }

template <class W> W get(const void *place, cudaDataType type, int64_t index) {
  if constexpr (std::is_same_v<W, Complex>) {
    if (type == CUDA_C_32F)
      return numbers(static_cast<const cuComplex *>(place))[index];
    if (type == CUDA_C_64F)
      return numbers(static_cast<const cuDoubleComplex *>(place))[index];
  }
  return load<double>(place, type, index);
}
template <class W> W get(const AnyScalar &scalar, cudaDataType type) {
  return get<W>(scalar.place ? scalar.place : scalar.value, type, 0);
}

template <class W> void put(W value, void *place, cudaDataType type, int64_t index) {
  if (type == CUDA_C_32F)
    numbers(static_cast<cuComplex *>(place))[index] = std::complex<float>(value);
  else if (type == CUDA_C_64F)
    numbers(static_cast<cuDoubleComplex *>(place))[index] = value;
  else
    store(std::real(value), place, type, index);
}

template <class Body> void calculate(std::initializer_list<cudaDataType> types, const Body &body) {
  if (std::any_of(types.begin(), types.end(), isComplexType))
    body(Type<Complex>());
  else
    body(Type<double>());
}

#define CHECK_NUMBERS(valid, ...)                                                                                        \
  CUPORT_CHECK(call, valid, 0);                                                                                          \
  for (cudaDataType type : {__VA_ARGS__})                                                                                \
    if (!isNumber(type))                                                                                                 \
  return call.unsupported()

int64_t begin(int64_t n, int64_t increment) { return increment < 0 ? (1 - n) * increment : 0; }

Status axpyEx(Call call, int64_t n, const void *alpha, cudaDataType alphaType, const void *x, cudaDataType xType, int64_t incx, void *y,
              cudaDataType yType, int64_t incy) {
  CHECK_NUMBERS(alpha, alphaType, xType, yType);
  AnyScalar factor = call.scalar(alpha, sizeOf(alphaType));
  return call.enqueue([=] {
    calculate({alphaType, xType, yType}, [=]<class W>(Type<W>) {
      W by = get<W>(factor, alphaType);
      for (int64_t i = 0, p = begin(n, incx), q = begin(n, incy); i < n; ++i, p += incx, q += incy)
        put(by * get<W>(x, xType, p) + get<W>(y, yType, q), y, yType, q);
    });
  });
}

Status scalEx(Call call, int64_t n, const void *alpha, cudaDataType alphaType, void *x, cudaDataType xType, int64_t incx) {
  CHECK_NUMBERS(alpha, alphaType, xType);
  AnyScalar factor = call.scalar(alpha, sizeOf(alphaType));
  return call.enqueue([=] {
    calculate({alphaType, xType}, [=]<class W>(Type<W>) {
      W by = get<W>(factor, alphaType);
      for (int64_t i = 0; incx > 0 && i < n; ++i)
        put(by * get<W>(x, xType, i * incx), x, xType, i * incx);
    });
  });
}

template <bool Conjugated>
Status dotEx(Call call, int64_t n, const void *x, cudaDataType xType, int64_t incx, const void *y, cudaDataType yType, int64_t incy,
             void *result, cudaDataType resultType) {
  CHECK_NUMBERS(result, xType, yType, resultType);
  return call.result([=] {
    calculate({xType, yType}, [=]<class W>(Type<W>) {
      W sum = 0;
      for (int64_t i = 0, p = begin(n, incx), q = begin(n, incy); i < n; ++i, p += incx, q += incy) {
        W left = get<W>(x, xType, p);
        sum += (Conjugated ? conjugate(left) : left) * get<W>(y, yType, q);
      }
      put(sum, result, resultType, 0);
    });
  });
}

Status nrm2Ex(Call call, int64_t n, const void *x, cudaDataType xType, int64_t incx, void *result, cudaDataType resultType) {
  CHECK_NUMBERS(result, xType, resultType);
  return call.result([=] {
    std::vector<Complex> values(n > 0 && incx > 0 ? n : 0);
    for (size_t i = 0; i < values.size(); ++i)
      values[i] = get<Complex>(x, xType, i * incx);
    put(cblas_dznrm2(values.size(), values.data(), 1), result, resultType, 0);
  });
}

Status rotEx(Call call, int64_t n, void *x, cudaDataType xType, int64_t incx, void *y, cudaDataType yType, int64_t incy, const void *c,
             const void *s, cudaDataType csType) {
  CHECK_NUMBERS(c && s, xType, yType, csType);
  AnyScalar cosine = call.scalar(c, sizeOf(csType)), sine = call.scalar(s, sizeOf(csType));
  return call.enqueue([=] {
    calculate({xType, yType, csType}, [=]<class W>(Type<W>) {
      const double byC = std::real(get<W>(cosine, csType));
      const W byS = get<W>(sine, csType);
      for (int64_t i = 0, p = begin(n, incx), q = begin(n, incy); i < n; ++i, p += incx, q += incy) {
        const W first = get<W>(x, xType, p), second = get<W>(y, yType, q);
        put(byC * first + byS * second, x, xType, p);
        put(byC * second - conjugate(byS) * first, y, yType, q);
      }
    });
  });
}
#undef CHECK_NUMBERS

} // namespace

#define CUPORT_ENTRIES "Mixed.inc"
#include "EachWidth.inc"
