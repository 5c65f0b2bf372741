// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUBLAS_H
#define CUPORT_SURFACE_CUBLAS_H

#include <cublas_v2.h>

#endif
