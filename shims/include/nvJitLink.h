// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// nvJitLink for C and C++; docs/ShimLibraries.md says what there is. Link with -lnvJitLink.

#ifndef CUPORT_NVJITLINK_H
#define CUPORT_NVJITLINK_H

// Code asks by this name whether the header is in.
#define nvJitLink_INCLUDED

#include <cuda_runtime_api.h>

#include <cuport/nvjitlink_api.h>

#endif
