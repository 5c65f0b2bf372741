// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// NVRTC for C and C++; docs/ShimLibraries.md says what there is. Link with -lnvrtc.

#ifndef CUPORT_NVRTC_H
#define CUPORT_NVRTC_H

// Code asks by this name whether the header is in.
#define __NVRTC_H__

#include <cuda_runtime_api.h>

#include <cuport/nvrtc_api.h>

#endif
