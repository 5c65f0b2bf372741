// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_NVTX3_NVTOOLSEXT_H
#define CUPORT_SURFACE_NVTX3_NVTOOLSEXT_H

#include <cuda.h>
#include <cuda_runtime_api.h>
#include <cuport/nvtx_api.h>

#endif
