// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuSOLVER's sparse part, step by step (cusolverSp_LOWLEVEL_PREVIEW.h): analysis, factors that are kept, solutions with them. By QR a
// system is factored by LU here; the analysis has nothing to do.

#include "Sparse.h"

#include <any>

using namespace cuport;
using namespace cuport::solver;

namespace {

/// What is kept between the steps: factors of one of the four types.
struct Steps {
  int n = -1; ///< of the analysis
  std::any matrix, factors;

  template <class T> SparseLu<Number<T>> *lu() { return std::any_cast<SparseLu<Number<T>>>(&factors); }
};

Status analyse(SparseCall call, int n, int nonzeros, cusparseMatDescr_t a, const int *start, const int *column, Steps *info) {
  CUPORT_CHECK(call, isMatrix(n, nonzeros, a, start, column) && info);
  info->n = n;
  return CUSOLVER_STATUS_SUCCESS;
}

Status giveSizes(SparseCall call, int n, Steps *info, size_t *inside, size_t *work) {
  CUPORT_CHECK(call, info && info->n == n && inside && work);
  *inside = *work = smallWork;
  return CUSOLVER_STATUS_SUCCESS;
}

/// Factors the matrix, rows and columns in its own order or by degrees.
template <class T>
Status factor(SparseCall call, const Rows<T> &a, bool isMatrixGiven, Steps *info, bool fromLower, bool exchange, double threshold, int reorder) {
  CUPORT_CHECK(call, isMatrixGiven && info && info->n == a.n);
  return call.run([=] { info->factors = SparseLu<Number<T>>(a.columns({}, fromLower), a.order(reorder), exchange, threshold); });
}

template <class T> Status zeroPivot(SparseCall call, Steps *info, double tolerance, bool positive, int *position) {
  CUPORT_CHECK(call, info && position);
  if (!call.onHost)
    if (Status status = statusOf(cudaStreamSynchronize(call.handle->stream)))
      return status;
  SparseLu<Number<T>> *lu = info->lu<T>();
  if (!lu)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *position = lu->firstZero(positive ? tolerance * tolerance : tolerance, positive);
  return CUSOLVER_STATUS_SUCCESS;
}

template <class T> Status solve(SparseCall call, int n, const T *b, T *x, Steps *info) {
  CUPORT_CHECK(call, info && info->n == n && b && x);
  return call.run([=] {
    if (SparseLu<Number<T>> *lu = info->lu<T>())
      lu->solve(numbers(b), numbers(x));
  });
}

/// QR's first step, which takes the matrix.
template <class T> Status setUp(SparseCall call, int m, const Rows<T> &a, bool isMatrixGiven, T shift, Steps *info) {
  CUPORT_CHECK(call, isMatrixGiven && m == a.n && info && info->n == a.n);
  return call.run([=] { info->matrix = a.columns(shift); });
}

/// And its second one, with a solution where one is asked for.
template <class T> Status factorSetUp(SparseCall call, int m, int n, const T *b, T *x, Steps *info) {
  CUPORT_CHECK(call, info && info->n == n && m == n);
  return call.run([=] {
    auto *matrix = std::any_cast<Columns<Number<T>>>(&info->matrix);
    if (!matrix)
      return;
    info->factors = SparseLu<Number<T>>(*matrix, Rows<T>{n, 0, nullptr, nullptr, nullptr}.order(0), true, 1);
    if (b && x)
      info->lu<T>()->solve(numbers(b), numbers(x));
  });
}

template <class T>
Status solveBatch(SparseCall call, int m, int n, int nonzeros, cusparseMatDescr_t a, const T *value, const int *start, const int *column,
                  const T *b, T *x, int batch, Steps *info) {
  CUPORT_CHECK(call, isMatrix(n, nonzeros, a, start, column) && m == n && value && b && x && batch >= 0 && info && info->n == n);
  return call.run([=, base = int(a->base)] {
    for (int64_t i = 0; i < batch; ++i) {
      Rows<T> rows{n, base, start, column, value + i * nonzeros};
      SparseLu<Number<T>>(rows.columns(), rows.order(3), true, 1).solve(numbers(b + i * n), numbers(x + i * n));
    }
  });
}

/// Takes L, with its diagonal of ones, and U by rows, and the two orders.
template <class T>
Status extract(SparseCall call, int *p, int *q, cusparseMatDescr_t l, T *lValue, int *lStart, int *lColumn, cusparseMatDescr_t u, T *uValue,
               int *uStart, int *uColumn, Steps *info) {
  CUPORT_CHECK(call, p && q && l && lValue && lStart && lColumn && u && uValue && uStart && uColumn && info && info->lu<T>());
  SparseLu<Number<T>> &lu = *info->lu<T>();
  int n = info->n;
  std::copy(lu.exchanged.begin(), lu.exchanged.end(), p);
  std::copy(lu.order.begin(), lu.order.end(), q);
  std::vector<int> place(n);
  for (int k = 0; k < n; ++k)
    place[lu.exchanged[k]] = k;
  std::vector<std::vector<std::pair<int, Number<T>>>> lower(n), upper(n);
  for (int k = 0; k < n; ++k) {
    lower[k].push_back({k, Number<T>(1)});
    upper[k].push_back({k, lu.diagonal[k]});
    for (auto [row, value] : lu.lower[k])
      lower[place[row]].push_back({k, value});
    for (auto [above, value] : lu.upper[k])
      upper[above].push_back({k, value});
  }
  auto give = [&](auto &rows, int base, T *value, int *start, int *column) {
    start[0] = base;
    int at = 0;
    for (int i = 0; i < n; ++i) {
      std::sort(rows[i].begin(), rows[i].end(), [](const auto &one, const auto &other) { return one.first < other.first; });
      for (auto [j, entry] : rows[i]) {
        column[at] = j + base;
        numbers(value)[at++] = entry;
      }
      start[i + 1] = at + base;
    }
  };
  give(lower, l->base, lValue, lStart, lColumn);
  give(upper, u->base, uValue, uStart, uColumn);
  return CUSOLVER_STATUS_SUCCESS;
}

template <class T> Status count(SparseCall call, int *inLower, int *inUpper, Steps *info) {
  (void)call;
  SparseLu<Number<T>> *lu = info->lu<T>();
  if (!lu)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *inLower = *inUpper = info->n;
  for (int k = 0; k < info->n; ++k) {
    *inLower += int(lu->lower[k].size());
    *inUpper += int(lu->upper[k].size());
  }
  return CUSOLVER_STATUS_SUCCESS;
}

} // namespace

struct csrcholInfo : Steps {};
struct csrcholInfoHost : Steps {};
struct csrqrInfo : Steps {};
struct csrqrInfoHost : Steps {};
struct csrluInfoHost : Steps {};

#define INFO(Name, type)                                                                                                 \
  cusolverStatus_t cusolverSpCreate##Name(type *info) {                                                                  \
    if (!info)                                                                                                           \
      return CUSOLVER_STATUS_INVALID_VALUE;                                                                              \
    *info = new std::remove_pointer_t<type>;                                                                             \
    return CUSOLVER_STATUS_SUCCESS;                                                                                      \
  }                                                                                                                      \
  cusolverStatus_t cusolverSpDestroy##Name(type info) {                                                                  \
    /* Steps that are queued use it. */                                                                                  \
    Status status = statusOf(cudaDeviceSynchronize());                                                                   \
    delete info;                                                                                                         \
    return status;                                                                                                       \
  }
INFO(CsrcholInfo, csrcholInfo_t)
INFO(CsrcholInfoHost, csrcholInfoHost_t)
INFO(CsrqrInfo, csrqrInfo_t)
INFO(CsrqrInfoHost, csrqrInfoHost_t)
INFO(CsrluInfoHost, csrluInfoHost_t)

#define CALL(name, onHost) SparseCall{handle, "cusolverSp" #name, onHost}
#define PATTERN int nonzeros, const cusparseMatDescr_t a, const int *start, const int *column
#define MATRIX(T) int nonzeros, const cusparseMatDescr_t a, const T *value, const int *start, const int *column
#define ROWS(T) Rows<T>{n, a ? int(a->base) : 0, start, column, value}, isMatrix(n, nonzeros, a, start, column) && value

#define ANALYSES(Host, onHost)                                                                                           \
  cusolverStatus_t cusolverSpXcsrcholAnalysis##Host(cusolverSpHandle_t handle, int n, PATTERN, csrcholInfo##Host##_t info) {               \
    return analyse(CALL(XcsrcholAnalysis##Host, onHost), n, nonzeros, a, start, column, info);                           \
  }                                                                                                                      \
  cusolverStatus_t cusolverSpXcsrqrAnalysis##Host(cusolverSpHandle_t handle, int m, int n, PATTERN, csrqrInfo##Host##_t info) {            \
    return m != n ? CUSOLVER_STATUS_NOT_SUPPORTED : analyse(CALL(XcsrqrAnalysis##Host, onHost), n, nonzeros, a, start, column, info);      \
  }
ANALYSES(, false)
ANALYSES(Host, true)
cusolverStatus_t cusolverSpXcsrqrAnalysisBatched(cusolverSpHandle_t handle, int m, int n, PATTERN, csrqrInfo_t info) {
  return cusolverSpXcsrqrAnalysis(handle, m, n, nonzeros, a, start, column, info);
}
cusolverStatus_t cusolverSpXcsrluAnalysisHost(cusolverSpHandle_t handle, int n, PATTERN, csrluInfoHost_t info) {
  return analyse(CALL(XcsrluAnalysisHost, true), n, nonzeros, a, start, column, info);
}
cusolverStatus_t cusolverSpXcsrluNnzHost(cusolverSpHandle_t handle, int *inLower, int *inUpper, csrluInfoHost_t info) {
  SparseCall call = CALL(XcsrluNnzHost, true);
  CUPORT_CHECK(call, inLower && inUpper && info);
  Status status = CUSOLVER_STATUS_INVALID_VALUE;
#define ONE(P, T)                                                                                                        \
  if (status)                                                                                                            \
    status = count<T>(call, inLower, inUpper, info);
  CUPORT_FOUR_TYPES(ONE)
#undef ONE
  return status;
}

#define STEPS(P, T, Host, onHost)                                                                                        \
  cusolverStatus_t cusolverSp##P##csrcholBufferInfo##Host(cusolverSpHandle_t handle, int n, MATRIX(T), csrcholInfo##Host##_t info,         \
                                                          size_t *inside, size_t *work) {                                \
    return giveSizes(CALL(P##csrcholBufferInfo##Host, onHost), n, info, inside, work);                                   \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrcholFactor##Host(cusolverSpHandle_t handle, int n, MATRIX(T), csrcholInfo##Host##_t info, void *) {   \
    return factor<T>(CALL(P##csrcholFactor##Host, onHost), ROWS(T), info, true, false, 0, 0);                            \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrcholZeroPivot##Host(cusolverSpHandle_t handle, csrcholInfo##Host##_t info, Part<T> tolerance,         \
                                                         int *position) {                                                \
    return zeroPivot<T>(CALL(P##csrcholZeroPivot##Host, onHost), info, tolerance, true, position);                       \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrcholSolve##Host(cusolverSpHandle_t handle, int n, const T *b, T *x, csrcholInfo##Host##_t info,       \
                                                     void *) {                                                           \
    return solve<T>(CALL(P##csrcholSolve##Host, onHost), n, b, x, info);                                                 \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrqrBufferInfo##Host(cusolverSpHandle_t handle, int, int n, MATRIX(T), csrqrInfo##Host##_t info,        \
                                                        size_t *inside, size_t *work) {                                  \
    return giveSizes(CALL(P##csrqrBufferInfo##Host, onHost), n, info, inside, work);                                     \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrqrSetup##Host(cusolverSpHandle_t handle, int m, int n, MATRIX(T), T mu, csrqrInfo##Host##_t info) {   \
    return setUp<T>(CALL(P##csrqrSetup##Host, onHost), m, ROWS(T), mu, info);                                            \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrqrFactor##Host(cusolverSpHandle_t handle, int m, int n, int, T *b, T *x, csrqrInfo##Host##_t info,    \
                                                    void *) {                                                            \
    return factorSetUp<T>(CALL(P##csrqrFactor##Host, onHost), m, n, b, x, info);                                         \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrqrZeroPivot##Host(cusolverSpHandle_t handle, csrqrInfo##Host##_t info, Part<T> tolerance,             \
                                                       int *position) {                                                  \
    return zeroPivot<T>(CALL(P##csrqrZeroPivot##Host, onHost), info, tolerance, false, position);                        \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrqrSolve##Host(cusolverSpHandle_t handle, int, int n, T *b, T *x, csrqrInfo##Host##_t info, void *) {  \
    return solve<T>(CALL(P##csrqrSolve##Host, onHost), n, b, x, info);                                                   \
  }
#define FUNCTIONS(P, T)                                                                                                  \
  STEPS(P, T, , false)                                                                                                   \
  STEPS(P, T, Host, true)                                                                                                \
  cusolverStatus_t cusolverSp##P##csrqrBufferInfoBatched(cusolverSpHandle_t handle, int, int n, MATRIX(T), int, csrqrInfo_t info,          \
                                                         size_t *inside, size_t *work) {                                 \
    return giveSizes(CALL(P##csrqrBufferInfoBatched, false), n, info, inside, work);                                     \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrqrsvBatched(cusolverSpHandle_t handle, int m, int n, MATRIX(T), const T *b, T *x, int batch,          \
                                                 csrqrInfo_t info, void *) {                                             \
    return solveBatch<T>(CALL(P##csrqrsvBatched, false), m, n, nonzeros, a, value, start, column, b, x, batch, info);    \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrluBufferInfoHost(cusolverSpHandle_t handle, int n, MATRIX(T), csrluInfoHost_t info, size_t *inside,   \
                                                      size_t *work) {                                                    \
    return giveSizes(CALL(P##csrluBufferInfoHost, true), n, info, inside, work);                                         \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrluFactorHost(cusolverSpHandle_t handle, int n, MATRIX(T), csrluInfoHost_t info, Part<T> threshold,    \
                                                  void *) {                                                              \
    return factor<T>(CALL(P##csrluFactorHost, true), ROWS(T), info, false, true, threshold, 0);                          \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrluZeroPivotHost(cusolverSpHandle_t handle, csrluInfoHost_t info, Part<T> tolerance, int *position) {  \
    return zeroPivot<T>(CALL(P##csrluZeroPivotHost, true), info, tolerance, false, position);                            \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrluSolveHost(cusolverSpHandle_t handle, int n, const T *b, T *x, csrluInfoHost_t info, void *) {       \
    return solve<T>(CALL(P##csrluSolveHost, true), n, b, x, info);                                                       \
  }                                                                                                                      \
  cusolverStatus_t cusolverSp##P##csrluExtractHost(cusolverSpHandle_t handle, int *p, int *q, const cusparseMatDescr_t l, T *lValue,       \
                                                   int *lStart, int *lColumn, const cusparseMatDescr_t u, T *uValue, int *uStart,          \
                                                   int *uColumn, csrluInfoHost_t info, void *) {                         \
    return extract<T>(CALL(P##csrluExtractHost, true), p, q, l, lValue, lStart, lColumn, u, uValue, uStart, uColumn, info);                \
  }
CUPORT_FOUR_TYPES(FUNCTIONS)
