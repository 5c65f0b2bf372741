// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuSOLVER's sparse part: systems, least squares, an eigenvalue, orders. By QR or by LU a system is solved by LU here.

#include "Sparse.h"

#include <cmath>
#include <limits>
#include <tuple>

using namespace cuport;
using namespace cuport::solver;

namespace {

enum class By { Lu, Cholesky };

template <class T>
Status solveSystem(SparseCall call, By by, int n, int nonzeros, cusparseMatDescr_t descriptor, const T *value, const int *start,
                   const int *column, const T *b, double tolerance, int reorder, T *x, int *singularity) {
  CUPORT_CHECK(call, isMatrix(n, nonzeros, descriptor, start, column) && value && b && x && singularity && reorder >= 0 && reorder <= 3);
  Rows<T> a{n, descriptor->base, start, column, value};
  return call.runAndWait([=] {
    bool isCholesky = by == By::Cholesky;
    SparseLu<Number<T>> lu(a.columns({}, isCholesky), a.order(reorder), !isCholesky, 1);
    // A pivot of Cholesky's is the square of its factor's diagonal.
    *singularity = lu.firstZero(isCholesky ? tolerance * tolerance : tolerance, isCholesky);
    if (*singularity < 0)
      lu.solve(numbers(b), numbers(x));
  });
}

/// Least squares with a rank, as a dense matrix.
template <class T>
Status leastSquares(SparseCall call, int m, int n, int nonzeros, cusparseMatDescr_t descriptor, const T *value, const int *start,
                    const int *column, const T *b, double tolerance, int *rank, T *x, int *order, Part<T> *norm) {
  CUPORT_CHECK(call, isMatrix(m, nonzeros, descriptor, start, column) && n >= 0 && m >= n && value && b && rank && x && order && norm);
  std::vector<Number<T>> a(size_t(m) * n), right(numbers(b), numbers(b) + m);
  auto each = [&](auto visit) {
    for (int i = 0; i < m; ++i)
      for (int k = start[i] - descriptor->base; k < start[i + 1] - descriptor->base; ++k)
        visit(i, column[k] - descriptor->base, numbers(value)[k]);
  };
  each([&](int i, int j, Number<T> entry) { a[i + size_t(j) * m] += entry; });
  std::vector<lapack_int> pivots(n);
  lapack_int found = 0;
  // LAPACK's tolerance is one of the condition, cuSOLVER's one of the diagonal; the largest entry of it is near the largest column's norm.
  Part<T> largest = 0;
  for (int j = 0; j < n; ++j) {
    Part<T> sum = 0;
    for (int i = 0; i < m; ++i)
      sum += std::norm(a[i + size_t(j) * m]);
    largest = std::max(largest, std::sqrt(sum));
  }
  lapack_int failed = lapacke::gelsy<T>(m, n, 1, a.data(), std::max(m, 1), right.data(), std::max(m, 1), pivots.data(),
                                        Part<T>(largest > 0 ? tolerance / largest : 0), &found);
  if (failed)
    return CUSOLVER_STATUS_INTERNAL_ERROR;
  std::copy_n(right.data(), n, numbers(x));
  *rank = found;
  for (int j = 0; j < n; ++j)
    order[j] = pivots[j] - 1;
  std::vector<Number<T>> rest(numbers(b), numbers(b) + m);
  each([&](int i, int j, Number<T> entry) { rest[i] -= entry * numbers(x)[j]; });
  Part<T> sum = 0;
  for (Number<T> one : rest)
    sum += std::norm(one);
  *norm = std::sqrt(sum);
  return CUSOLVER_STATUS_SUCCESS;
}

/// The eigenvalue nearest to a guess, by inverse iteration.
template <class T>
Status eigenvalue(SparseCall call, int n, int nonzeros, cusparseMatDescr_t descriptor, const T *value, const int *start, const int *column,
                  T guess, const T *begin, int most, double tolerance, T *mu, T *x) {
  CUPORT_CHECK(call, isMatrix(n, nonzeros, descriptor, start, column) && value && begin && most >= 0 && mu && x);
  Rows<T> a{n, descriptor->base, start, column, value};
  return call.runAndWait([=] {
    using N = Number<T>;
    SparseLu<N> lu(a.columns(guess), a.order(3), true, 1);
    // A guess that is an eigenvalue itself.
    for (N &pivot : lu.diagonal)
      if (pivot == N(0))
        pivot = std::numeric_limits<Part<T>>::epsilon();
    std::vector<N> vector(numbers(begin), numbers(begin) + n), next(n);
    auto normalise = [&](std::vector<N> &one) {
      Part<T> sum = 0;
      for (N part : one)
        sum += std::norm(part);
      for (N &part : one)
        part /= std::sqrt(sum);
    };
    normalise(vector);
    N found = *numbers(&guess);
    for (int i = 0; i < most; ++i) {
      lu.solve(vector.data(), next.data());
      N product = 0;
      for (int k = 0; k < n; ++k)
        product += Columns<N>::conjugate(vector[k]) * next[k];
      N before = std::exchange(found, *numbers(&guess) + N(1) / product);
      normalise(next);
      vector.swap(next);
      if (std::abs(found - before) < tolerance)
        break;
    }
    *numbers(mu) = found;
    std::copy_n(vector.data(), n, numbers(x));
  });
}

Status giveOrder(cusolverSpHandle_t handle, int reorder, int n, int nonzeros, cusparseMatDescr_t descriptor, const int *start,
                 const int *column, int *order) {
  SparseCall call{handle, "", true};
  CUPORT_CHECK(call, isMatrix(n, nonzeros, descriptor, start, column) && order);
  std::vector<int> made = Rows<float>{n, descriptor->base, start, column, nullptr}.order(reorder);
  std::copy(made.begin(), made.end(), order);
  return CUSOLVER_STATUS_SUCCESS;
}

} // namespace

cusolverStatus_t cusolverSpCreate(cusolverSpHandle_t *handle) {
  if (!handle)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *handle = new cusolverSpContext;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverSpDestroy(cusolverSpHandle_t handle) {
  delete handle;
  return handle ? CUSOLVER_STATUS_SUCCESS : CUSOLVER_STATUS_NOT_INITIALIZED;
}
cusolverStatus_t cusolverSpSetStream(cusolverSpHandle_t handle, cudaStream_t stream) {
  if (!handle)
    return CUSOLVER_STATUS_NOT_INITIALIZED;
  handle->stream = stream;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverSpGetStream(cusolverSpHandle_t handle, cudaStream_t *stream) {
  SparseCall call{handle, "", true};
  CUPORT_CHECK(call, stream);
  *stream = handle->stream;
  return CUSOLVER_STATUS_SUCCESS;
}

#define MATRIX(T) cusolverSpHandle_t handle, int n, int nonzeros, const cusparseMatDescr_t a, const T *value, const int *start, const int *column
#define SYSTEM(P, T, name, by, onHost)                                                                                   \
  cusolverStatus_t cusolverSp##P##name(MATRIX(T), const T *b, Part<T> tolerance, int reorder, T *x, int *singularity) {  \
    return solveSystem<T>({handle, "cusolverSp" #P #name, onHost}, By::by, n, nonzeros, a, value, start, column, b, tolerance, reorder, x, \
                          singularity);                                                                                  \
  }
#define EIGENVALUE(P, T, name, onHost)                                                                                   \
  cusolverStatus_t cusolverSp##P##name(MATRIX(T), T guess, const T *begin, int most, Part<T> tolerance, T *mu, T *x) {   \
    return eigenvalue<T>({handle, "cusolverSp" #P #name, onHost}, n, nonzeros, a, value, start, column, guess, begin, most, tolerance, mu, x); \
  }
#define FUNCTIONS(P, T)                                                                                                  \
  SYSTEM(P, T, csrlsvqr, Lu, false)                                                                                      \
  SYSTEM(P, T, csrlsvqrHost, Lu, true)                                                                                   \
  SYSTEM(P, T, csrlsvluHost, Lu, true)                                                                                   \
  SYSTEM(P, T, csrlsvchol, Cholesky, false)                                                                              \
  SYSTEM(P, T, csrlsvcholHost, Cholesky, true)                                                                           \
  EIGENVALUE(P, T, csreigvsi, false)                                                                                     \
  EIGENVALUE(P, T, csreigvsiHost, true)                                                                                  \
  cusolverStatus_t cusolverSp##P##csrlsqvqrHost(cusolverSpHandle_t handle, int m, int n, int nonzeros, const cusparseMatDescr_t a,        \
                                                const T *value, const int *start, const int *column, const T *b, Part<T> tolerance,        \
                                                int *rank, T *x, int *order, Part<T> *norm) {                            \
    return leastSquares<T>({handle, "cusolverSp" #P "csrlsqvqrHost", true}, m, n, nonzeros, a, value, start, column, b, tolerance, rank, x, \
                           order, norm);                                                                                 \
  }
CUPORT_FOUR_TYPES(FUNCTIONS)

#define PATTERN cusolverSpHandle_t handle, int n, int nonzeros, const cusparseMatDescr_t a, const int *start, const int *column
cusolverStatus_t cusolverSpXcsrsymrcmHost(PATTERN, int *p) { return giveOrder(handle, 1, n, nonzeros, a, start, column, p); }
cusolverStatus_t cusolverSpXcsrsymmdqHost(PATTERN, int *p) { return giveOrder(handle, 2, n, nonzeros, a, start, column, p); }
cusolverStatus_t cusolverSpXcsrsymamdHost(PATTERN, int *p) { return giveOrder(handle, 2, n, nonzeros, a, start, column, p); }
cusolverStatus_t cusolverSpXcsrmetisndHost(PATTERN, const int64_t *, int *p) { return giveOrder(handle, 3, n, nonzeros, a, start, column, p); }

cusolverStatus_t cusolverSpXcsrissymHost(cusolverSpHandle_t handle, int n, int nonzeros, const cusparseMatDescr_t a, const int *start,
                                         const int *end, const int *column, int *isSymmetric) {
  SparseCall call{handle, "", true};
  CUPORT_CHECK(call, isMatrix(n, nonzeros, a, start, column) && end && isSymmetric);
  std::vector<std::pair<int, int>> places, turned;
  for (int i = 0; i < n; ++i)
    for (int k = start[i] - a->base; k < end[i] - a->base; ++k) {
      places.push_back({i, column[k] - a->base});
      turned.push_back({column[k] - a->base, i});
    }
  std::sort(places.begin(), places.end());
  std::sort(turned.begin(), turned.end());
  *isSymmetric = places == turned;
  return CUSOLVER_STATUS_SUCCESS;
}

cusolverStatus_t cusolverSpXcsrperm_bufferSizeHost(cusolverSpHandle_t handle, int m, int n, int nonzeros, const cusparseMatDescr_t a,
                                                   const int *start, const int *column, const int *p, const int *q, size_t *size) {
  SparseCall call{handle, "", true};
  CUPORT_CHECK(call, isMatrix(m, nonzeros, a, start, column) && n >= 0 && p && q && size);
  *size = smallWork;
  return CUSOLVER_STATUS_SUCCESS;
}

/// B(i, j) = A(p[i], q[j]), in A's place; the map goes along with the values.
cusolverStatus_t cusolverSpXcsrpermHost(cusolverSpHandle_t handle, int m, int n, int nonzeros, const cusparseMatDescr_t a, int *start,
                                        int *column, const int *p, const int *q, int *map, void *) {
  SparseCall call{handle, "", true};
  CUPORT_CHECK(call, isMatrix(m, nonzeros, a, start, column) && n >= 0 && p && q && map);
  std::vector<int> newColumn(n), oldStart(start, start + m + 1);
  for (int j = 0; j < n; ++j)
    newColumn[q[j]] = j;
  std::vector<std::pair<int, int>> all, row; // new column, map
  for (int i = 0; i < m; ++i) {
    row.clear();
    for (int k = oldStart[p[i]] - a->base; k < oldStart[p[i] + 1] - a->base; ++k)
      row.push_back({newColumn[column[k] - a->base] + a->base, map[k]});
    std::sort(row.begin(), row.end());
    all.insert(all.end(), row.begin(), row.end());
    start[i + 1] = start[i] + int(row.size());
  }
  for (size_t k = 0; k < all.size(); ++k)
    std::tie(column[k], map[k]) = all[k];
  return CUSOLVER_STATUS_SUCCESS;
}
