// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_BFLOAT16_H
#define CUPORT_BFLOAT16_H

#include <cuport/small_float.h>

#ifdef __cplusplus
CUPORT_SMALL_FLOAT(__nv_bfloat16, __nv_bfloat16_raw, __half)
CUPORT_SMALL_FLOAT_PAIR(__nv_bfloat162, __nv_bfloat16, __nv_bfloat162_raw)
#endif

typedef __nv_bfloat16 nv_bfloat16;
typedef __nv_bfloat162 nv_bfloat162;

#endif
