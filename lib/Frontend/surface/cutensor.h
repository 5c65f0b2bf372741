// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUTENSOR_H
#define CUPORT_SURFACE_CUTENSOR_H

#include <cuda_runtime_api.h>
#include <stdint.h>
#include <stdio.h>
#include <cuport/cutensor_api.h>

#endif
