// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is called for a type by letter and by number (the functions with 64-bit numbers).

#ifndef CUPORT_LIBS_SOLVER_DENSE_H
#define CUPORT_LIBS_SOLVER_DENSE_H

#include "Handle.h"

#include <algorithm>
#include <vector>

namespace cuport::solver {

/// LU with exchanges; without \p pivots cuSOLVER makes none.
template <class T, class Pivot> Status getrf(Call call, int m, int n, T *a, int lda, Pivot *pivots, int *info) {
  CUPORT_CHECK(call, m >= 0 && n >= 0 && holds(lda, m));
  return call.enqueue([=] {
    if (pivots) {
      std::vector<lapack_int> made(m < n ? m : n);
      give(info, lapacke::getrf<T>(m, n, numbers(a), lda, made.data()));
      for (size_t i = 0; i < made.size(); ++i)
        pivots[i] = made[i];
      return;
    }
    Number<T> *x = numbers(a);
    int failed = 0;
    for (int k = 0; k < (m < n ? m : n); ++k) {
      Number<T> pivot = x[k + int64_t(k) * lda];
      if (pivot == Number<T>(0)) {
        failed = failed ? failed : k + 1;
        continue;
      }
      for (int i = k + 1; i < m; ++i) {
        Number<T> factor = x[i + int64_t(k) * lda] /= pivot;
        for (int j = k + 1; j < n; ++j)
          x[i + int64_t(j) * lda] -= factor * x[k + int64_t(j) * lda];
      }
    }
    give(info, failed);
  });
}

template <class T, class Pivot>
Status getrs(Call call, cublasOperation_t operation, int n, int columns, const T *a, int lda, const Pivot *pivots, T *b, int ldb, int *info) {
  CUPORT_CHECK(call, isOperation(operation) && n >= 0 && columns >= 0 && holds(lda, n) && holds(ldb, n));
  return call.enqueue([=] {
    std::vector<lapack_int> all(n);
    for (int i = 0; i < n; ++i)
      all[i] = pivots ? pivots[i] : i + 1;
    give(info, lapacke::getrs<T>(letter(operation), n, columns, numbers(a), lda, all.data(), numbers(b), ldb));
  });
}

template <class T> Status potrf(Call call, cublasFillMode_t fill, int n, T *a, int lda, int *info) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && holds(lda, n));
  return call.enqueue([=] { give(info, lapacke::potrf<T>(letter(fill), n, numbers(a), lda)); });
}

template <class T> Status potrs(Call call, cublasFillMode_t fill, int n, int columns, const T *a, int lda, T *b, int ldb, int *info) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && columns >= 0 && holds(lda, n) && holds(ldb, n));
  return call.enqueue([=] { give(info, lapacke::potrs<T>(letter(fill), n, columns, numbers(a), lda, numbers(b), ldb)); });
}

/// What sytrf made; \p pivots as it gave them.
template <class T, class Pivot>
Status sytrs(Call call, cublasFillMode_t fill, int n, int columns, const T *a, int lda, const Pivot *pivots, T *b, int ldb, int *info) {
  CUPORT_CHECK(call, isTriangle(fill) && n >= 0 && columns >= 0 && holds(lda, n) && holds(ldb, n));
  if (!pivots)
    return call.unsupported();
  return call.enqueue([=] {
    std::vector<lapack_int> all(pivots, pivots + n);
    give(info, lapacke::sytrs<T>(letter(fill), n, columns, numbers(a), lda, all.data(), numbers(b), ldb));
  });
}

template <class T> Status geqrf(Call call, int m, int n, T *a, int lda, T *tau, int *info) {
  CUPORT_CHECK(call, m >= 0 && n >= 0 && holds(lda, m));
  return call.enqueue([=] { give(info, lapacke::geqrf<T>(m, n, numbers(a), lda, numbers(tau))); });
}

/// Eigenvalues of a symmetric or Hermitian matrix, from the least on; its vectors take its place.
template <class T> Status syevd(Call call, cusolverEigMode_t mode, cublasFillMode_t fill, int n, T *a, int lda, Part<T> *values, int *info) {
  CUPORT_CHECK(call, isMode(mode) && isTriangle(fill) && n >= 0 && holds(lda, n));
  return call.enqueue([=] { give(info, lapacke::syevd<T>(letter(mode), letter(fill), n, numbers(a), lda, values)); });
}

/// A = U S V^H, from the greatest singular value on. cuSOLVER takes matrices with at least as many rows as columns.
template <class T>
Status gesvd(Call call, char left, char right, int m, int n, T *a, int lda, Part<T> *values, T *u, int ldu, T *vt, int ldvt, Part<T> *rest, int *info) {
  auto isJob = [](char job) { return job == 'A' || job == 'S' || job == 'O' || job == 'N'; };
  CUPORT_CHECK(call, isJob(left) && isJob(right) && !(left == 'O' && right == 'O') && m >= 0 && n >= 0 && m >= n && holds(lda, m));
  CUPORT_CHECK(call, (left != 'A' && left != 'S') || holds(ldu, m));
  CUPORT_CHECK(call, (right != 'A' && right != 'S') || holds(ldvt, n));
  return call.enqueue([=] {
    std::vector<Part<T>> superdiagonal(n > 1 ? n - 1 : 1);
    int failed = lapacke::gesvd<T>(left, right, m, n, numbers(a), lda, values, numbers(u), ldu > 1 ? ldu : 1, numbers(vt), ldvt > 1 ? ldvt : 1,
                                   superdiagonal.data());
    if (rest && failed > 0)
      for (int i = 0; i + 1 < n; ++i)
        rest[i] = superdiagonal[i];
    give(info, failed);
  });
}

template <class T>
Status syevBatched(Call call, cusolverEigMode_t mode, cublasFillMode_t fill, int n, T *a, int lda, Part<T> *values, int *info, int count) {
  CUPORT_CHECK(call, isMode(mode) && isTriangle(fill) && n >= 0 && holds(lda, n) && count >= 0);
  return call.enqueue([=] {
    for (int64_t i = 0; i < count; ++i)
      info[i] = lapacke::syevd<T>(letter(mode), letter(fill), n, numbers(a) + i * lda * n, lda, values + i * n);
  });
}

inline bool isEigType(cusolverEigType_t type) { return type >= CUSOLVER_EIG_TYPE_1 && type <= CUSOLVER_EIG_TYPE_3; }
inline bool isRange(cusolverEigRange_t range) { return range >= CUSOLVER_EIG_RANGE_ALL && range <= CUSOLVER_EIG_RANGE_V; }
inline char letterOf(cusolverEigRange_t range) { return range == CUSOLVER_EIG_RANGE_ALL ? 'A' : range == CUSOLVER_EIG_RANGE_I ? 'I' : 'V'; }

/// Of the values that were found, and of the vectors, which take A's place.
template <class T>
void giveFound(cusolverEigMode_t mode, int n, int count, const std::vector<Part<T>> &all, const std::vector<Number<T>> &vectors, T *a, int lda, int *found,
               Part<T> *values) {
  std::copy_n(all.begin(), count, values);
  if (mode == CUSOLVER_EIG_MODE_VECTOR)
    for (int j = 0; j < count; ++j)
      std::copy_n(vectors.begin() + int64_t(j) * n, n, numbers(a) + int64_t(j) * lda);
  *found = count;
}

/// Some of them: by number from 1, or between two bounds. The host has how many there are when the call returns.
template <class T>
Status syevdx(Call call, cusolverEigMode_t mode, cusolverEigRange_t range, cublasFillMode_t fill, int n, T *a, int lda, Part<T> low, Part<T> high, int first,
              int last, int *found, Part<T> *values, int *info) {
  CUPORT_CHECK(call, isMode(mode) && isRange(range) && isTriangle(fill) && n >= 0 && holds(lda, n) && found);
  CUPORT_CHECK(call, range != CUSOLVER_EIG_RANGE_I || (first >= 1 && first <= last && last <= n));
  return call.wait([=] {
    std::vector<Number<T>> vectors(size_t(n) * n);
    std::vector<lapack_int> support(2 * n + 2);
    std::vector<Part<T>> all(n);
    lapack_int count = 0;
    give(info, lapacke::syevr<T>(letter(mode), letterOf(range), letter(fill), n, numbers(a), lda, low, high, first, last, Part<T>(0), &count, all.data(),
                                 vectors.data(), std::max(n, 1), support.data()));
    giveFound(mode, n, count, all, vectors, a, lda, found, values);
  });
}

/// U and V, not its transpose; \p economic: only as many columns as there are values. A is overwritten.
template <class T>
int decompose(bool wantsVectors, bool economic, int m, int n, T *a, int lda, Part<T> *values, T *u, int ldu, T *v, int ldv) {
  int least = std::min(m, n), rows = economic ? least : n;
  std::vector<Number<T>> turned(wantsVectors ? size_t(std::max(rows, 1)) * n : 1);
  std::vector<Part<T>> superdiagonal(std::max(least, 1));
  char job = !wantsVectors ? 'N' : economic ? 'S' : 'A';
  int failed = lapacke::gesvd<T>(job, job, m, n, numbers(a), lda, values, numbers(u), std::max(ldu, 1), turned.data(), std::max(rows, 1),
                                 superdiagonal.data());
  for (int j = 0; wantsVectors && j < rows; ++j)
    for (int i = 0; i < n; ++i) {
      Number<T> value = turned[j + size_t(i) * rows];
      if constexpr (isComplex<T>)
        value = std::conj(value);
      numbers(v)[i + int64_t(j) * ldv] = value;
    }
  return failed;
}

template <class T>
Status gesvdj(Call call, cusolverEigMode_t mode, int economic, int m, int n, T *a, int lda, Part<T> *values, T *u, int ldu, T *v, int ldv, int *info) {
  bool wants = mode == CUSOLVER_EIG_MODE_VECTOR;
  CUPORT_CHECK(call, isMode(mode) && m >= 0 && n >= 0 && holds(lda, m) && (!wants || (holds(ldu, m) && holds(ldv, n))));
  return call.enqueue([=] { give(info, decompose<T>(wants, economic, m, n, a, lda, values, u, ldu, v, ldv)); });
}

} // namespace cuport::solver

#endif
