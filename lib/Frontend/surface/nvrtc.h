// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_NVRTC_H
#define CUPORT_SURFACE_NVRTC_H

#include <cuport/nvrtc_api.h>

#endif
