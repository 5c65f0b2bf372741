// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_HALF_H
#define CUPORT_HALF_H

#include <cuport/small_float.h>

#ifdef __cplusplus
CUPORT_SMALL_FLOAT(__half, __half_raw, __nv_bfloat16)
CUPORT_SMALL_FLOAT_PAIR(__half2, __half, __half2_raw)
#endif

#ifndef CUDA_NO_HALF
typedef __half half;
typedef __half2 half2;
typedef __half nv_half;
typedef __half __nv_half;
typedef __half2 nv_half2;
typedef __half2 __nv_half2;
typedef __half_raw nv_half_raw;
typedef __half_raw __nv_half_raw;
typedef __half2_raw nv_half2_raw;
typedef __half2_raw __nv_half2_raw;
#endif

#endif
