// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The variables that every kernel has.

#ifndef CUPORT_BUILTINS_H
#define CUPORT_BUILTINS_H

#include <cuport/vector_types.h>

extern const __device__ uint3 threadIdx;
extern const __device__ uint3 blockIdx;
extern const __device__ dim3 blockDim;
extern const __device__ dim3 gridDim;

// Not a constant expression, in CUDA neither.
#ifdef __CUDA__
extern const __device__ int warpSize;
#endif

#endif
