// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// NPP for C and C++; docs/ShimLibraries.md says what there is. Link with -lnppc and its kin.

#ifndef CUPORT_NPP_H
#define CUPORT_NPP_H

#include <cuda_runtime_api.h>
#include <stdint.h>

#include <cuport/npp_api.h>

#endif
