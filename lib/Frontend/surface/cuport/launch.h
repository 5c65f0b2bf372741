// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What clang looks up for kernel<<<...>>>(...), in host code and in kernels.

#ifndef CUPORT_LAUNCH_H
#define CUPORT_LAUNCH_H

#include <cuport/vector_types.h>

#include <cuport/runtime_api.h>

#ifdef __CUDA__
extern "C" {
__host__ __device__ unsigned __cudaPushCallConfiguration(dim3 gridDim, dim3 blockDim,
                                                         size_t sharedMem = 0,
                                                         struct CUstream_st *stream = nullptr);
__host__ __device__ cudaError_t __cudaPopCallConfiguration(dim3 *gridDim, dim3 *blockDim,
                                                           size_t *sharedMem, void *stream);
__device__ void *cudaGetParameterBuffer(size_t alignment, size_t size);
__device__ void *cudaGetParameterBufferV2(void *func, dim3 gridDim, dim3 blockDim,
                                          unsigned int sharedMem);
__device__ cudaError_t cudaLaunchDevice(void *func, void *parameters, dim3 gridDim, dim3 blockDim,
                                        unsigned int sharedMem, cudaStream_t stream);
__device__ cudaError_t cudaLaunchDeviceV2(void *parameters, cudaStream_t stream);
}
#endif

#endif
