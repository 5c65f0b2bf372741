// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cusolverRf: factors of matrices of one pattern, of which somebody has found the orders P and Q. Their L and U are not needed: P A Q is
// factored anew, without exchanges. There is no stream in its interface, so it is the null stream's.

#include "Sparse.h"

#include <cusolverRf.h>


using namespace cuport;
using namespace cuport::solver;

struct cusolverRfCommon {
  cusolverRfMatrixFormat_t format = CUSOLVERRF_MATRIX_FORMAT_CSR;
  cusolverRfUnitDiagonal_t diagonal = CUSOLVERRF_UNIT_DIAGONAL_STORED_L;
  cusolverRfFactorization_t factorization = CUSOLVERRF_FACTORIZATION_ALG0;
  cusolverRfTriangularSolve_t triangular = CUSOLVERRF_TRIANGULAR_SOLVE_ALG1;
  cusolverRfResetValuesFastMode_t fastMode = CUSOLVERRF_RESET_VALUES_FAST_MODE_OFF;
  double zero = 0, boost = 0;
  static constexpr cudaStream_t stream = nullptr;

  int n = -1, nonzeros = 0; ///< of the setup; -1: there was none
  std::vector<int> start, column, p, q;
  std::vector<std::vector<double>> values; ///< of each matrix of the batch
  std::vector<SparseLu<double>> factors;
};

namespace {

using Handle = cusolverRfHandle_t;

using RfCall = CallOf<cusolverRfCommon>;

bool isPattern(int n, int nonzeros, const int *start, const int *column, const int *p, const int *q) {
  return n >= 0 && nonzeros >= 0 && start && column && p && q;
}

/// Takes the pattern, the orders and the first values, which are the host's or the device's.
void keep(Handle handle, int batch, int n, int nonzeros, const int *start, const int *column, const double *const *values, const int *p,
          const int *q) {
  handle->n = n;
  handle->nonzeros = nonzeros;
  handle->start.assign(start, start + n + 1);
  handle->column.assign(column, column + nonzeros);
  handle->p.assign(p, p + n);
  handle->q.assign(q, q + n);
  handle->values.clear();
  for (int i = 0; i < batch; ++i)
    handle->values.emplace_back(values[i], values[i] + nonzeros);
  handle->factors.clear();
}

Status refactor(RfCall call) {
  CUPORT_CHECK(call, call.handle->n >= 0);
  return call.enqueue([handle = call.handle] {
    int n = handle->n, base = n ? handle->start[0] : 0;
    std::vector<int> row(n), column(n), same(n);
    std::iota(same.begin(), same.end(), 0);
    for (int k = 0; k < n; ++k) {
      row[handle->p[k]] = k;
      column[handle->q[k]] = k;
    }
    handle->factors.clear();
    for (const std::vector<double> &values : handle->values) {
      Columns<double> turned(n);
      for (int i = 0; i < n; ++i)
        for (int k = handle->start[i] - base; k < handle->start[i + 1] - base; ++k)
          turned.of[column[handle->column[k] - base]].push_back({row[i], values[k]});
      handle->factors.emplace_back(turned, same, false, 0);
    }
  });
}

void solveAll(Handle handle, const int *p, const int *q, int columns, double *const *x, int ldx) {
  int n = handle->n;
  std::vector<double> right(n);
  for (size_t i = 0; i < handle->factors.size(); ++i)
    for (int64_t j = 0; j < columns; ++j) {
      double *column = x[i] + j * ldx;
      for (int k = 0; k < n; ++k)
        right[k] = column[p[k]];
      handle->factors[i].solve(right.data(), right.data());
      for (int k = 0; k < n; ++k)
        column[q[k]] = right[k];
    }
}

/// Gives what a handle keeps.
template <class T, class U>
Status give(Handle handle, T cusolverRfCommon::*first, T *one, U cusolverRfCommon::*second, U *other) {
  RfCall call{handle, ""};
  CUPORT_CHECK(call, one && other);
  *one = handle->*first;
  *other = handle->*second;
  return CUSOLVER_STATUS_SUCCESS;
}
template <class T, class U> Status take(Handle handle, T cusolverRfCommon::*first, T one, U cusolverRfCommon::*second, U other) {
  if (!handle)
    return CUSOLVER_STATUS_NOT_INITIALIZED;
  handle->*first = one;
  handle->*second = other;
  return CUSOLVER_STATUS_SUCCESS;
}

} // namespace

cusolverStatus_t cusolverRfCreate(cusolverRfHandle_t *handle) {
  if (!handle)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *handle = new cusolverRfCommon;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverRfDestroy(cusolverRfHandle_t handle) {
  if (!handle)
    return CUSOLVER_STATUS_NOT_INITIALIZED;
  Status status = statusOf(cudaStreamSynchronize(nullptr));
  delete handle;
  return status;
}

#define MEMBERS(one, other) &cusolverRfCommon::one, one, &cusolverRfCommon::other, other
cusolverStatus_t cusolverRfSetMatrixFormat(cusolverRfHandle_t handle, cusolverRfMatrixFormat_t format, cusolverRfUnitDiagonal_t diagonal) {
  if (format == CUSOLVERRF_MATRIX_FORMAT_CSC) {
    libs::logUnsupported("cusolverRf with matrices by columns");
    return CUSOLVER_STATUS_NOT_SUPPORTED;
  }
  return take(handle, MEMBERS(format, diagonal));
}
cusolverStatus_t cusolverRfGetMatrixFormat(cusolverRfHandle_t handle, cusolverRfMatrixFormat_t *format, cusolverRfUnitDiagonal_t *diagonal) {
  return give(handle, MEMBERS(format, diagonal));
}
cusolverStatus_t cusolverRfSetNumericProperties(cusolverRfHandle_t handle, double zero, double boost) {
  return take(handle, MEMBERS(zero, boost));
}
cusolverStatus_t cusolverRfGetNumericProperties(cusolverRfHandle_t handle, double *zero, double *boost) {
  return give(handle, MEMBERS(zero, boost));
}
cusolverStatus_t cusolverRfSetAlgs(cusolverRfHandle_t handle, cusolverRfFactorization_t factorization, cusolverRfTriangularSolve_t triangular) {
  return take(handle, MEMBERS(factorization, triangular));
}
cusolverStatus_t cusolverRfGetAlgs(cusolverRfHandle_t handle, cusolverRfFactorization_t *factorization, cusolverRfTriangularSolve_t *triangular) {
  return give(handle, MEMBERS(factorization, triangular));
}
cusolverStatus_t cusolverRfSetResetValuesFastMode(cusolverRfHandle_t handle, cusolverRfResetValuesFastMode_t fastMode) {
  return take(handle, MEMBERS(fastMode, fastMode));
}
cusolverStatus_t cusolverRfGetResetValuesFastMode(cusolverRfHandle_t handle, cusolverRfResetValuesFastMode_t *fastMode) {
  return give(handle, MEMBERS(fastMode, fastMode));
}
cusolverStatus_t cusolverRfGetNumericBoostReport(cusolverRfHandle_t handle, cusolverRfNumericBoostReport_t *report) {
  RfCall call{handle, ""};
  CUPORT_CHECK(call, report);
  *report = CUSOLVERRF_NUMERIC_BOOST_NOT_USED; // no pivot is raised here
  return CUSOLVER_STATUS_SUCCESS;
}

// L and U, which are not needed.
#define FACTORS int, int *, int *, double *, int, int *, int *, double *
cusolverStatus_t cusolverRfSetupHost(int n, int nonzeros, int *start, int *column, double *value, FACTORS, int *p, int *q,
                                     cusolverRfHandle_t handle) {
  return value ? cusolverRfBatchSetupHost(1, n, nonzeros, start, column, &value, 0, nullptr, nullptr, nullptr, 0, nullptr, nullptr, nullptr, p, q,
                                          handle)
               : CUSOLVER_STATUS_INVALID_VALUE;
}
cusolverStatus_t cusolverRfBatchSetupHost(int batch, int n, int nonzeros, int *start, int *column, double *values[], FACTORS, int *p, int *q,
                                          cusolverRfHandle_t handle) {
  RfCall call{handle, "cusolverRfBatchSetupHost"};
  CUPORT_CHECK(call, isPattern(n, nonzeros, start, column, p, q) && batch >= 0 && values);
  keep(handle, batch, n, nonzeros, start, column, values, p, q);
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverRfSetupDevice(int n, int nonzeros, int *start, int *column, double *value, FACTORS, int *p, int *q,
                                       cusolverRfHandle_t handle) {
  RfCall call{handle, "cusolverRfSetupDevice"};
  CUPORT_CHECK(call, isPattern(n, nonzeros, start, column, p, q) && value);
  return call.wait([=] { keep(handle, 1, n, nonzeros, start, column, &value, p, q); });
}

// What the pattern alone says is found with the factors.
cusolverStatus_t cusolverRfAnalyze(cusolverRfHandle_t handle) {
  RfCall call{handle, "cusolverRfAnalyze"};
  CUPORT_CHECK(call, handle->n >= 0);
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverRfBatchAnalyze(cusolverRfHandle_t handle) { return cusolverRfAnalyze(handle); }

cusolverStatus_t cusolverRfResetValues(int n, int nonzeros, int *, int *, double *value, int *, int *, cusolverRfHandle_t handle) {
  RfCall call{handle, "cusolverRfResetValues"};
  CUPORT_CHECK(call, value && n == handle->n && nonzeros == handle->nonzeros && handle->values.size() == 1);
  return call.enqueue([=] { std::copy_n(value, nonzeros, handle->values[0].begin()); });
}
cusolverStatus_t cusolverRfBatchResetValues(int batch, int n, int nonzeros, int *, int *, double *values[], int *, int *,
                                            cusolverRfHandle_t handle) {
  RfCall call{handle, "cusolverRfBatchResetValues"};
  CUPORT_CHECK(call, values && n == handle->n && nonzeros == handle->nonzeros && size_t(batch) == handle->values.size());
  return call.enqueue([=] {
    for (int i = 0; i < batch; ++i)
      std::copy_n(values[i], nonzeros, handle->values[i].begin());
  });
}
cusolverStatus_t cusolverRfRefactor(cusolverRfHandle_t handle) { return refactor({handle, "cusolverRfRefactor"}); }
cusolverStatus_t cusolverRfBatchRefactor(cusolverRfHandle_t handle) { return refactor({handle, "cusolverRfBatchRefactor"}); }

cusolverStatus_t cusolverRfSolve(cusolverRfHandle_t handle, int *p, int *q, int columns, double *, int, double *x, int ldx) {
  RfCall call{handle, "cusolverRfSolve"};
  CUPORT_CHECK(call, x && handle->n >= 0 && p && q && columns >= 0 && ldx >= handle->n);
  return call.enqueue([=] { solveAll(handle, p, q, columns, &x, ldx); });
}
cusolverStatus_t cusolverRfBatchSolve(cusolverRfHandle_t handle, int *p, int *q, int columns, double *, int, double *x[], int ldx) {
  RfCall call{handle, "cusolverRfBatchSolve"};
  CUPORT_CHECK(call, x && handle->n >= 0 && p && q && columns >= 0 && ldx >= handle->n);
  return call.enqueue([=] { solveAll(handle, p, q, columns, x, ldx); });
}

/// For each matrix the first place of a pivot that is 0, or -1; in the host's memory.
cusolverStatus_t cusolverRfBatchZeroPivot(cusolverRfHandle_t handle, int *position) {
  RfCall call{handle, "cusolverRfBatchZeroPivot"};
  CUPORT_CHECK(call, position);
  return call.wait([=] {
    for (size_t i = 0; i < handle->factors.size(); ++i)
      position[i] = handle->factors[i].firstZero(handle->zero, false);
  });
}
