// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_NVSHMEM_H
#define CUPORT_SURFACE_NVSHMEM_H

#include <cuda.h>
#include <cuda_runtime.h>
#include <stdint.h>
#include <cuport/nvshmem_api.h>

#endif
