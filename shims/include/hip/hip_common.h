// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// HIP code asks for one of two platforms. Ours is AMD's, whose names are the fuller set.

#ifndef CUPORT_HIP_HIP_COMMON_H
#define CUPORT_HIP_HIP_COMMON_H

#ifdef __HIP_PLATFORM_NVIDIA__
#error "cuport's HIP has no NVIDIA platform: take -D__HIP_PLATFORM_NVIDIA__ out"
#endif
#ifndef __HIP_PLATFORM_AMD__
#define __HIP_PLATFORM_AMD__ 1
#endif

#include <hip/hip_version.h>

#endif
