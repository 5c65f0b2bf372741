// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// __nv_bfloat16 and __nv_bfloat162, on the host and in kernels.

#ifndef CUPORT_CUDA_BF16_H
#define CUPORT_CUDA_BF16_H

// Code asks by this name whether the header is in.
#define __CUDA_BF16_H__

#include <cuda_fp16.h>

#define CUPORT_TYPE __nv_bfloat16
#define CUPORT_RAW __nv_bfloat16_raw
#define CUPORT_PAIR __nv_bfloat162
#define CUPORT_PAIR_RAW __nv_bfloat162_raw
#define CUPORT_NAME bfloat16
#define CUPORT_OTHER __half
#define CUPORT_EXPONENT 8
#define CUPORT_MANTISSA 7
#ifdef __CUDA_NO_BFLOAT16_CONVERSIONS__
#define CUPORT_CONVERSIONS 0
#else
#define CUPORT_CONVERSIONS 1
#endif
#ifdef __CUDA_NO_BFLOAT16_OPERATORS__
#define CUPORT_OPERATORS 0
#else
#define CUPORT_OPERATORS 1
#endif
#include <cuport/small_float_class.inc>

CUPORT_HOST_DEVICE __nv_bfloat162 __bfloat162bfloat162(__nv_bfloat16 x) { return __nv_bfloat162(x, x); }

#ifndef __CUDA_NO_BFLOAT16_CONVERSIONS__
CUPORT_MEMBER __nv_bfloat16::__nv_bfloat16(__half x) : __x(cuport_bfloat16_from_float(cuport_wide(x))) {}
#endif
#ifndef __CUDA_NO_HALF_CONVERSIONS__
CUPORT_MEMBER __half::__half(__nv_bfloat16 x) : __x(cuport_half_from_float(cuport_wide(x))) {}
#endif

#include <cuport/small_float_functions.inc>

#ifndef CUDA_NO_BFLOAT16
typedef __nv_bfloat16 nv_bfloat16;
typedef __nv_bfloat162 nv_bfloat162;
#endif

#define CUDART_INF_BF16 __ushort_as_bfloat16(static_cast<unsigned short>(0x7f80U))
#define CUDART_NAN_BF16 __ushort_as_bfloat16(static_cast<unsigned short>(0x7fffU))
#define CUDART_MIN_DENORM_BF16 __ushort_as_bfloat16(static_cast<unsigned short>(0x0001U))
#define CUDART_MAX_NORMAL_BF16 __ushort_as_bfloat16(static_cast<unsigned short>(0x7f7fU))
#define CUDART_NEG_ZERO_BF16 __ushort_as_bfloat16(static_cast<unsigned short>(0x8000U))
#define CUDART_ZERO_BF16 __ushort_as_bfloat16(static_cast<unsigned short>(0x0000U))
#define CUDART_ONE_BF16 __ushort_as_bfloat16(static_cast<unsigned short>(0x3f80U))

#endif
