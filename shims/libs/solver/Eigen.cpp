// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Eigenvalues and singular values. Jacobi's methods are LAPACK's divide and conquer and QR, too.

#include "Dense.h"

#include <algorithm>

using namespace cuport;
using namespace cuport::solver;

namespace {

template <class T>
Status sygvd(Call call, cusolverEigType_t type, cusolverEigMode_t mode, cublasFillMode_t fill, int n, T *a, int lda, T *b, int ldb, Part<T> *values,
             int *info) {
  CUPORT_CHECK(call, isEigType(type) && isMode(mode) && isTriangle(fill) && n >= 0 && holds(lda, n) && holds(ldb, n));
  return call.enqueue([=] { give(info, lapacke::sygvd<T>(int(type), letter(mode), letter(fill), n, numbers(a), lda, numbers(b), ldb, values)); });
}

/// Some of sygvd's, chosen as syevdx does. B becomes its Cholesky factor.
template <class T>
Status sygvdx(Call call, cusolverEigType_t type, cusolverEigMode_t mode, cusolverEigRange_t range, cublasFillMode_t fill, int n, T *a, int lda, T *b, int ldb,
              Part<T> low, Part<T> high, int first, int last, int *found, Part<T> *values, int *info) {
  CUPORT_CHECK(call, isEigType(type) && isMode(mode) && isTriangle(fill) && n >= 0 && holds(lda, n) && holds(ldb, n));
  CUPORT_CHECK(call, isRange(range) && (range != CUSOLVER_EIG_RANGE_I || (first >= 1 && first <= last && last <= n)) && found);
  return call.wait([=] {
    std::vector<Number<T>> vectors(size_t(n) * n);
    std::vector<lapack_int> failed(std::max(n, 1));
    std::vector<Part<T>> all(n);
    lapack_int count = 0;
    give(info, lapacke::sygvx<T>(int(type), letter(mode), letterOf(range), letter(fill), n, numbers(a), lda, numbers(b), ldb, low, high, first, last,
                                 Part<T>(0), &count, all.data(), vectors.data(), std::max(n, 1), failed.data()));
    giveFound(mode, n, count, all, vectors, a, lda, found, values);
  });
}

/// cuSOLVER's limit is 32 rows and columns.
template <class T>
Status gesvdjBatched(Call call, cusolverEigMode_t mode, int m, int n, T *a, int lda, Part<T> *values, T *u, int ldu, T *v, int ldv, int *info, int count) {
  bool wants = mode == CUSOLVER_EIG_MODE_VECTOR;
  CUPORT_CHECK(call, isMode(mode) && m >= 0 && m <= 32 && n >= 0 && n <= 32 && holds(lda, m) && (!wants || (holds(ldu, m) && holds(ldv, n))) && count >= 0);
  return call.enqueue([=] {
    for (int64_t i = 0; i < count; ++i)
      info[i] = decompose<T>(wants, false, m, n, a + i * lda * n, lda, values + i * std::min(m, n), wants ? u + i * ldu * m : nullptr, ldu,
                             wants ? v + i * ldv * n : nullptr, ldv);
  });
}

/// The greatest \p rank singular values of each matrix, which stays as it is, with their vectors. The host has how far each product is from
/// its matrix (Frobenius' norm), where it asks for it.
template <class T>
Status gesvdaStridedBatched(Call call, cusolverEigMode_t mode, int rank, int m, int n, const T *a, int lda, long long strideA, Part<T> *values,
                            long long strideValues, T *u, int ldu, long long strideU, T *v, int ldv, long long strideV, int *info, double *residuals,
                            int count) {
  bool wants = mode == CUSOLVER_EIG_MODE_VECTOR;
  CUPORT_CHECK(call, isMode(mode) && m >= 0 && n >= 0 && rank >= 0 && rank <= std::min(m, n) && holds(lda, m) && count >= 0);
  CUPORT_CHECK(call, !wants || (holds(ldu, m) && holds(ldv, n)));
  std::vector<double> norms(residuals && wants ? count : 0);
  Status status = call.wait([=, norms = norms.data(), wantsNorms = !norms.empty()] {
    const int least = std::min(m, n), leading = std::max(m, 1);
    for (int64_t i = 0; i < count; ++i) {
      const Number<T> *matrix = numbers(a) + i * strideA;
      std::vector<T> work(size_t(leading) * n), left(size_t(leading) * least), right(size_t(std::max(n, 1)) * least);
      std::vector<Part<T>> all(least);
      for (int j = 0; j < n; ++j)
        std::copy_n(matrix + int64_t(j) * lda, m, numbers(work.data()) + int64_t(j) * m);
      info[i] = decompose<T>(wants, true, m, n, work.data(), leading, all.data(), left.data(), leading, right.data(), std::max(n, 1));
      std::copy_n(all.begin(), rank, values + i * strideValues);
      for (int k = 0; wants && k < rank; ++k) {
        std::copy_n(left.begin() + int64_t(k) * m, m, u + i * strideU + int64_t(k) * ldu);
        std::copy_n(right.begin() + int64_t(k) * n, n, v + i * strideV + int64_t(k) * ldv);
      }
      double squares = 0;
      for (int column = 0; wantsNorms && column < n; ++column)
        for (int row = 0; row < m; ++row) {
          Number<T> rest = matrix[row + int64_t(column) * lda];
          for (int k = 0; k < rank; ++k) {
            Number<T> other = numbers(right.data())[column + int64_t(k) * n];
            if constexpr (isComplex<T>)
              other = std::conj(other);
            rest -= all[k] * numbers(left.data())[row + int64_t(k) * m] * other;
          }
          squares += std::norm(rest);
        }
      if (wantsNorms)
        norms[i] = std::sqrt(squares);
    }
  });
  if (!status)
    std::copy(norms.begin(), norms.end(), residuals);
  return status;
}

} // namespace

#define CALL(name) Call{handle, "cusolverDn" #name}
#define SIZE(name, ...)                                                                                                  \
  cusolverStatus_t cusolverDn##name##_bufferSize(cusolverDnHandle_t handle, __VA_ARGS__) {                               \
    CUPORT_CHECK(CALL(name), size);                                                                                      \
    *size = smallWork;                                                                                                   \
    return CUSOLVER_STATUS_SUCCESS;                                                                                      \
  }

#define FUNCTIONS(L, T, S)                                                                                               \
  SIZE(L##S##evd, cusolverEigMode_t, cublasFillMode_t, int, const T *, int, const Part<T> *, int *size)                  \
  SIZE(L##S##evj, cusolverEigMode_t, cublasFillMode_t, int, const T *, int, const Part<T> *, int *size, syevjInfo_t)     \
  SIZE(L##S##evjBatched, cusolverEigMode_t, cublasFillMode_t, int, const T *, int, const Part<T> *, int *size, syevjInfo_t, int)           \
  SIZE(L##S##evdx, cusolverEigMode_t, cusolverEigRange_t, cublasFillMode_t, int, const T *, int, Part<T>, Part<T>, int, int, int *,        \
       const Part<T> *, int *size)                                                                                       \
  SIZE(L##S##gvd, cusolverEigType_t, cusolverEigMode_t, cublasFillMode_t, int, const T *, int, const T *, int, const Part<T> *, int *size) \
  SIZE(L##S##gvj, cusolverEigType_t, cusolverEigMode_t, cublasFillMode_t, int, const T *, int, const T *, int, const Part<T> *, int *size, \
       syevjInfo_t)                                                                                                      \
  SIZE(L##S##gvdx, cusolverEigType_t, cusolverEigMode_t, cusolverEigRange_t, cublasFillMode_t, int, const T *, int, const T *, int,        \
       Part<T>, Part<T>, int, int, int *, const Part<T> *, int *size)                                                    \
  SIZE(L##gesvdaStridedBatched, cusolverEigMode_t, int, int, int, const T *, int, long long, const Part<T> *, long long, const T *, int,   \
       long long, const T *, int, long long, int *size, int)                                                             \
  SIZE(L##gesvd, int, int, int *size)                                                                                    \
  SIZE(L##gesvdj, cusolverEigMode_t, int, int, int, const T *, int, const Part<T> *, const T *, int, const T *, int, int *size,            \
       gesvdjInfo_t)                                                                                                     \
  SIZE(L##gesvdjBatched, cusolverEigMode_t, int, int, const T *, int, const Part<T> *, const T *, int, const T *, int, int *size,          \
       gesvdjInfo_t, int)                                                                                                \
  cusolverStatus_t cusolverDn##L##S##evd(cusolverDnHandle_t handle, cusolverEigMode_t mode, cublasFillMode_t fill, int n, T *a, int lda,   \
                                         Part<T> *values, T *, int, int *info) {                                         \
    return syevd<T>(CALL(L##S##evd), mode, fill, n, a, lda, values, info);                                               \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##S##evj(cusolverDnHandle_t handle, cusolverEigMode_t mode, cublasFillMode_t fill, int n, T *a, int lda,   \
                                         Part<T> *values, T *, int, int *info, syevjInfo_t) {                            \
    return syevd<T>(CALL(L##S##evj), mode, fill, n, a, lda, values, info);                                               \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##S##evjBatched(cusolverDnHandle_t handle, cusolverEigMode_t mode, cublasFillMode_t fill, int n, T *a,     \
                                                int lda, Part<T> *values, T *, int, int *info, syevjInfo_t, int count) { \
    return syevBatched<T>(CALL(L##S##evjBatched), mode, fill, n, a, lda, values, info, count);                           \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##S##evdx(cusolverDnHandle_t handle, cusolverEigMode_t mode, cusolverEigRange_t range,                     \
                                          cublasFillMode_t fill, int n, T *a, int lda, Part<T> low, Part<T> high, int first, int last,     \
                                          int *found, Part<T> *values, T *, int, int *info) {                            \
    return syevdx<T>(CALL(L##S##evdx), mode, range, fill, n, a, lda, low, high, first, last, found, values, info);       \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##S##gvd(cusolverDnHandle_t handle, cusolverEigType_t type, cusolverEigMode_t mode, cublasFillMode_t fill, \
                                         int n, T *a, int lda, T *b, int ldb, Part<T> *values, T *, int, int *info) {    \
    return sygvd<T>(CALL(L##S##gvd), type, mode, fill, n, a, lda, b, ldb, values, info);                                 \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##S##gvj(cusolverDnHandle_t handle, cusolverEigType_t type, cusolverEigMode_t mode, cublasFillMode_t fill, \
                                         int n, T *a, int lda, T *b, int ldb, Part<T> *values, T *, int, int *info, syevjInfo_t) {         \
    return sygvd<T>(CALL(L##S##gvj), type, mode, fill, n, a, lda, b, ldb, values, info);                                 \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##S##gvdx(cusolverDnHandle_t handle, cusolverEigType_t type, cusolverEigMode_t mode,                       \
                                          cusolverEigRange_t range, cublasFillMode_t fill, int n, T *a, int lda, T *b, int ldb,            \
                                          Part<T> low, Part<T> high, int first, int last, int *found, Part<T> *values, T *, int,           \
                                          int *info) {                                                                   \
    return sygvdx<T>(CALL(L##S##gvdx), type, mode, range, fill, n, a, lda, b, ldb, low, high, first, last, found, values, info);           \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##gesvdaStridedBatched(                                                                  \
      cusolverDnHandle_t handle, cusolverEigMode_t mode, int rank, int m, int n, const T *a, int lda, long long strideA, Part<T> *values,  \
      long long strideValues, T *u, int ldu, long long strideU, T *v, int ldv, long long strideV, T *, int, int *info, double *residuals,  \
      int count) {                                                                                                       \
    return gesvdaStridedBatched<T>(CALL(L##gesvdaStridedBatched), mode, rank, m, n, a, lda, strideA, values, strideValues, u, ldu,         \
                                   strideU, v, ldv, strideV, info, residuals, count);                                    \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##gesvd(cusolverDnHandle_t handle, signed char left, signed char right, int m, int n, T *a, int lda,       \
                                        Part<T> *values, T *u, int ldu, T *vt, int ldvt, T *, int, Part<T> *rest, int *info) {             \
    return gesvd<T>(CALL(L##gesvd), left, right, m, n, a, lda, values, u, ldu, vt, ldvt, rest, info);                    \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##gesvdj(cusolverDnHandle_t handle, cusolverEigMode_t mode, int economic, int m, int n, T *a, int lda,     \
                                         Part<T> *values, T *u, int ldu, T *v, int ldv, T *, int, int *info, gesvdjInfo_t) {               \
    return gesvdj<T>(CALL(L##gesvdj), mode, economic, m, n, a, lda, values, u, ldu, v, ldv, info);                       \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##L##gesvdjBatched(cusolverDnHandle_t handle, cusolverEigMode_t mode, int m, int n, T *a, int lda,            \
                                                Part<T> *values, T *u, int ldu, T *v, int ldv, T *, int, int *info, gesvdjInfo_t,          \
                                                int count) {                                                             \
    return gesvdjBatched<T>(CALL(L##gesvdjBatched), mode, m, n, a, lda, values, u, ldu, v, ldv, info, count);            \
  }
FUNCTIONS(S, float, sy)
FUNCTIONS(D, double, sy)
FUNCTIONS(C, cuComplex, he)
FUNCTIONS(Z, cuDoubleComplex, he)
