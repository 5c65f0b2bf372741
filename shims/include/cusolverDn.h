// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuSOLVER for C and C++, of whose parts the dense one is there; docs/ShimLibraries.md says what of it. Link with -lcusolver.

#ifndef CUPORT_CUSOLVER_DN_H
#define CUPORT_CUSOLVER_DN_H

#include <cublas_v2.h>
#include <cusparse.h>
#include <library_types.h>

#include <cuport/cusolver_api.h>

#endif
