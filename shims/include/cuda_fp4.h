// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Floating point of 4 bits by the OCP microscaling specification: E2M1. There is no infinity and no NaN: what is
// too large becomes the largest number, a NaN the largest positive one. On the host and in kernels.

#ifndef CUPORT_CUDA_FP4_H
#define CUPORT_CUDA_FP4_H

// Code asks by this name whether the header is in.
#define __CUDA_FP4_H__

#include <cuda_fp8.h>

typedef unsigned char __nv_fp4_storage_t;
typedef unsigned char __nv_fp4x2_storage_t;
typedef unsigned short __nv_fp4x4_storage_t;
typedef enum __nv_fp4_interpretation_t { __NV_E2M1 } __nv_fp4_interpretation_t;

CUPORT_LONG_HOST_DEVICE unsigned cuport_encode_fp4(double x, __nv_fp4_interpretation_t , cudaRoundMode mode) {
  if (x != x)
    return 0x7;
  cuport_rounding rounding = mode == cudaRoundZero     ? CUPORT_TO_ZERO
                             : mode == cudaRoundMinInf ? CUPORT_TO_DOWN
                             : mode == cudaRoundPosInf ? CUPORT_TO_UP
                                                       : CUPORT_TO_NEAREST;
  unsigned magnitude = __builtin_isinf(x) ? 0x7 : cuport_encode_magnitude(x, 2, 1, rounding);
  return (magnitude < 0x7 ? magnitude : 0x7) | (__builtin_signbit(x) ? 0x8 : 0);
}
CUPORT_HOST_DEVICE double cuport_decode_fp4(unsigned bits, __nv_fp4_interpretation_t ) {
  return cuport_decode_finite(bits, 2, 1);
}

// The conversion functions: of one number, and of two, the first in the low half.
#define CUPORT_TO_FP4(name, type, name2, type2, x_value, x_first, x_second)                                              \
  CUPORT_HOST_DEVICE __nv_fp4_storage_t name(type x, __nv_fp4_interpretation_t format, cudaRoundMode rounding) {          \
    return static_cast<__nv_fp4_storage_t>(cuport_encode_fp4(x_value, format, rounding));                                \
  }                                                                                                                      \
  CUPORT_HOST_DEVICE __nv_fp4x2_storage_t name2(type2 x, __nv_fp4_interpretation_t format, cudaRoundMode rounding) {      \
    return static_cast<__nv_fp4x2_storage_t>(cuport_encode_fp4(x_first, format, rounding) |                              \
                                             cuport_encode_fp4(x_second, format, rounding) << 4);                        \
  }
CUPORT_TO_FP4(__nv_cvt_double_to_fp4, double, __nv_cvt_double2_to_fp4x2, double2, x, x.x, x.y)
CUPORT_TO_FP4(__nv_cvt_float_to_fp4, float, __nv_cvt_float2_to_fp4x2, float2, x, x.x, x.y)
CUPORT_TO_FP4(__nv_cvt_halfraw_to_fp4, __half_raw, __nv_cvt_halfraw2_to_fp4x2, __half2_raw, cuport_half_to_float(x.x),
              cuport_half_to_float(x.x), cuport_half_to_float(x.y))
CUPORT_TO_FP4(__nv_cvt_bfloat16raw_to_fp4, __nv_bfloat16_raw, __nv_cvt_bfloat16raw2_to_fp4x2, __nv_bfloat162_raw,
              cuport_bfloat16_to_float(x.x), cuport_bfloat16_to_float(x.x), cuport_bfloat16_to_float(x.y))
#undef CUPORT_TO_FP4
CUPORT_HOST_DEVICE __half_raw __nv_cvt_fp4_to_halfraw(__nv_fp4_storage_t x, __nv_fp4_interpretation_t format) {
  return __double2half(cuport_decode_fp4(x, format));
}
CUPORT_HOST_DEVICE __half2_raw __nv_cvt_fp4x2_to_halfraw2(__nv_fp4x2_storage_t x, __nv_fp4_interpretation_t format) {
  return __half2_raw{__nv_cvt_fp4_to_halfraw(static_cast<__nv_fp4_storage_t>(x & 0xf), format).x,
                     __nv_cvt_fp4_to_halfraw(static_cast<__nv_fp4_storage_t>(x >> 4), format).x};
}

#define CUPORT_TYPE __nv_fp4_e2m1
#define CUPORT_TYPE_2 __nv_fp4x2_e2m1
#define CUPORT_TYPE_4 __nv_fp4x4_e2m1
#define CUPORT_STORAGE __nv_fp4_storage_t
#define CUPORT_STORAGE_2 __nv_fp4x2_storage_t
#define CUPORT_STORAGE_4 __nv_fp4x4_storage_t
#define CUPORT_BITS 4
#define CUPORT_ENCODE(x) cuport_encode_fp4(x, __NV_E2M1, cudaRoundNearest)
#define CUPORT_DECODE(x) cuport_decode_fp4(x, __NV_E2M1)
#include <cuport/tiny_float_class.inc>

#endif
