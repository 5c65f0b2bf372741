// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUBLAS_V2_H
#define CUPORT_SURFACE_CUBLAS_V2_H

#include <cuda_runtime_api.h>
#include <cuComplex.h>
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <stdio.h>
#include <cuport/cublas_api.h>

#endif
