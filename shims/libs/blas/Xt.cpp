// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuBLASXt: level 3 on matrices of the host or a device, over cuBLAS's functions with 64-bit numbers. A card is given tiles of the
// matrices in turn; here all of them are in reach, so a call is one of cuBLAS's, for whose end it waits.

#include "Handle.h"

#include <cublasXt.h>

using namespace cuport;
using namespace cuport::blas;

/// What is set for tiles, cards and the host's part of the work is kept or taken, and changes nothing.
struct cublasXtContext {
  cublasHandle_t own;
  int blockDim = 2048;
  cublasXtPinnedMemMode_t pinning = CUBLASXT_PINNING_DISABLED;
};

template <class... Taken, class... Given>
static Status call(cublasXtHandle_t handle, Status (*function)(cublasHandle_t, Taken...), Given... given) {
  if (!handle)
    return CUBLAS_STATUS_NOT_INITIALIZED;
  Status status = function(handle->own, static_cast<Taken>(given)...);
  return status ? status : statusOf(cudaStreamSynchronize(handle->own->stream));
}

/// Begin of a function for the settings: no handle, an invalid argument.
#define CHECK(valid)                                                                                                     \
  if (!handle)                                                                                                           \
    return CUBLAS_STATUS_NOT_INITIALIZED;                                                                                \
  if (!(valid))                                                                                                          \
    return CUBLAS_STATUS_INVALID_VALUE

cublasStatus_t cublasXtCreate(cublasXtHandle_t *handle) {
  if (!handle)
    return CUBLAS_STATUS_INVALID_VALUE;
  cublasHandle_t own;
  if (Status status = cublasCreate_v2(&own))
    return status;
  *handle = new cublasXtContext{own};
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasXtDestroy(cublasXtHandle_t handle) {
  CHECK(true);
  Status status = cublasDestroy_v2(handle->own);
  delete handle;
  return status;
}

static bool areDevices(int count, const int *devices) {
  int known = 0;
  if (count < 1 || !devices || cudaGetDeviceCount(&known) != cudaSuccess)
    return false;
  for (int i = 0; i < count; ++i)
    if (devices[i] < 0 || devices[i] >= known)
      return false;
  return true;
}

cublasStatus_t cublasXtDeviceSelect(cublasXtHandle_t handle, int count, int devices[]) {
  CHECK(areDevices(count, devices));
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasXtGetNumBoards(int count, int devices[], int *boards) {
  if (!areDevices(count, devices) || !boards)
    return CUBLAS_STATUS_INVALID_VALUE;
  *boards = count; // a device is a board of its own
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasXtMaxBoards(int *boards) { return boards ? statusOf(cudaGetDeviceCount(boards)) : CUBLAS_STATUS_INVALID_VALUE; }

cublasStatus_t cublasXtSetBlockDim(cublasXtHandle_t handle, int blockDim) {
  CHECK(blockDim > 0);
  handle->blockDim = blockDim;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasXtGetBlockDim(cublasXtHandle_t handle, int *blockDim) {
  CHECK(blockDim);
  *blockDim = handle->blockDim;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasXtSetPinningMemMode(cublasXtHandle_t handle, cublasXtPinnedMemMode_t mode) {
  CHECK(mode == CUBLASXT_PINNING_DISABLED || mode == CUBLASXT_PINNING_ENABLED);
  handle->pinning = mode;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasXtGetPinningMemMode(cublasXtHandle_t handle, cublasXtPinnedMemMode_t *mode) {
  CHECK(mode);
  *mode = handle->pinning;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasXtSetCpuRoutine(cublasXtHandle_t handle, cublasXtBlasOp_t, cublasXtOpType_t, void *routine) {
  CHECK(routine);
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasXtSetCpuRatio(cublasXtHandle_t handle, cublasXtBlasOp_t, cublasXtOpType_t, float ratio) {
  CHECK(ratio >= 0 && ratio <= 1);
  return CUBLAS_STATUS_SUCCESS;
}

#define LEVEL3(L, T)                                                                                                     \
  cublasStatus_t cublasXt##L##gemm(cublasXtHandle_t handle, cublasOperation_t opA, cublasOperation_t opB, size_t m, size_t n, size_t k,      \
                                   const T *alpha, const T *a, size_t lda, const T *b, size_t ldb, const T *beta, T *c, size_t ldc) {        \
    return call(handle, cublas##L##gemm_v2_64, opA, opB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);                  \
  }                                                                                                                      \
  cublasStatus_t cublasXt##L##syrk(cublasXtHandle_t handle, cublasFillMode_t fill, cublasOperation_t op, size_t n, size_t k, const T *alpha, \
                                   const T *a, size_t lda, const T *beta, T *c, size_t ldc) {                            \
    return call(handle, cublas##L##syrk_v2_64, fill, op, n, k, alpha, a, lda, beta, c, ldc);                             \
  }                                                                                                                      \
  cublasStatus_t cublasXt##L##syr2k(cublasXtHandle_t handle, cublasFillMode_t fill, cublasOperation_t op, size_t n, size_t k,                \
                                    const T *alpha, const T *a, size_t lda, const T *b, size_t ldb, const T *beta, T *c, size_t ldc) {       \
    return call(handle, cublas##L##syr2k_v2_64, fill, op, n, k, alpha, a, lda, b, ldb, beta, c, ldc);                    \
  }                                                                                                                      \
  cublasStatus_t cublasXt##L##syrkx(cublasXtHandle_t handle, cublasFillMode_t fill, cublasOperation_t op, size_t n, size_t k,                \
                                    const T *alpha, const T *a, size_t lda, const T *b, size_t ldb, const T *beta, T *c, size_t ldc) {       \
    return call(handle, cublas##L##syrkx_64, fill, op, n, k, alpha, a, lda, b, ldb, beta, c, ldc);                       \
  }                                                                                                                      \
  cublasStatus_t cublasXt##L##symm(cublasXtHandle_t handle, cublasSideMode_t side, cublasFillMode_t fill, size_t m, size_t n,                \
                                   const T *alpha, const T *a, size_t lda, const T *b, size_t ldb, const T *beta, T *c, size_t ldc) {        \
    return call(handle, cublas##L##symm_v2_64, side, fill, m, n, alpha, a, lda, b, ldb, beta, c, ldc);                   \
  }                                                                                                                      \
  cublasStatus_t cublasXt##L##trsm(cublasXtHandle_t handle, cublasSideMode_t side, cublasFillMode_t fill, cublasOperation_t op,              \
                                   cublasDiagType_t diagonal, size_t m, size_t n, const T *alpha, const T *a, size_t lda, T *b,              \
                                   size_t ldb) {                                                                         \
    return call(handle, cublas##L##trsm_v2_64, side, fill, op, diagonal, m, n, alpha, a, lda, b, ldb);                   \
  }                                                                                                                      \
  cublasStatus_t cublasXt##L##trmm(cublasXtHandle_t handle, cublasSideMode_t side, cublasFillMode_t fill, cublasOperation_t op,              \
                                   cublasDiagType_t diagonal, size_t m, size_t n, const T *alpha, const T *a, size_t lda, const T *b,        \
                                   size_t ldb, T *c, size_t ldc) {                                                       \
    return call(handle, cublas##L##trmm_v2_64, side, fill, op, diagonal, m, n, alpha, a, lda, b, ldb, c, ldc);           \
  }
LEVEL3(S, float)
LEVEL3(D, double)
LEVEL3(C, cuComplex)
LEVEL3(Z, cuDoubleComplex)

#define HERMITIAN(L, T, R)                                                                                               \
  cublasStatus_t cublasXt##L##herk(cublasXtHandle_t handle, cublasFillMode_t fill, cublasOperation_t op, size_t n, size_t k, const R *alpha, \
                                   const T *a, size_t lda, const R *beta, T *c, size_t ldc) {                            \
    return call(handle, cublas##L##herk_v2_64, fill, op, n, k, alpha, a, lda, beta, c, ldc);                             \
  }                                                                                                                      \
  cublasStatus_t cublasXt##L##her2k(cublasXtHandle_t handle, cublasFillMode_t fill, cublasOperation_t op, size_t n, size_t k,                \
                                    const T *alpha, const T *a, size_t lda, const T *b, size_t ldb, const R *beta, T *c, size_t ldc) {       \
    return call(handle, cublas##L##her2k_v2_64, fill, op, n, k, alpha, a, lda, b, ldb, beta, c, ldc);                    \
  }                                                                                                                      \
  cublasStatus_t cublasXt##L##herkx(cublasXtHandle_t handle, cublasFillMode_t fill, cublasOperation_t op, size_t n, size_t k,                \
                                    const T *alpha, const T *a, size_t lda, const T *b, size_t ldb, const R *beta, T *c, size_t ldc) {       \
    return call(handle, cublas##L##herkx_64, fill, op, n, k, alpha, a, lda, b, ldb, beta, c, ldc);                       \
  }                                                                                                                      \
  cublasStatus_t cublasXt##L##hemm(cublasXtHandle_t handle, cublasSideMode_t side, cublasFillMode_t fill, size_t m, size_t n,                \
                                   const T *alpha, const T *a, size_t lda, const T *b, size_t ldb, const T *beta, T *c, size_t ldc) {        \
    return call(handle, cublas##L##hemm_v2_64, side, fill, m, n, alpha, a, lda, b, ldb, beta, c, ldc);                   \
  }
HERMITIAN(C, cuComplex, float)
HERMITIAN(Z, cuDoubleComplex, double)
