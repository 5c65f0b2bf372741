// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// NCCL for C and C++; docs/ShimLibraries.md says what there is. Link with -lnccl.

#ifndef CUPORT_NCCL_H
#define CUPORT_NCCL_H

// Code asks by this name whether the header is in.
#define NCCL_H_

#include <cuda_runtime.h>

#ifdef __cplusplus
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#endif

#include <cuport/nccl_api.h>

// 2.28 is where the interface for kernels begins (nccl_device.h), which is not here, and by this code asks for it.
#undef NCCL_MINOR
#undef NCCL_PATCH
#undef NCCL_VERSION_CODE
#define NCCL_MINOR 27
#define NCCL_PATCH 7
#define NCCL_VERSION_CODE 22707

/// A version as NCCL_VERSION_CODE has it.
#define NCCL_VERSION(X, Y, Z) (((X) <= 2 && (Y) <= 8) ? (X)*1000 + (Y)*100 + (Z) : (X)*10000 + (Y)*100 + (Z))

#endif
