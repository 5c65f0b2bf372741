// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// __half and __half2, on the host and in kernels.

#ifndef CUPORT_CUDA_FP16_H
#define CUPORT_CUDA_FP16_H

// Code asks by this name whether the header is in.
#define __CUDA_FP16_H__

#include <cuport/small_floats.h>
#include <cuport/vector_types.h>
#ifdef CUPORT_COMPILES_KERNELS
#include <cuport/warp_functions.h>
#endif

struct __nv_bfloat16;

#define CUPORT_TYPE __half
#define CUPORT_RAW __half_raw
#define CUPORT_PAIR __half2
#define CUPORT_PAIR_RAW __half2_raw
#define CUPORT_NAME half
#define CUPORT_OTHER __nv_bfloat16
#define CUPORT_EXPONENT 5
#define CUPORT_MANTISSA 10
#ifdef __CUDA_NO_HALF_CONVERSIONS__
#define CUPORT_CONVERSIONS 0
#else
#define CUPORT_CONVERSIONS 1
#endif
#ifdef __CUDA_NO_HALF_OPERATORS__
#define CUPORT_OPERATORS 0
#else
#define CUPORT_OPERATORS 1
#endif
#include <cuport/small_float_class.inc>

CUPORT_HOST_DEVICE __half2 __half2half2(__half x) { return __half2(x, x); }

#include <cuport/small_float_functions.inc>

#ifndef CUDA_NO_HALF
typedef __half half;
typedef __half2 half2;
typedef __half nv_half;
typedef __half2 nv_half2;
typedef __half __nv_half;
typedef __half2 __nv_half2;
typedef __half_raw __nv_half_raw;
typedef __half2_raw __nv_half2_raw;
#endif

#define CUDART_INF_FP16 __ushort_as_half(static_cast<unsigned short>(0x7c00U))
#define CUDART_NAN_FP16 __ushort_as_half(static_cast<unsigned short>(0x7fffU))
#define CUDART_MIN_DENORM_FP16 __ushort_as_half(static_cast<unsigned short>(0x0001U))
#define CUDART_MAX_NORMAL_FP16 __ushort_as_half(static_cast<unsigned short>(0x7bffU))
#define CUDART_NEG_ZERO_FP16 __ushort_as_half(static_cast<unsigned short>(0x8000U))
#define CUDART_ZERO_FP16 __ushort_as_half(static_cast<unsigned short>(0x0000U))
#define CUDART_ONE_FP16 __ushort_as_half(static_cast<unsigned short>(0x3c00U))

// Names of CUDA's own headers that programs use.
#define __HALF_TO_US(x) *(reinterpret_cast<unsigned short *>(&(x)))
#define __HALF_TO_CUS(x) *(reinterpret_cast<const unsigned short *>(&(x)))
#define __HALF2_TO_UI(x) *(reinterpret_cast<unsigned int *>(&(x)))
#define __HALF2_TO_CUI(x) *(reinterpret_cast<const unsigned int *>(&(x)))

#endif
