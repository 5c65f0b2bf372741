// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_NVVM_H
#define CUPORT_SURFACE_NVVM_H

#include <cuport/nvvm_api.h>

#endif
