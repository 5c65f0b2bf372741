// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuFFT for C and C++; docs/ShimLibraries.md says what there is. Link with -lcufft.

#ifndef CUPORT_CUFFT_H
#define CUPORT_CUFFT_H

#include <cuComplex.h>
#include <cuda_runtime_api.h>

#include <cuport/cufft_api.h>

#endif
