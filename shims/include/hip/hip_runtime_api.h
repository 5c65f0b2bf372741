// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// HIP's runtime API for C and C++, over CUDA's.

#ifndef CUPORT_HIP_HIP_RUNTIME_API_H
#define CUPORT_HIP_HIP_RUNTIME_API_H

#include <cuport/keywords.h>

#include <hip/hip_common.h>

#include <cuport/hip_functions.h>
#include <cuport/hip_types.h>
#include <cuport/launch.h>

#endif
