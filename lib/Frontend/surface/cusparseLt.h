// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUSPARSELT_H
#define CUPORT_SURFACE_CUSPARSELT_H

#include <cusparse.h>
#include <cuport/cusparselt_api.h>

#endif
