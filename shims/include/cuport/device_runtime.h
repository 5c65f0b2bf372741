// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What of the runtime API a kernel may call: queries, which are the host's functions under their own names, and memory.
// Kernels that launch kernels, and with them streams and events in kernels, are refused by the compiler.

#ifndef CUPORT_DEVICE_RUNTIME_H
#define CUPORT_DEVICE_RUNTIME_H

#include <cuda_runtime_api.h>
#include <cuport/attributes.h>

#ifdef CUPORT_COMPILES_KERNELS
#include <cuport/intrinsics.h>

extern "C" {
__device__ cudaError_t cudaGetLastError();
__device__ cudaError_t cudaPeekAtLastError();
__device__ const char *cudaGetErrorName(cudaError_t error);
__device__ const char *cudaGetErrorString(cudaError_t error);
__device__ cudaError_t cudaGetDevice(int *device);
__device__ cudaError_t cudaGetDeviceCount(int *count);
__device__ cudaError_t cudaDeviceGetAttribute(int *value, cudaDeviceAttr attr, int device);
__device__ cudaError_t cudaDeviceGetLimit(size_t *pValue, cudaLimit limit);
__device__ cudaError_t cudaDeviceGetCacheConfig(cudaFuncCache *pCacheConfig);
__device__ cudaError_t cudaRuntimeGetVersion(int *runtimeVersion);

/// Logs the name once and returns cudaErrorNotSupported.
__device__ cudaError_t cuport_not_supported(const char *name);
}

// Memory is of the heap that malloc has in kernels: what a kernel allocates only a kernel frees.
template <class T> CUPORT_DEVICE cudaError_t cudaMalloc(T **devPtr, size_t size) {
  *devPtr = (T *)__cuport_device_malloc(size);
  return *devPtr || !size ? cudaSuccess : cudaErrorMemoryAllocation;
}
CUPORT_DEVICE cudaError_t cudaFree(void *devPtr) {
  __cuport_device_free(devPtr);
  return cudaSuccess;
}

/// No kernel runs as part of a graph that it could launch again.
CUPORT_DEVICE cudaGraphExec_t cudaGetCurrentGraphExec() { return nullptr; }
CUPORT_DEVICE void cudaGraphSetConditional(cudaGraphConditionalHandle, unsigned int) {
  cuport_not_supported("cudaGraphSetConditional");
}

#endif

#endif
