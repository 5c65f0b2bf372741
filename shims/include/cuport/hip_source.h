// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What HIP source has as macros, over whatever declares CUDA's launches and built-in variables: the shim's headers, those
// of a card that cuport-cc binds to, and those that a parse sees.

#ifndef CUPORT_CUPORT_HIP_SOURCE_H
#define CUPORT_CUPORT_HIP_SOURCE_H

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

// A macro, since a function would deduce the kernel's parameters from its arguments.
#define hipLaunchKernelGGL(kernel, grid, block, shared, stream, ...)                                                   \
  (kernel)<<<(grid), (block), (shared), (stream)>>>(__VA_ARGS__)

#endif
