// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Floating point of 6 bits by the OCP microscaling specification: E2M3 and E3M2. There is no infinity and no NaN: what is
// too large becomes the largest number, a NaN the largest positive one. On the host and in kernels.

#ifndef CUPORT_CUDA_FP6_H
#define CUPORT_CUDA_FP6_H

// Code asks by this name whether the header is in.
#define __CUDA_FP6_H__

#include <cuda_fp8.h>

typedef unsigned char __nv_fp6_storage_t;
typedef unsigned short __nv_fp6x2_storage_t;
typedef unsigned int __nv_fp6x4_storage_t;
typedef enum __nv_fp6_interpretation_t { __NV_E2M3, __NV_E3M2 } __nv_fp6_interpretation_t;

CUPORT_LONG_HOST_DEVICE unsigned cuport_encode_fp6(double x, __nv_fp6_interpretation_t format, cudaRoundMode mode) {
  if (x != x)
    return 0x1f;
  cuport_rounding rounding = mode == cudaRoundZero     ? CUPORT_TO_ZERO
                             : mode == cudaRoundMinInf ? CUPORT_TO_DOWN
                             : mode == cudaRoundPosInf ? CUPORT_TO_UP
                                                       : CUPORT_TO_NEAREST;
  unsigned magnitude = __builtin_isinf(x) ? 0x1f : cuport_encode_magnitude(x, format == __NV_E2M3 ? 2 : 3, format == __NV_E2M3 ? 3 : 2, rounding);
  return (magnitude < 0x1f ? magnitude : 0x1f) | (__builtin_signbit(x) ? 0x20 : 0);
}
CUPORT_HOST_DEVICE double cuport_decode_fp6(unsigned bits, __nv_fp6_interpretation_t format) {
  return cuport_decode_finite(bits, format == __NV_E2M3 ? 2 : 3, format == __NV_E2M3 ? 3 : 2);
}

// The conversion functions: of one number, and of two, the first in the low byte.
#define CUPORT_TO_FP6(name, type, name2, type2, x_value, x_first, x_second)                                              \
  CUPORT_HOST_DEVICE __nv_fp6_storage_t name(type x, __nv_fp6_interpretation_t format, cudaRoundMode rounding) {          \
    return static_cast<__nv_fp6_storage_t>(cuport_encode_fp6(x_value, format, rounding));                                \
  }                                                                                                                      \
  CUPORT_HOST_DEVICE __nv_fp6x2_storage_t name2(type2 x, __nv_fp6_interpretation_t format, cudaRoundMode rounding) {      \
    return static_cast<__nv_fp6x2_storage_t>(cuport_encode_fp6(x_first, format, rounding) |                              \
                                             cuport_encode_fp6(x_second, format, rounding) << 8);                        \
  }
CUPORT_TO_FP6(__nv_cvt_double_to_fp6, double, __nv_cvt_double2_to_fp6x2, double2, x, x.x, x.y)
CUPORT_TO_FP6(__nv_cvt_float_to_fp6, float, __nv_cvt_float2_to_fp6x2, float2, x, x.x, x.y)
CUPORT_TO_FP6(__nv_cvt_halfraw_to_fp6, __half_raw, __nv_cvt_halfraw2_to_fp6x2, __half2_raw, cuport_half_to_float(x.x),
              cuport_half_to_float(x.x), cuport_half_to_float(x.y))
CUPORT_TO_FP6(__nv_cvt_bfloat16raw_to_fp6, __nv_bfloat16_raw, __nv_cvt_bfloat16raw2_to_fp6x2, __nv_bfloat162_raw,
              cuport_bfloat16_to_float(x.x), cuport_bfloat16_to_float(x.x), cuport_bfloat16_to_float(x.y))
#undef CUPORT_TO_FP6
CUPORT_HOST_DEVICE __half_raw __nv_cvt_fp6_to_halfraw(__nv_fp6_storage_t x, __nv_fp6_interpretation_t format) {
  return __double2half(cuport_decode_fp6(x, format));
}
CUPORT_HOST_DEVICE __half2_raw __nv_cvt_fp6x2_to_halfraw2(__nv_fp6x2_storage_t x, __nv_fp6_interpretation_t format) {
  return __half2_raw{__nv_cvt_fp6_to_halfraw(static_cast<__nv_fp6_storage_t>(x & 0xff), format).x,
                     __nv_cvt_fp6_to_halfraw(static_cast<__nv_fp6_storage_t>(x >> 8), format).x};
}

#define CUPORT_TYPE __nv_fp6_e2m3
#define CUPORT_TYPE_2 __nv_fp6x2_e2m3
#define CUPORT_TYPE_4 __nv_fp6x4_e2m3
#define CUPORT_STORAGE __nv_fp6_storage_t
#define CUPORT_STORAGE_2 __nv_fp6x2_storage_t
#define CUPORT_STORAGE_4 __nv_fp6x4_storage_t
#define CUPORT_BITS 8
#define CUPORT_ENCODE(x) cuport_encode_fp6(x, __NV_E2M3, cudaRoundNearest)
#define CUPORT_DECODE(x) cuport_decode_fp6(x, __NV_E2M3)
#include <cuport/tiny_float_class.inc>

#define CUPORT_TYPE __nv_fp6_e3m2
#define CUPORT_TYPE_2 __nv_fp6x2_e3m2
#define CUPORT_TYPE_4 __nv_fp6x4_e3m2
#define CUPORT_STORAGE __nv_fp6_storage_t
#define CUPORT_STORAGE_2 __nv_fp6x2_storage_t
#define CUPORT_STORAGE_4 __nv_fp6x4_storage_t
#define CUPORT_BITS 8
#define CUPORT_ENCODE(x) cuport_encode_fp6(x, __NV_E3M2, cudaRoundNearest)
#define CUPORT_DECODE(x) cuport_decode_fp6(x, __NV_E3M2)
#include <cuport/tiny_float_class.inc>

#endif
