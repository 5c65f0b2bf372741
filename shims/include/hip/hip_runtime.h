// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What HIP code includes: the runtime API, launches, and what kernels call.

#ifndef CUPORT_HIP_HIP_RUNTIME_H
#define CUPORT_HIP_HIP_RUNTIME_H

#include <hip/hip_common.h>

#include <cuda_runtime.h>

#include <cuport/amdgcn_builtins.h>
#include <cuport/hip_launch.h>
#include <cuport/vector_operators.h>
#include <hip/hip_runtime_api.h>

// AMD's own headers bring these, and code relies on it.
#ifdef __cplusplus
#include <array>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <tuple>
#include <type_traits>
#endif
#include <stdint.h>

#endif
