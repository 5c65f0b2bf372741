// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_NVML_H
#define CUPORT_SURFACE_NVML_H

#include <stdint.h>
#include <cuport/nvml_api.h>

#endif
