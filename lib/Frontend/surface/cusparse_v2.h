// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUSPARSE_V2_H
#define CUPORT_SURFACE_CUSPARSE_V2_H

#include <cusparse.h>

#endif
