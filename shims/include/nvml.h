// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// NVML for C and C++; docs/ShimLibraries.md says what there is. Link with -lnvidia-ml.

#ifndef CUPORT_NVML_H
#define CUPORT_NVML_H

/// The version that a structure begins with: its size, and the number of the version above that.
#define NVML_STRUCT_VERSION(data, number) ((unsigned int)(sizeof(nvml##data##_v##number##_t) | ((number) << 24U)))

#include <cuport/nvml_api.h>

#endif
