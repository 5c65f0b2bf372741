// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuRAND's functions for the host, for C and C++; docs/ShimLibraries.md says what there is. Link with -lcurand.

#ifndef CUPORT_CURAND_H
#define CUPORT_CURAND_H

#include <cuda_runtime_api.h>

#include <cuport/curand_api.h>

#endif
