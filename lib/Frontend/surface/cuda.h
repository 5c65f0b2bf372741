// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUDA_H
#define CUPORT_SURFACE_CUDA_H

#include <cuport/keywords.h>

#include <stddef.h>
#include <stdint.h>

#include <cuport/driver_api.h>

#endif
