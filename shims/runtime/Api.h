// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The declarations of what libcuport-rt exports. A function that these headers declare is visible outside when it is defined
// here; everything else of the library is hidden.

#ifndef CUPORT_RUNTIME_API_INTERNAL_H
#define CUPORT_RUNTIME_API_INTERNAL_H

#pragma GCC visibility push(default)
#include <cuda.h>
#include <cuda_runtime_api.h>
#pragma GCC visibility pop

/// For entry points that no header of CUDA declares.
#define CUPORT_EXPORT extern "C" __attribute__((visibility("default")))

#endif
