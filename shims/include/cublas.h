// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuBLAS's legacy interface, which has no handle, for C and C++; docs/ShimLibraries.md says what there is. Link with -lcublas.
// Files of one program may have this header or cublas_v2.h, a file one of them.

#ifndef CUPORT_CUBLAS_H
#define CUPORT_CUBLAS_H

#ifdef CUBLAS_V2_H_
#error "cublas.h and cublas_v2.h give the same names to different functions; include one of them"
#endif

// Code asks by this name whether the header is in.
#define CUBLAS_H_

#include <cuda_runtime.h>

#include <cublas_api.h>
#include <cuport/cublas_legacy_api.h>

#endif
