// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuBLASXt for C and C++; docs/ShimLibraries.md says what there is. Link with -lcublas.

#ifndef CUPORT_CUBLASXT_H
#define CUPORT_CUBLASXT_H

#include <cublas_v2.h>

#endif
