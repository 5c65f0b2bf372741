// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuBLAS for C and C++; docs/ShimLibraries.md says what there is. Link with -lcublas.

#ifndef CUPORT_CUBLAS_V2_H
#define CUPORT_CUBLAS_V2_H

// Code asks by this name whether the header is in.
#define CUBLAS_V2_H_

#include <cuComplex.h>
#include <cuda_runtime_api.h>
#include <stdio.h>

#ifdef __cplusplus
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#else
#include <cuport/half_in_c.h>
#endif

#include <cuport/cublas_api.h>

#endif
