// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CURAND_H
#define CUPORT_SURFACE_CURAND_H

#include <cuda_runtime_api.h>
#include <cuport/curand_api.h>

#endif
