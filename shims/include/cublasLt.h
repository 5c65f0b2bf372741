// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuBLASLt for C and C++; docs/ShimLibraries.md says what there is. Link with -lcublasLt, or -lcublas, which has the same library here.

#ifndef CUPORT_CUBLASLT_H
#define CUPORT_CUBLASLT_H

#include <cublas_api.h>

#endif
