// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUDA_FP8_H
#define CUPORT_SURFACE_CUDA_FP8_H

// Code asks by this name whether the header is in.
#define __CUDA_FP8_H__

#include <cuport/bfloat16.h>
#include <cuport/half.h>

#ifdef __cplusplus

#define CUPORT_FP8(name)                                                                           \
  struct name {                                                                                    \
    __nv_fp8_storage_t __x;                                                                        \
    name() = default;                                                                              \
    CUPORT_HD explicit name(__half value);                                                         \
    CUPORT_HD explicit name(__nv_bfloat16 value);                                                  \
    template <class T, class = typename cuport_surface::enable_if<__is_arithmetic(T)>::type>       \
    CUPORT_HD explicit name(T value);                                                              \
    CUPORT_HD explicit operator __half() const;                                                    \
    CUPORT_HD explicit operator __nv_bfloat16() const;                                             \
    template <class T, class = typename cuport_surface::enable_if<__is_arithmetic(T)>::type>       \
    CUPORT_HD explicit operator T() const;                                                         \
  };
#define CUPORT_FP8_X2(name)                                                                        \
  struct name {                                                                                    \
    __nv_fp8x2_storage_t __x;                                                                      \
    name() = default;                                                                              \
    CUPORT_HD explicit name(__half2 value);                                                        \
    CUPORT_HD explicit name(__nv_bfloat162 value);                                                 \
    CUPORT_HD explicit name(float2 value);                                                         \
    CUPORT_HD explicit name(double2 value);                                                        \
    CUPORT_HD explicit operator __half2() const;                                                   \
    CUPORT_HD explicit operator float2() const;                                                    \
  };
#define CUPORT_FP8_X4(name)                                                                        \
  struct name {                                                                                    \
    __nv_fp8x4_storage_t __x;                                                                      \
    name() = default;                                                                              \
    CUPORT_HD explicit name(__half2 low, __half2 high);                                            \
    CUPORT_HD explicit name(__nv_bfloat162 low, __nv_bfloat162 high);                              \
    CUPORT_HD explicit name(float4 value);                                                         \
    CUPORT_HD explicit name(double4 value);                                                        \
    CUPORT_HD explicit operator float4() const;                                                    \
  };
CUPORT_FP8(__nv_fp8_e4m3)
CUPORT_FP8(__nv_fp8_e5m2)
CUPORT_FP8(__nv_fp8_e8m0)
CUPORT_FP8_X2(__nv_fp8x2_e4m3)
CUPORT_FP8_X2(__nv_fp8x2_e5m2)
CUPORT_FP8_X2(__nv_fp8x2_e8m0)
CUPORT_FP8_X4(__nv_fp8x4_e4m3)
CUPORT_FP8_X4(__nv_fp8x4_e5m2)
CUPORT_FP8_X4(__nv_fp8x4_e8m0)

#endif

#endif
