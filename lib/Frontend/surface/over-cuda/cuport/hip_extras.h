// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What HIP's headers have beyond CUDA's, as far as a parse needs it. The names that both have come from the API rows.

#ifndef CUPORT_HIP_EXTRAS_H
#define CUPORT_HIP_EXTRAS_H

#define HIP_VERSION_MAJOR 6
#define HIP_VERSION_MINOR 3
#define HIP_VERSION_PATCH 0
#define HIP_VERSION 60300000

// Not by its folder: over a toolkit the surface is not on the include path.
#include "../../cuport/hip_source.h"

#endif
