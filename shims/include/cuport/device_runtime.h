// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What of the runtime API a kernel may call: queries, which are the host's functions under their own names, memory, and launches
// with their streams and events (-rdc=true).
//
//   child<<<grid, block>>>(a, b)  --clang-->  cudaGetParameterBuffer, a and b in it, cudaLaunchDevice
//
// What a grid has launched runs when all of its blocks have ended, in the order of the launches, or when a block waits for it. So
// one stream is as good as another in a kernel, and an event has always taken place.

#ifndef CUPORT_DEVICE_RUNTIME_H
#define CUPORT_DEVICE_RUNTIME_H

#include <cuda_runtime_api.h>
#include <cuport/attributes.h>

#ifdef CUPORT_COMPILES_KERNELS
#include <cuport/intrinsics.h>

/// The streams of launches that come after the whole grid, and that nothing waits for.
#define cudaStreamTailLaunch reinterpret_cast<cudaStream_t>(3)
#define cudaStreamFireAndForget reinterpret_cast<cudaStream_t>(4)

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

// The kernel is named by its handle: the address of a pointer to its row, which the passes put for the kernel's name.
__device__ void *cudaGetParameterBuffer(size_t alignment, size_t size);
__device__ cudaError_t cudaLaunchDevice(void *function, void *parameterBuffer, dim3 gridDimension, dim3 blockDimension,
                                        unsigned int sharedMemSize, cudaStream_t stream);
/// Copies and fills in the order of the launches.
__device__ cudaError_t cuport_child_copy(void *destination, const void *source, size_t count, cudaStream_t stream);
__device__ cudaError_t cuport_child_fill(void *destination, int value, size_t count, cudaStream_t stream);
/// Runs what the calling block has launched.
__device__ cudaError_t cuport_synchronize_children();

/// False: no condition of a graph.
__device__ bool cuport_set_condition(cudaGraphConditionalHandle handle, unsigned int value);

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

CUPORT_DEVICE cudaError_t cudaDeviceSynchronize() { return cuport_synchronize_children(); }
CUPORT_DEVICE cudaError_t __cudaDeviceSynchronizeDeprecationAvoidance() { return cuport_synchronize_children(); }
CUPORT_DEVICE cudaError_t cudaMemcpyAsync(void *dst, const void *src, size_t count, cudaMemcpyKind, cudaStream_t stream = nullptr) {
  return cuport_child_copy(dst, src, count, stream);
}
CUPORT_DEVICE cudaError_t cudaMemsetAsync(void *devPtr, int value, size_t count, cudaStream_t stream = nullptr) {
  return cuport_child_fill(devPtr, value, count, stream);
}
CUPORT_DEVICE cudaError_t cudaStreamCreateWithFlags(cudaStream_t *stream, unsigned int) {
  *stream = nullptr;
  return cudaSuccess;
}
CUPORT_DEVICE cudaError_t cudaStreamDestroy(cudaStream_t) { return cudaSuccess; }
CUPORT_DEVICE cudaError_t cudaStreamWaitEvent(cudaStream_t, cudaEvent_t, unsigned int = 0) { return cudaSuccess; }
CUPORT_DEVICE cudaError_t cudaEventCreateWithFlags(cudaEvent_t *event, unsigned int) {
  *event = nullptr;
  return cudaSuccess;
}
CUPORT_DEVICE cudaError_t cudaEventRecord(cudaEvent_t, cudaStream_t = nullptr) { return cudaSuccess; }
CUPORT_DEVICE cudaError_t cudaEventDestroy(cudaEvent_t) { return cudaSuccess; }

/// No kernel runs as part of a graph that it could launch again.
CUPORT_DEVICE cudaGraphExec_t cudaGetCurrentGraphExec() { return nullptr; }
/// A handle that is none, or whose graph is gone, is a trap.
CUPORT_DEVICE void cudaGraphSetConditional(cudaGraphConditionalHandle handle, unsigned int value) {
  if (!cuport_set_condition(handle, value))
    __cuport_trap();
}

#endif

#endif
