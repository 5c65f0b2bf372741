// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The legacy interface's own functions: its one handle, errors and memory.

#include "Legacy.h"

#include <atomic>

using namespace cuport;

static std::atomic<cublasHandle_t> theHandle;
static std::atomic<cublasStatus_t> lastError{CUBLAS_STATUS_SUCCESS};

cublasHandle_t cuport::legacyHandle() { return theHandle; }

cublasStatus_t cuport::kept(cublasStatus_t status) {
  if (status != CUBLAS_STATUS_SUCCESS)
    lastError = status;
  return status;
}

cublasStatus_t cublasInit() {
  if (theHandle)
    return CUBLAS_STATUS_SUCCESS;
  cublasHandle_t made;
  if (cublasStatus_t status = cublasCreate_v2(&made))
    return kept(status);
  cublasHandle_t before = nullptr;
  if (!theHandle.compare_exchange_strong(before, made))
    cublasDestroy_v2(made); // another thread was first
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasShutdown() { return kept(cublasDestroy_v2(theHandle.exchange(nullptr))); }

cublasStatus_t cublasGetError() { return lastError.exchange(CUBLAS_STATUS_SUCCESS); }

cublasStatus_t cublasSetKernelStream(cudaStream_t stream) { return kept(cublasSetStream_v2(theHandle, stream)); }

cublasStatus_t cublasAlloc(int n, int elemSize, void **devicePtr) {
  if (!theHandle)
    return kept(CUBLAS_STATUS_NOT_INITIALIZED);
  if (n <= 0 || elemSize <= 0 || !devicePtr)
    return kept(CUBLAS_STATUS_INVALID_VALUE);
  return kept(cudaMalloc(devicePtr, size_t(n) * elemSize) == cudaSuccess ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_ALLOC_FAILED);
}

cublasStatus_t cublasFree(void *devicePtr) {
  if (!theHandle)
    return kept(CUBLAS_STATUS_NOT_INITIALIZED);
  return kept(cudaFree(devicePtr) == cudaSuccess ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_INTERNAL_ERROR);
}
