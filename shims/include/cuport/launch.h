// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What clang calls for kernel<<<grid, block, shared, stream>>>(...): the configuration is pushed, the kernel's stub pops
// it and hands the arguments to hipLaunchKernel. The names are those that clang looks up for -x hip.

#ifndef CUPORT_LAUNCH_H
#define CUPORT_LAUNCH_H

#include <cuport/vector_types.h>

#include <cuport/runtime_api.h>

#ifdef __cplusplus
extern "C" {
#endif
// HIP's API has it too, so it is there for every compiler.
__host__ __device__ cudaError_t hipLaunchKernel(const void *function, dim3 gridDim, dim3 blockDim, void **arguments,
                                                size_t sharedMem, cudaStream_t stream);
#ifdef CUPORT_COMPILES_KERNELS
__host__ __device__ unsigned __hipPushCallConfiguration(dim3 gridDim, dim3 blockDim, size_t sharedMem = 0,
                                                        cudaStream_t stream = nullptr);
__host__ __device__ cudaError_t __hipPopCallConfiguration(dim3 *gridDim, dim3 *blockDim, size_t *sharedMem,
                                                          cudaStream_t *stream);
#endif
#ifdef __cplusplus
}
#endif

// With -fgpu-default-stream=per-thread the stub calls this instead.
#if defined(CUPORT_COMPILES_KERNELS) && defined(CUDA_API_PER_THREAD_DEFAULT_STREAM)
extern "C" __host__ inline __attribute__((used)) cudaError_t
hipLaunchKernel_spt(const void *function, dim3 gridDim, dim3 blockDim, void **arguments, size_t sharedMem,
                    cudaStream_t stream) {
  return hipLaunchKernel(function, gridDim, blockDim, arguments, sharedMem, stream ? stream : cudaStreamPerThread);
}
#endif

#endif
