// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Factorisations and solutions of many small systems, by LAPACK; triangles packed and unpacked.

#include "Cblas.h"
#include "Handle.h"

#include <algorithm>
#include <vector>

using namespace cuport;
using namespace cuport::blas;

namespace {

/// LAPACK's routine with the work space that it asks for: \p routine(work, size).
template <class T, class Routine> void withWork(Routine routine) {
  T best{};
  routine(&best, -1);
  int size = std::max(1, int(*reinterpret_cast<Part<T> *>(&best)));
  std::vector<T> work(size);
  routine(work.data(), size);
}

/// LU without exchanges, as cuBLAS does it where no pivots are asked for. The first pivot that is 0 counts, from 1.
template <class T> int factorInPlace(int n, T *matrix, int lda) {
  int info = 0;
  Number<T> *a = numbers(matrix);
  for (int k = 0; k < n; ++k) {
    Number<T> pivot = a[k + k * int64_t(lda)];
    if (pivot == Number<T>(0)) {
      info = info ? info : k + 1;
      continue;
    }
    for (int i = k + 1; i < n; ++i)
      a[i + k * int64_t(lda)] /= pivot;
    for (int j = k + 1; j < n; ++j)
      for (int i = k + 1; i < n; ++i)
        a[i + j * int64_t(lda)] -= a[i + k * int64_t(lda)] * a[k + j * int64_t(lda)];
  }
  return info;
}

template <class T> int factor(int n, T *a, int lda, int *pivots) {
  if (!pivots)
    return factorInPlace(n, a, lda);
  int info;
  lapack::getrf<T>(&n, &n, a, &lda, pivots, &info);
  return info;
}

/// The pivots of a factorisation without exchanges.
std::vector<int> pivotsOr(const int *pivots, int n) {
  std::vector<int> all(n);
  for (int i = 0; i < n; ++i)
    all[i] = pivots ? pivots[i] : i + 1;
  return all;
}

template <class T> int invert(int n, const T *lu, int lda, const int *pivots, T *c, int ldc) {
  for (int j = 0; j < n; ++j)
    std::copy_n(lu + j * int64_t(lda), n, c + j * int64_t(ldc));
  std::vector<int> all = pivotsOr(pivots, n);
  int info = 0;
  withWork<T>([&](T *work, int size) { lapack::getri<T>(&n, c, &ldc, all.data(), work, &size, &info); });
  return info;
}

template <class T> Status getrf(Call call, int n, T *const a[], int lda, int *pivots, int *info, int count) {
  CUPORT_CHECK(call, n >= 0 && holds(lda, n) && count >= 0, 0);
  return call.enqueue([=] {
    for (int i = 0; i < count; ++i)
      info[i] = factor(n, a[i], lda, pivots ? pivots + int64_t(i) * n : nullptr);
  });
}

template <class T>
Status getri(Call call, int n, const T *const a[], int lda, const int *pivots, T *const c[], int ldc, int *info, int count) {
  CUPORT_CHECK(call, n >= 0 && holds(lda, n) && holds(ldc, n) && count >= 0, 0);
  return call.enqueue([=] {
    for (int i = 0; i < count; ++i)
      info[i] = invert(n, a[i], lda, pivots ? pivots + int64_t(i) * n : nullptr, c[i], ldc);
  });
}

/// \p info is the host's and is about the arguments.
template <class T>
Status getrs(Call call, cublasOperation_t op, int n, int columns, const T *const a[], int lda, const int *pivots, T *const b[], int ldb,
             int *info, int count) {
  CUPORT_CHECK(call, info, 0);
  *info = !isOperation(op)  ? -1
          : n < 0           ? -2
          : columns < 0     ? -3
          : !holds(lda, n)  ? -5
          : !holds(ldb, n)  ? -8
          : count < 0       ? -10
                            : 0;
  CUPORT_CHECK(call, !*info, 0);
  return call.enqueue([=] {
    for (int i = 0; i < count; ++i) {
      std::vector<int> all = pivotsOr(pivots ? pivots + int64_t(i) * n : nullptr, n);
      int ignored;
      lapack::getrs<T>(op == CUBLAS_OP_N ? "N" : op == CUBLAS_OP_T ? "T" : "C", &n, &columns, a[i], &lda, all.data(), b[i], &ldb,
                       &ignored, size_t(1));
    }
  });
}

template <class T> Status matinv(Call call, int n, const T *const a[], int lda, T *const c[], int ldc, int *info, int count) {
  CUPORT_CHECK(call, n >= 0 && n <= 32 && holds(lda, n) && holds(ldc, n) && count >= 0, 0); // 32 is cuBLAS's limit
  return call.enqueue([=] {
    for (int i = 0; i < count; ++i) {
      std::vector<T> lu(size_t(n) * n);
      for (int j = 0; j < n; ++j)
        std::copy_n(a[i] + j * int64_t(lda), n, lu.data() + size_t(j) * n);
      std::vector<int> pivots(n);
      int leading = std::max(n, 1);
      info[i] = factor(n, lu.data(), leading, pivots.data());
      if (!info[i])
        info[i] = invert(n, lu.data(), leading, pivots.data(), c[i], ldc);
    }
  });
}

template <class T> Status geqrf(Call call, int m, int n, T *const a[], int lda, T *const tau[], int *info, int count) {
  CUPORT_CHECK(call, info, 0);
  *info = m < 0 ? -1 : n < 0 ? -2 : !holds(lda, m) ? -4 : count < 0 ? -7 : 0;
  CUPORT_CHECK(call, !*info, 0);
  return call.enqueue([=] {
    for (int i = 0; i < count; ++i) {
      int ignored;
      withWork<T>([&](T *work, int size) { lapack::geqrf<T>(&m, &n, a[i], &lda, tau[i], work, &size, &ignored); });
    }
  });
}

/// cuBLAS takes only systems with at least as many rows as columns, and these as they are.
template <class T>
Status gels(Call call, cublasOperation_t op, int m, int n, int columns, T *const a[], int lda, T *const c[], int ldc, int *info,
            int *deviceInfo, int count) {
  CUPORT_CHECK(call, info, 0);
  *info = !isOperation(op) ? -1 : m < 0 ? -2 : n < 0 ? -3 : columns < 0 ? -4 : !holds(lda, m) ? -6 : !holds(ldc, m) ? -8 : count < 0 ? -11 : 0;
  CUPORT_CHECK(call, !*info, 0);
  if (op != CUBLAS_OP_N || m < n)
    return call.unsupported();
  return call.enqueue([=] {
    for (int i = 0; i < count; ++i) {
      int failed = 0;
      withWork<T>([&](T *work, int size) {
        lapack::gels<T>("N", &m, &n, &columns, a[i], &lda, c[i], &ldc, work, &size, &failed, size_t(1));
      });
      if (deviceInfo)
        deviceInfo[i] = failed;
    }
  });
}

/// The triangle's elements in their packed order: \p visit(place in the matrix, place in the pack).
template <class Visit> void eachOf(cublasFillMode_t fill, int64_t n, int64_t lda, Visit visit) {
  int64_t packed = 0;
  for (int64_t j = 0; j < n; ++j)
    for (int64_t i = fill == CUBLAS_FILL_MODE_LOWER ? j : 0; i < (fill == CUBLAS_FILL_MODE_LOWER ? n : j + 1); ++i)
      visit(i + j * lda, packed++);
}

template <class T> Status unpack(Call call, cublasFillMode_t fill, int n, const T *packed, T *a, int lda) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && holds(lda, n), 0);
  return call.enqueue([=] { eachOf(fill, n, lda, [=](int64_t place, int64_t i) { a[place] = packed[i]; }); });
}

template <class T> Status pack(Call call, cublasFillMode_t fill, int n, const T *a, int lda, T *packed) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && holds(lda, n), 0);
  return call.enqueue([=] { eachOf(fill, n, lda, [=](int64_t place, int64_t i) { packed[i] = a[place]; }); });
}

} // namespace

#define CALL(name) Call{handle, "cublas" #name}

#define FACTORS(L, T)                                                                                                    \
  cublasStatus_t cublas##L##getrfBatched(cublasHandle_t handle, int n, T *const a[], int lda, int *pivots, int *info,    \
                                         int count) {                                                                    \
    return getrf<T>(CALL(L##getrfBatched), n, a, lda, pivots, info, count);                                              \
  }                                                                                                                      \
  cublasStatus_t cublas##L##getriBatched(cublasHandle_t handle, int n, const T *const a[], int lda, const int *pivots,   \
                                         T *const c[], int ldc, int *info, int count) {                                  \
    return getri<T>(CALL(L##getriBatched), n, a, lda, pivots, c, ldc, info, count);                                      \
  }                                                                                                                      \
  cublasStatus_t cublas##L##getrsBatched(cublasHandle_t handle, cublasOperation_t op, int n, int columns,                \
                                         const T *const a[], int lda, const int *pivots, T *const b[], int ldb,          \
                                         int *info, int count) {                                                         \
    return getrs<T>(CALL(L##getrsBatched), op, n, columns, a, lda, pivots, b, ldb, info, count);                         \
  }                                                                                                                      \
  cublasStatus_t cublas##L##matinvBatched(cublasHandle_t handle, int n, const T *const a[], int lda, T *const c[],       \
                                          int ldc, int *info, int count) {                                               \
    return matinv<T>(CALL(L##matinvBatched), n, a, lda, c, ldc, info, count);                                            \
  }                                                                                                                      \
  cublasStatus_t cublas##L##geqrfBatched(cublasHandle_t handle, int m, int n, T *const a[], int lda, T *const tau[],     \
                                         int *info, int count) {                                                         \
    return geqrf<T>(CALL(L##geqrfBatched), m, n, a, lda, tau, info, count);                                              \
  }                                                                                                                      \
  cublasStatus_t cublas##L##gelsBatched(cublasHandle_t handle, cublasOperation_t op, int m, int n, int columns,          \
                                        T *const a[], int lda, T *const c[], int ldc, int *info, int *deviceInfo,        \
                                        int count) {                                                                     \
    return gels<T>(CALL(L##gelsBatched), op, m, n, columns, a, lda, c, ldc, info, deviceInfo, count);                    \
  }                                                                                                                      \
  cublasStatus_t cublas##L##tpttr(cublasHandle_t handle, cublasFillMode_t fill, int n, const T *packed, T *a, int lda) { \
    return unpack<T>(CALL(L##tpttr), fill, n, packed, a, lda);                                                           \
  }                                                                                                                      \
  cublasStatus_t cublas##L##trttp(cublasHandle_t handle, cublasFillMode_t fill, int n, const T *a, int lda, T *packed) { \
    return pack<T>(CALL(L##trttp), fill, n, a, lda, packed);                                                             \
  }
CUPORT_FOUR_TYPES(FACTORS)
