// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// HIP's ways to launch a kernel besides <<<>>>, and its names inside kernels.

#ifndef CUPORT_CUPORT_HIP_LAUNCH_H
#define CUPORT_CUPORT_HIP_LAUNCH_H

#include <cuport/hip_functions.h>

#define HIP_KERNEL_NAME(...) __VA_ARGS__
#define HIP_SYMBOL(X) X
#define HIP_DYNAMIC_SHARED(type, var) extern __shared__ type var[];
#define HIP_DYNAMIC_SHARED_ATTRIBUTE

#define hipThreadIdx_x threadIdx.x
#define hipThreadIdx_y threadIdx.y
#define hipThreadIdx_z threadIdx.z
#define hipBlockIdx_x blockIdx.x
#define hipBlockIdx_y blockIdx.y
#define hipBlockIdx_z blockIdx.z
#define hipBlockDim_x blockDim.x
#define hipBlockDim_y blockDim.y
#define hipBlockDim_z blockDim.z
#define hipGridDim_x gridDim.x
#define hipGridDim_y gridDim.y
#define hipGridDim_z gridDim.z

#if defined(__cplusplus) && defined(CUPORT_COMPILES_KERNELS)

// A macro, since a function would deduce the kernel's parameters from its arguments.
#define hipLaunchKernelGGL(kernel, grid, block, shared, stream, ...)                                                   \
  (kernel)<<<(grid), (block), (shared), (stream)>>>(__VA_ARGS__)

/// The same between two events. The kernel takes its own parameter types, not those of the arguments.
template <class... E, class... A>
inline void hipExtLaunchKernelGGL(void (*kernel)(E...), const dim3 &numBlocks, const dim3 &dimBlocks,
                                  uint32_t sharedMemBytes, hipStream_t stream, hipEvent_t startEvent,
                                  hipEvent_t stopEvent, uint32_t flags, A &&...args) {
  [&](E... values) {
    void *pointers[] = {(void *)__builtin_addressof(values)..., nullptr};
    (void)hipExtLaunchKernel((const void *)kernel, numBlocks, dimBlocks, pointers, sharedMemBytes, stream, startEvent,
                             stopEvent, (int)flags);
  }(static_cast<A &&>(args)...);
}

#endif

#endif
