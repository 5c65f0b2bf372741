// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA's and HIP's language keywords. Where clang compiles kernels (-x hip) they are its attributes, and what the
// pass plugin has to know travels as annotations; any other compiler sees host code, in which they say nothing.
//
//   CUPORT_COMPILES_KERNELS   defined where clang compiles kernels
//   CUPORT_DEVICE_HALF        defined, besides, in the run that makes the kernels
//   CUPORT_HOST_ONLY          defined, as text, by cuport-cc for a card that runs no kernels of CUDA's: who launches one gets the text
//   CUPORT_NO_VARIABLES       with it, for functions that are told a __device__ or __constant__ variable (CUPORT_OF_VARIABLE)
//   CUPORT_DEVICE_LAUNCHES    defined by cuport-cc where kernels may launch kernels: clang then takes the device half for CUDA

#ifndef CUPORT_KEYWORDS_H
#define CUPORT_KEYWORDS_H

// Of clang's macros for HIP this one stays: cuport-cc undefines __HIP__ for CUDA source.
#ifdef __HIP_MEMORY_SCOPE_SYSTEM
#define CUPORT_COMPILES_KERNELS 1
#endif

// Code asks by this name whether the keywords are there: Thrust does before it undefines them.
#define __HOST_DEFINES_H__

#ifdef CUPORT_COMPILES_KERNELS

#ifdef __HIP_DEVICE_COMPILE__
#define CUPORT_DEVICE_HALF 1
#endif

#ifdef CUPORT_HOST_ONLY
#define __global__ __attribute__((global, unavailable(CUPORT_HOST_ONLY)))
#else
#define __global__ __attribute__((global))
#endif
#define __host__ __attribute__((host))
#define __device__ __attribute__((device))
#define __shared__ __attribute__((shared, cuport_shared)) // lib/Frontend/SharedVariables.h
#define __constant__ __attribute__((constant))
#if defined(CUPORT_DEVICE_HALF) && defined(CUPORT_DEVICE_LAUNCHES)
#define __managed__ __attribute__((device, annotate("cuport.managed")))
#else
#define __managed__ __attribute__((managed))
#endif
#ifdef CUPORT_DEVICE_HALF
#define __grid_constant__ __attribute__((annotate("cuport.grid_constant")))
#else
#define __grid_constant__
#endif
#define __launch_bounds__(...)                                                                                         \
  __attribute__((launch_bounds(__VA_ARGS__), annotate("cuport.launch_bounds", __VA_ARGS__)))

#else

#define __global__
#define __host__
#define __device__
#define __shared__
#define __constant__
#define __managed__
#define __grid_constant__
#define __launch_bounds__(...)

#endif

// They speed up a GPU and change no result.
#define __cluster_dims__(...)
#define __block_size__(...)
#define __maxnreg__(...)
#define __inline_hint__
#define __nv_pure__ __attribute__((pure))

// No __noinline__: clang knows it in kernels, and elsewhere a macro of that name would break libstdc++'s attributes.
#define __forceinline__ __inline__ __attribute__((always_inline))
#define __align__(n) __attribute__((aligned(n)))
#define __builtin_align__(n) __attribute__((aligned(n)))
#define __no_return__ __attribute__((noreturn))
#ifdef __CUDACC__
#define __CUDA_ARCH_HAS_FEATURE__(feature) __CUDA_ARCH_FEAT_##feature
#endif
#define __device_builtin__
#define __cudart_builtin__
#define __specialization_static

// Of nvcc's types for such lambdas there are none: what one returns is known as any lambda's.
#define __nv_is_extended_device_lambda_closure_type(...) false
#define __nv_is_extended_host_device_lambda_closure_type(...) false
#define __nv_is_extended_device_lambda_with_preserved_return_type(...) false

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
