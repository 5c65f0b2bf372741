// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuBLAS for C and C++; docs/ShimLibraries.md says what there is. Link with -lcublas.

#ifndef CUPORT_CUBLAS_V2_H
#define CUPORT_CUBLAS_V2_H

#ifdef CUBLAS_H_
#error "cublas.h and cublas_v2.h give the same names to different functions; include one of them"
#endif

// Code asks by this name whether the header is in.
#define CUBLAS_V2_H_

#include <cublas_api.h>
#include <cuport/cublas_names_api.h>

#endif
