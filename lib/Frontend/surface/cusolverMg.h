// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUSOLVERMG_H
#define CUPORT_SURFACE_CUSOLVERMG_H

#include <cusolver_common.h>

#endif
