// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Handles, parameters of Jacobi's methods and of the functions with 64-bit numbers.

#include "Handle.h"

#include <cblas.h>

#include <algorithm>
#include <iterator>
#include <thread>

using namespace cuport;
using namespace cuport::solver;

// What is set is kept; there is nothing that it changes.
struct syevjInfo {
  double tolerance = 0;
  int sweeps = 100, sorts = 1;
};
struct gesvdjInfo {
  double tolerance = 0;
  int sweeps = 100, sorts = 1;
};
struct cusolverDnParams {};

Status solver::statusOf(cudaError_t error) {
  switch (error) {
  case cudaSuccess: return CUSOLVER_STATUS_SUCCESS;
  case cudaErrorNotSupported: return CUSOLVER_STATUS_NOT_SUPPORTED;
  case cudaErrorMemoryAllocation: return CUSOLVER_STATUS_ALLOC_FAILED;
  case cudaErrorInitializationError:
  case cudaErrorNoDevice: return CUSOLVER_STATUS_NOT_INITIALIZED;
  default: return CUSOLVER_STATUS_EXECUTION_FAILED;
  }
}

cusolverStatus_t cusolverDnCreate(cusolverDnHandle_t *handle) {
  if (!handle)
    return CUSOLVER_STATUS_INVALID_VALUE;
  int device, multiprocessors;
  if (cudaError_t error = cudaGetDevice(&device))
    return statusOf(error);
  if (cudaError_t error = cudaDeviceGetAttribute(&multiprocessors, cudaDevAttrMultiProcessorCount, device))
    return statusOf(error);
  // As many threads as blocks have (CUPORT_THREADS); and NaN is calculated with, as on a card.
  openblas_set_num_threads(std::clamp(multiprocessors, 1, int(std::max(1u, std::thread::hardware_concurrency()))));
  LAPACKE_set_nancheck(0);
  *handle = new cusolverDnContext;
  return CUSOLVER_STATUS_SUCCESS;
}

cusolverStatus_t cusolverDnDestroy(cusolverDnHandle_t handle) {
  if (!handle)
    return CUSOLVER_STATUS_NOT_INITIALIZED;
  delete handle;
  return CUSOLVER_STATUS_SUCCESS;
}

cusolverStatus_t cusolverDnSetStream(cusolverDnHandle_t handle, cudaStream_t stream) {
  if (!handle)
    return CUSOLVER_STATUS_NOT_INITIALIZED;
  handle->stream = stream;
  return CUSOLVER_STATUS_SUCCESS;
}

cusolverStatus_t cusolverDnSetDeterministicMode(cusolverDnHandle_t handle, cusolverDeterministicMode_t mode) {
  CUPORT_CHECK(Call({handle, ""}), mode == CUSOLVER_DETERMINISTIC_RESULTS || mode == CUSOLVER_ALLOW_NON_DETERMINISTIC_RESULTS);
  handle->determinism = mode;
  return CUSOLVER_STATUS_SUCCESS;
}

cusolverStatus_t cusolverDnGetDeterministicMode(cusolverDnHandle_t handle, cusolverDeterministicMode_t *mode) {
  CUPORT_CHECK(Call({handle, ""}), mode);
  *mode = handle->determinism;
  return CUSOLVER_STATUS_SUCCESS;
}

cusolverStatus_t cusolverDnGetStream(cusolverDnHandle_t handle, cudaStream_t *stream) {
  CUPORT_CHECK(Call({handle, ""}), stream);
  *stream = handle->stream;
  return CUSOLVER_STATUS_SUCCESS;
}

cusolverStatus_t cusolverGetVersion(int *version) {
  if (!version)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *version = CUSOLVER_VERSION;
  return CUSOLVER_STATUS_SUCCESS;
}

cusolverStatus_t cusolverGetProperty(libraryPropertyType type, int *value) {
  static constexpr int parts[] = {CUSOLVER_VER_MAJOR, CUSOLVER_VER_MINOR, CUSOLVER_VER_PATCH};
  if (!value || unsigned(type) >= std::size(parts))
    return CUSOLVER_STATUS_INVALID_VALUE;
  *value = parts[type];
  return CUSOLVER_STATUS_SUCCESS;
}

/// After a solution by LAPACK nothing is left of what Jacobi's method would have left, and there were no sweeps.
#define JACOBI(Create, Destroy, Set, T)                                                                                  \
  cusolverStatus_t cusolverDn##Create(T **info) {                                                                        \
    if (!info)                                                                                                           \
      return CUSOLVER_STATUS_INVALID_VALUE;                                                                              \
    *info = new T;                                                                                                       \
    return CUSOLVER_STATUS_SUCCESS;                                                                                      \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##Destroy(T *info) {                                                                        \
    delete info;                                                                                                         \
    return CUSOLVER_STATUS_SUCCESS;                                                                                      \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##Set##SetTolerance(T *info, double tolerance) {                                            \
    if (!info)                                                                                                           \
      return CUSOLVER_STATUS_INVALID_VALUE;                                                                              \
    info->tolerance = tolerance;                                                                                         \
    return CUSOLVER_STATUS_SUCCESS;                                                                                      \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##Set##SetMaxSweeps(T *info, int sweeps) {                                                  \
    if (!info || sweeps < 0)                                                                                             \
      return CUSOLVER_STATUS_INVALID_VALUE;                                                                              \
    info->sweeps = sweeps;                                                                                               \
    return CUSOLVER_STATUS_SUCCESS;                                                                                      \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##Set##SetSortEig(T *info, int sorts) {                                                     \
    if (!info)                                                                                                           \
      return CUSOLVER_STATUS_INVALID_VALUE;                                                                              \
    info->sorts = sorts;                                                                                                 \
    return CUSOLVER_STATUS_SUCCESS;                                                                                      \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##Set##GetResidual(cusolverDnHandle_t handle, T *info, double *residual) {                  \
    CUPORT_CHECK(Call({handle, ""}), info && residual);                                                                  \
    *residual = 0;                                                                                                       \
    return CUSOLVER_STATUS_SUCCESS;                                                                                      \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##Set##GetSweeps(cusolverDnHandle_t handle, T *info, int *sweeps) {                         \
    CUPORT_CHECK(Call({handle, ""}), info && sweeps);                                                                    \
    *sweeps = 0;                                                                                                         \
    return CUSOLVER_STATUS_SUCCESS;                                                                                      \
  }
JACOBI(CreateSyevjInfo, DestroySyevjInfo, Xsyevj, syevjInfo)
JACOBI(CreateGesvdjInfo, DestroyGesvdjInfo, Xgesvdj, gesvdjInfo)
#undef JACOBI

cusolverStatus_t cusolverDnCreateParams(cusolverDnParams_t *parameters) {
  if (!parameters)
    return CUSOLVER_STATUS_INVALID_VALUE;
  *parameters = new cusolverDnParams;
  return CUSOLVER_STATUS_SUCCESS;
}

cusolverStatus_t cusolverDnDestroyParams(cusolverDnParams_t parameters) {
  delete parameters;
  return CUSOLVER_STATUS_SUCCESS;
}

/// There is one algorithm for each.
cusolverStatus_t cusolverDnSetAdvOptions(cusolverDnParams_t parameters, cusolverDnFunction_t, cusolverAlgMode_t) {
  return parameters ? CUSOLVER_STATUS_SUCCESS : CUSOLVER_STATUS_INVALID_VALUE;
}

// There is nothing to log.
cusolverStatus_t cusolverDnLoggerSetCallback(cusolverDnLoggerCallback_t) { return CUSOLVER_STATUS_SUCCESS; }
cusolverStatus_t cusolverDnLoggerSetFile(FILE *) { return CUSOLVER_STATUS_SUCCESS; }
cusolverStatus_t cusolverDnLoggerOpenFile(const char *) { return CUSOLVER_STATUS_SUCCESS; }
cusolverStatus_t cusolverDnLoggerSetLevel(int) { return CUSOLVER_STATUS_SUCCESS; }
cusolverStatus_t cusolverDnLoggerSetMask(int) { return CUSOLVER_STATUS_SUCCESS; }
cusolverStatus_t cusolverDnLoggerForceDisable() { return CUSOLVER_STATUS_SUCCESS; }
