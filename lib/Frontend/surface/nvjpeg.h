// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_NVJPEG_H
#define CUPORT_SURFACE_NVJPEG_H

#include <cuda_runtime_api.h>
#include <library_types.h>
#include <cuport/nvjpeg_api.h>

#endif
