// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a .cu file sees without including anything. For a host compiler: the runtime API with its templates.

#ifndef CUPORT_CUDA_RUNTIME_H
#define CUPORT_CUDA_RUNTIME_H

// Code asks by this name whether the header is in.
#define __CUDA_RUNTIME_H__

#include <cuport/keywords.h>

// Before anything of the standard library.
#include <cuport/device.h>

#include <cuda_runtime_api.h>
#include <cuport/device_runtime.h>
#include <cuport/driver_functions.h>
#include <cuport/launch.h>
#include <cuport/runtime_functions.h>
#include <cuport/texture_reference.h>
#include <cuport/vector_functions.h>
#ifdef CUPORT_COMPILES_KERNELS
#include <cuport/texture_functions.h>
#elif defined(__cplusplus)
// A header with a kernel in it may be a host compiler's, too, which needs the names and calls nobody.
extern "C" {
extern const uint3 threadIdx, blockIdx;
extern const dim3 blockDim, gridDim;
extern const int warpSize;
}
#endif

// nvcc's own headers bring these, and code relies on it.
#ifdef __cplusplus
#include <cmath>
#include <cstdlib>
#include <new>
#include <utility>
#endif
#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// Built into clang and not into gcc: a program may have its own, which is taken before a template.
#if defined(__cplusplus) && defined(__x86_64__) && defined(CUPORT_COMPILES_KERNELS)
template <int = 0> inline unsigned long long cuport_rdtsc() { return __builtin_ia32_rdtsc(); }
#define __rdtsc cuport_rdtsc
#endif

#endif
