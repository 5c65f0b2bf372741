// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_NPP_H
#define CUPORT_SURFACE_NPP_H

#include <cuda_runtime_api.h>
#include <stdint.h>
#include <cuport/npp_api.h>

#endif
