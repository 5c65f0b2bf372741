// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUDAGL_H
#define CUPORT_SURFACE_CUDAGL_H

#include <cuda.h>

#endif
