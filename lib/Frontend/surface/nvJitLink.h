// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_NVJITLINK_H
#define CUPORT_SURFACE_NVJITLINK_H

#include <cuport/nvjitlink_api.h>

#endif
