// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUPTI_H
#define CUPORT_SURFACE_CUPTI_H

#include <cuda.h>
#include <cuda_runtime_api.h>
#include <stdint.h>
#include <cuport/cupti_api.h>

#endif
