// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA's driver API for C and C++.

#ifndef CUPORT_CUDA_H
#define CUPORT_CUDA_H

// Code asks by this name whether the header is in.
#define __cuda_cuda_h__

#include <cuport/keywords.h>

#include <stddef.h>
#include <stdint.h>

// The driver API shares types with the runtime API.
#include <cuda_runtime_api.h>
#include <cuport/driver_api.h>

#endif
