// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUDA_BF16_H
#define CUPORT_SURFACE_CUDA_BF16_H

// Code asks by this name whether the header is in.
#define __CUDA_BF16_H__

#include <cuport/bfloat16.h>

#endif
