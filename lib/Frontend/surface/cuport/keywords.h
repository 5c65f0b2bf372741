// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA's language keywords as clang's attributes, and the macros by which nvcc makes itself known.

#ifndef CUPORT_KEYWORDS_H
#define CUPORT_KEYWORDS_H

#ifdef __CUDA__

#define __global__ __attribute__((global))
#define __host__ __attribute__((host))
#define __device__ __attribute__((device))
#define __shared__ __attribute__((shared, cuport_shared))
#define __constant__ __attribute__((constant))
#define __managed__ __attribute__((device))
#define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))

// One release for all that ask: late enough for the new names; what it removed is declared all the
// same.
#define __CUDACC__ 1
#define __NVCC__ 1
#define __CUDACC_VER_MAJOR__ 12
#define __CUDACC_VER_MINOR__ 9
#define __CUDACC_VER_BUILD__ 86
#define __CUDACC_EXTENDED_LAMBDA__ 1
#define __CUDACC_RELAXED_CONSTEXPR__ 1
#define __CUDA_ARCH_LIST__ 800
#define __CUDA_ARCH_HAS_FEATURE__(feature) __CUDA_ARCH_FEAT_##feature
#define __CUDA_API_VER_MAJOR__ 12
#define __CUDA_API_VER_MINOR__ 9

#else

#define __global__
#define __host__
#define __device__
#define __shared__
#define __constant__
#define __managed__
#define __launch_bounds__(...)

#endif

// Of nvcc's types for such lambdas there are none: what one returns is known as any lambda's.
#define __nv_is_extended_device_lambda_closure_type(...) false
#define __nv_is_extended_host_device_lambda_closure_type(...) false
#define __nv_is_extended_device_lambda_with_preserved_return_type(...) false

// Seen by cuport as tokens; their attributes would only reject what nvcc takes.
#define __grid_constant__
#define __cluster_dims__(...)
#define __block_size__(...)
#define __maxnreg__(...)

#define __forceinline__ __inline__ __attribute__((always_inline))
#define __align__(n) __attribute__((aligned(n)))
#define __builtin_align__(n) __attribute__((aligned(n)))
#define __inline_hint__
#define __device_builtin__
#define __cudart_builtin__
#define __specialization_static
#define __no_return__ __attribute__((noreturn))
#define __nv_pure__ __attribute__((pure))

#ifndef CUDARTAPI
#define CUDARTAPI
#endif
#ifndef CUDART_CB
#define CUDART_CB
#endif
#ifndef CUDARTAPI_CDECL
#define CUDARTAPI_CDECL
#endif

// What cuport-gen writes before the declaration of a device function.
#define CUPORT_DEVICE_FUNCTION __device__

#endif
