// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// gesv and gels, which cuSOLVER begins in a lower precision and refines: cusolverDn<T><lower>gesv. Here all is calculated in T's own, which
// cuSOLVER does, too, where lower ones do not pay; its number of steps is -1 then. cusolverDnIRSXgesv is the same by parameters.

#include "Dense.h"

#include <algorithm>

using namespace cuport;
using namespace cuport::solver;

/// What is said of a refinement changes nothing but which type is calculated with, and what is checked.
struct cusolverDnIRSParams {
  cusolverIRSRefinement_t refinement = CUSOLVER_IRS_REFINE_NOT_SET;
  cusolverPrecType_t main{}, lowest{};
  int steps = 50, innerSteps = 50;
  bool fallsBack = true;
};

struct cusolverDnIRSInfos {
  int steps = 0, maximum = 0;
};

namespace {

template <class T>
Status gesv(Call call, int steps, int n, int columns, T *a, int lda, int *pivots, const T *b, int ldb, T *x, int ldx, int *iterations, int *info) {
  CUPORT_CHECK(call, n >= 0 && columns >= 0 && holds(lda, n) && holds(ldb, n) && holds(ldx, n) && iterations);
  *iterations = steps;
  return call.enqueue([=] {
    for (int64_t j = 0; j < columns; ++j)
      std::copy_n(b + j * ldb, n, x + j * ldx);
    std::vector<lapack_int> made(pivots ? 0 : n);
    give(info, lapacke::gesv<T>(n, columns, numbers(a), lda, pivots ? pivots : made.data(), numbers(x), ldx));
  });
}

/// The least squares' solution; as many rows as columns or more, as cuSOLVER.
template <class T>
Status gels(Call call, int steps, int m, int n, int columns, T *a, int lda, const T *b, int ldb, T *x, int ldx, int *iterations, int *info) {
  CUPORT_CHECK(call, n >= 0 && m >= n && columns >= 0 && holds(lda, m) && holds(ldb, m) && holds(ldx, n) && iterations);
  *iterations = steps;
  return call.enqueue([=] {
    std::vector<T> right(size_t(std::max(m, 1)) * columns);
    for (int64_t j = 0; j < columns; ++j)
      std::copy_n(b + j * ldb, m, right.data() + j * m);
    give(info, lapacke::gels<T>('N', m, n, columns, numbers(a), lda, numbers(right.data()), std::max(m, 1)));
    for (int64_t j = 0; j < columns; ++j)
      std::copy_n(right.data() + j * m, n, x + j * ldx);
  });
}

bool isMain(cusolverPrecType_t type) { return type == CUSOLVER_R_32F || type == CUSOLVER_R_64F || type == CUSOLVER_C_32F || type == CUSOLVER_C_64F; }
bool isComplexType(cusolverPrecType_t type) { return type >= CUSOLVER_C_8I; }
/// How exact a floating type is; 0: it is none that a matrix may have.
int rank(cusolverPrecType_t type) {
  switch (type) {
  case CUSOLVER_R_16F:
  case CUSOLVER_R_16BF:
  case CUSOLVER_R_TF32:
  case CUSOLVER_C_16F:
  case CUSOLVER_C_16BF:
  case CUSOLVER_C_TF32: return 1;
  case CUSOLVER_R_32F:
  case CUSOLVER_C_32F: return 2;
  case CUSOLVER_R_64F:
  case CUSOLVER_C_64F: return 3;
  default: return 0;
  }
}

/// CUSOLVER_STATUS_SUCCESS, or what is wrong with parameters for a solution of \p columns right sides.
Status check(cusolverDnIRSParams_t params, int columns) {
  if (!params)
    return CUSOLVER_STATUS_IRS_PARAMS_NOT_INITIALIZED;
  if (!isMain(params->main) || !rank(params->lowest) || rank(params->lowest) > rank(params->main) ||
      isComplexType(params->lowest) != isComplexType(params->main))
    return CUSOLVER_STATUS_IRS_PARAMS_INVALID_PREC;
  if (params->refinement == CUSOLVER_IRS_REFINE_NOT_SET)
    return CUSOLVER_STATUS_IRS_PARAMS_INVALID_REFINE;
  bool isGmres = params->refinement == CUSOLVER_IRS_REFINE_GMRES || params->refinement == CUSOLVER_IRS_REFINE_GMRES_GMRES ||
                 params->refinement == CUSOLVER_IRS_REFINE_GMRES_NOPCOND;
  return isGmres && columns > 1 ? CUSOLVER_STATUS_IRS_NRHS_NOT_SUPPORTED_FOR_REFINE_GMRES : CUSOLVER_STATUS_SUCCESS;
}

/// \p body with the main type and the number of steps. A program that takes no fallback is not told of one, as the result has what it asks
/// a refinement for.
template <class Body> Status solve(Call call, cusolverDnIRSParams_t params, cusolverDnIRSInfos_t infos, int columns, Body body) {
  CUPORT_CHECK(call, true);
  if (Status status = check(params, columns))
    return status;
  if (!infos)
    return CUSOLVER_STATUS_IRS_INFOS_NOT_INITIALIZED;
  int steps = params->fallsBack && params->lowest != params->main && params->refinement != CUSOLVER_IRS_REFINE_NONE ? -1 : 0;
  *infos = {steps, params->steps};
  switch (params->main) {
  case CUSOLVER_R_32F: return body(float(), steps);
  case CUSOLVER_R_64F: return body(double(), steps);
  case CUSOLVER_C_32F: return body(cuComplex(), steps);
  default: return body(cuDoubleComplex(), steps);
  }
}

Status giveSize(Call call, size_t *size) {
  CUPORT_CHECK(call, size);
  *size = smallWork;
  return CUSOLVER_STATUS_SUCCESS;
}

} // namespace

#define CALL(name) Call{handle, "cusolverDn" #name}
#define FUNCTIONS(P, T, steps)                                                                                           \
  cusolverStatus_t cusolverDn##P##gesv_bufferSize(cusolverDnHandle_t handle, int, int, T *, int, int *, T *, int, T *, int, void *,        \
                                                  size_t *size) {                                                        \
    return giveSize(CALL(P##gesv), size);                                                                                \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##P##gels_bufferSize(cusolverDnHandle_t handle, int, int, int, T *, int, T *, int, T *, int, void *,          \
                                                  size_t *size) {                                                        \
    return giveSize(CALL(P##gels), size);                                                                                \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##P##gesv(cusolverDnHandle_t handle, int n, int columns, T *a, int lda, int *pivots, T *b, int ldb, T *x,     \
                                       int ldx, void *, size_t, int *iterations, int *info) {                            \
    return gesv<T>(CALL(P##gesv), steps, n, columns, a, lda, pivots, b, ldb, x, ldx, iterations, info);                  \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##P##gels(cusolverDnHandle_t handle, int m, int n, int columns, T *a, int lda, T *b, int ldb, T *x, int ldx,  \
                                       void *, size_t, int *iterations, int *info) {                                     \
    return gels<T>(CALL(P##gels), steps, m, n, columns, a, lda, b, ldb, x, ldx, iterations, info);                       \
  }
// No step where there is no lower precision to begin in.
FUNCTIONS(SS, float, 0)
FUNCTIONS(SH, float, -1)
FUNCTIONS(SB, float, -1)
FUNCTIONS(SX, float, -1)
FUNCTIONS(DD, double, 0)
FUNCTIONS(DS, double, -1)
FUNCTIONS(DH, double, -1)
FUNCTIONS(DB, double, -1)
FUNCTIONS(DX, double, -1)
FUNCTIONS(CC, cuComplex, 0)
FUNCTIONS(CK, cuComplex, -1)
FUNCTIONS(CE, cuComplex, -1)
FUNCTIONS(CY, cuComplex, -1)
FUNCTIONS(ZZ, cuDoubleComplex, 0)
FUNCTIONS(ZC, cuDoubleComplex, -1)
FUNCTIONS(ZK, cuDoubleComplex, -1)
FUNCTIONS(ZE, cuDoubleComplex, -1)
FUNCTIONS(ZY, cuDoubleComplex, -1)

cusolverStatus_t cusolverDnIRSXgesv_bufferSize(cusolverDnHandle_t handle, cusolverDnIRSParams_t params, int, int columns, size_t *size) {
  Status status = check(params, columns);
  return status ? status : giveSize(CALL(IRSXgesv), size);
}
cusolverStatus_t cusolverDnIRSXgels_bufferSize(cusolverDnHandle_t handle, cusolverDnIRSParams_t params, int, int, int columns, size_t *size) {
  Status status = check(params, columns);
  return status ? status : giveSize(CALL(IRSXgels), size);
}
cusolverStatus_t cusolverDnIRSXgesv(cusolverDnHandle_t handle, cusolverDnIRSParams_t params, cusolverDnIRSInfos_t infos, int n, int columns, void *a, int lda,
                                    void *b, int ldb, void *x, int ldx, void *, size_t, int *iterations, int *info) {
  return solve(CALL(IRSXgesv), params, infos, columns, [&]<class T>(T, int steps) {
    return gesv<T>(CALL(IRSXgesv), steps, n, columns, static_cast<T *>(a), lda, nullptr, static_cast<T *>(b), ldb, static_cast<T *>(x), ldx, iterations, info);
  });
}
cusolverStatus_t cusolverDnIRSXgels(cusolverDnHandle_t handle, cusolverDnIRSParams_t params, cusolverDnIRSInfos_t infos, int m, int n, int columns, void *a,
                                    int lda, void *b, int ldb, void *x, int ldx, void *, size_t, int *iterations, int *info) {
  return solve(CALL(IRSXgels), params, infos, columns, [&]<class T>(T, int steps) {
    return gels<T>(CALL(IRSXgels), steps, m, n, columns, static_cast<T *>(a), lda, static_cast<T *>(b), ldb, static_cast<T *>(x), ldx, iterations, info);
  });
}

/// Begin of a setter: no parameters, or a value that they cannot have.
#define CHECK_PARAMS(valid, otherwise)                                                                                   \
  if (!params)                                                                                                           \
    return CUSOLVER_STATUS_IRS_PARAMS_NOT_INITIALIZED;                                                                   \
  if (!(valid))                                                                                                          \
    return otherwise

cusolverStatus_t cusolverDnIRSParamsCreate(cusolverDnIRSParams_t *params) {
  if (!params)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *params = new cusolverDnIRSParams;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSParamsDestroy(cusolverDnIRSParams_t params) {
  CHECK_PARAMS(true, CUSOLVER_STATUS_SUCCESS);
  delete params;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSParamsSetRefinementSolver(cusolverDnIRSParams_t params, cusolverIRSRefinement_t solver) {
  CHECK_PARAMS(solver >= CUSOLVER_IRS_REFINE_NOT_SET && solver <= CUSOLVER_IRS_REFINE_GMRES_NOPCOND, CUSOLVER_STATUS_IRS_PARAMS_INVALID_REFINE);
  params->refinement = solver;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSParamsSetSolverMainPrecision(cusolverDnIRSParams_t params, cusolverPrecType_t type) {
  CHECK_PARAMS(isMain(type), CUSOLVER_STATUS_IRS_PARAMS_INVALID_PREC);
  params->main = type;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSParamsSetSolverLowestPrecision(cusolverDnIRSParams_t params, cusolverPrecType_t type) {
  CHECK_PARAMS(rank(type), CUSOLVER_STATUS_IRS_PARAMS_INVALID_PREC);
  params->lowest = type;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSParamsSetSolverPrecisions(cusolverDnIRSParams_t params, cusolverPrecType_t main, cusolverPrecType_t lowest) {
  Status status = cusolverDnIRSParamsSetSolverMainPrecision(params, main);
  return status ? status : cusolverDnIRSParamsSetSolverLowestPrecision(params, lowest);
}
cusolverStatus_t cusolverDnIRSParamsSetTol(cusolverDnIRSParams_t params, double) {
  CHECK_PARAMS(true, CUSOLVER_STATUS_SUCCESS);
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSParamsSetTolInner(cusolverDnIRSParams_t params, double) {
  CHECK_PARAMS(true, CUSOLVER_STATUS_SUCCESS);
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSParamsSetMaxIters(cusolverDnIRSParams_t params, int steps) {
  CHECK_PARAMS(steps > 0, CUSOLVER_STATUS_IRS_PARAMS_INVALID);
  params->steps = steps;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSParamsSetMaxItersInner(cusolverDnIRSParams_t params, int steps) {
  CHECK_PARAMS(steps > 0 && steps <= params->steps, CUSOLVER_STATUS_IRS_PARAMS_INVALID);
  params->innerSteps = steps;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSParamsGetMaxIters(cusolverDnIRSParams_t params, int *steps) {
  CHECK_PARAMS(steps, CUSOLVER_STATUS_INVALID_VALUE);
  *steps = params->steps;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSParamsEnableFallback(cusolverDnIRSParams_t params) {
  CHECK_PARAMS(true, CUSOLVER_STATUS_SUCCESS);
  params->fallsBack = true;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSParamsDisableFallback(cusolverDnIRSParams_t params) {
  CHECK_PARAMS(true, CUSOLVER_STATUS_SUCCESS);
  params->fallsBack = false;
  return CUSOLVER_STATUS_SUCCESS;
}

cusolverStatus_t cusolverDnIRSInfosCreate(cusolverDnIRSInfos_t *infos) {
  if (!infos)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *infos = new cusolverDnIRSInfos;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSInfosDestroy(cusolverDnIRSInfos_t infos) {
  if (!infos)
    return CUSOLVER_STATUS_IRS_INFOS_NOT_INITIALIZED;
  delete infos;
  return CUSOLVER_STATUS_SUCCESS;
}
static Status giveInfo(cusolverDnIRSInfos_t infos, int cusolverDnIRSInfos::*member, int *value) {
  if (!infos)
    return CUSOLVER_STATUS_IRS_INFOS_NOT_INITIALIZED;
  if (!value)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *value = infos->*member;
  return CUSOLVER_STATUS_SUCCESS;
}
cusolverStatus_t cusolverDnIRSInfosGetNiters(cusolverDnIRSInfos_t infos, int *steps) { return giveInfo(infos, &cusolverDnIRSInfos::steps, steps); }
cusolverStatus_t cusolverDnIRSInfosGetOuterNiters(cusolverDnIRSInfos_t infos, int *steps) { return giveInfo(infos, &cusolverDnIRSInfos::steps, steps); }
cusolverStatus_t cusolverDnIRSInfosGetMaxIters(cusolverDnIRSInfos_t infos, int *steps) { return giveInfo(infos, &cusolverDnIRSInfos::maximum, steps); }
