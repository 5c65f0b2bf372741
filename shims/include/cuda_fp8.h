// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Floating point of 8 bits by the OCP specification: E4M3 (no infinity, NaN is all ones, largest 448), E5M2 (as IEEE 754
// would have it, largest 57344) and E8M0 (a power of two without sign, 0xff is NaN); on the host and in kernels.

#ifndef CUPORT_CUDA_FP8_H
#define CUPORT_CUDA_FP8_H

// Code asks by this name whether the header is in.
#define __CUDA_FP8_H__

// Programs take assert from here.
#include <assert.h>
#include <cuda_bf16.h>
#include <cuport/runtime_api.h>

typedef unsigned char __nv_fp8_storage_t;
typedef unsigned short __nv_fp8x2_storage_t;
typedef unsigned int __nv_fp8x4_storage_t;
/// What becomes of numbers that are too large: NaN or infinity, or the largest number.
typedef enum __nv_saturation_t { __NV_NOSAT, __NV_SATFINITE } __nv_saturation_t;
typedef enum __nv_fp8_interpretation_t { __NV_E4M3, __NV_E5M2 } __nv_fp8_interpretation_t;

CUPORT_LONG_HOST_DEVICE unsigned cuport_encode_fp8(double x, __nv_saturation_t saturate, __nv_fp8_interpretation_t format) {
  if (x != x)
    return 0x7f;
  unsigned sign = __builtin_signbit(x) ? 0x80 : 0;
  unsigned largest = format == __NV_E4M3 ? 0x7e : 0x7b, beyond = format == __NV_E4M3 ? 0x7f : 0x7c;
  unsigned magnitude = __builtin_isinf(x) ? beyond
                       : format == __NV_E4M3 ? cuport_encode_magnitude(x, 4, 3, CUPORT_TO_NEAREST)
                                             : cuport_encode_magnitude(x, 5, 2, CUPORT_TO_NEAREST);
  return sign | (magnitude <= largest ? magnitude : saturate == __NV_SATFINITE ? largest : beyond);
}
CUPORT_LONG_HOST_DEVICE double cuport_decode_fp8(unsigned bits, __nv_fp8_interpretation_t format) {
  unsigned magnitude = bits & 0x7f;
  if (format == __NV_E4M3)
    return magnitude == 0x7f ? __builtin_nan("") : cuport_decode_finite(bits, 4, 3);
  return magnitude > 0x7c    ? __builtin_nan("")
         : magnitude == 0x7c ? __builtin_copysign(__builtin_inf(), bits & 0x80 ? -1.0 : 1.0)
                             : cuport_decode_finite(bits, 5, 2);
}

// The conversion functions: of one number, and of two, the first in the low half.
#define CUPORT_TO_FP8(name, type, name2, type2, x_value, x_first, x_second)                                              \
  CUPORT_HOST_DEVICE __nv_fp8_storage_t name(type x, __nv_saturation_t saturate, __nv_fp8_interpretation_t format) {     \
    return static_cast<__nv_fp8_storage_t>(cuport_encode_fp8(x_value, saturate, format));                                \
  }                                                                                                                      \
  CUPORT_HOST_DEVICE __nv_fp8x2_storage_t name2(type2 x, __nv_saturation_t saturate, __nv_fp8_interpretation_t format) { \
    return static_cast<__nv_fp8x2_storage_t>(cuport_encode_fp8(x_first, saturate, format) |                              \
                                             cuport_encode_fp8(x_second, saturate, format) << 8);                        \
  }
CUPORT_TO_FP8(__nv_cvt_double_to_fp8, double, __nv_cvt_double2_to_fp8x2, double2, x, x.x, x.y)
CUPORT_TO_FP8(__nv_cvt_float_to_fp8, float, __nv_cvt_float2_to_fp8x2, float2, x, x.x, x.y)
CUPORT_TO_FP8(__nv_cvt_halfraw_to_fp8, __half_raw, __nv_cvt_halfraw2_to_fp8x2, __half2_raw, cuport_half_to_float(x.x),
              cuport_half_to_float(x.x), cuport_half_to_float(x.y))
CUPORT_TO_FP8(__nv_cvt_bfloat16raw_to_fp8, __nv_bfloat16_raw, __nv_cvt_bfloat16raw2_to_fp8x2, __nv_bfloat162_raw,
              cuport_bfloat16_to_float(x.x), cuport_bfloat16_to_float(x.x), cuport_bfloat16_to_float(x.y))
#undef CUPORT_TO_FP8
CUPORT_HOST_DEVICE __half_raw __nv_cvt_fp8_to_halfraw(__nv_fp8_storage_t x, __nv_fp8_interpretation_t format) {
  return __double2half(cuport_decode_fp8(x, format));
}
CUPORT_HOST_DEVICE __half2_raw __nv_cvt_fp8x2_to_halfraw2(__nv_fp8x2_storage_t x, __nv_fp8_interpretation_t format) {
  return __half2_raw{__nv_cvt_fp8_to_halfraw(static_cast<__nv_fp8_storage_t>(x), format).x,
                     __nv_cvt_fp8_to_halfraw(static_cast<__nv_fp8_storage_t>(x >> 8), format).x};
}

/// The power of two at or next to |x|, toward zero or (cudaRoundPosInf) away from it.
CUPORT_LONG_HOST_DEVICE unsigned cuport_encode_e8m0(double x, __nv_saturation_t saturate, cudaRoundMode rounding) {
  unsigned beyond = saturate == __NV_SATFINITE ? 0xfe : 0xff;
  if (x != x || __builtin_isinf(x))
    return x != x ? 0xff : beyond;
  unsigned long long bits = __builtin_bit_cast(unsigned long long, x) & 0x7fffffffffffffffull;
  int exponent = static_cast<int>(bits >> 52) - 1023 + 127;
  if (rounding == cudaRoundPosInf && (bits & 0xfffffffffffffull) != 0)
    ++exponent;
  return exponent < 0 ? 0 : exponent > 0xfe ? beyond : static_cast<unsigned>(exponent);
}
CUPORT_HOST_DEVICE double cuport_decode_e8m0(unsigned bits) {
  return bits == 0xff ? __builtin_nan("") : __builtin_bit_cast(double, static_cast<unsigned long long>(bits - 127 + 1023) << 52);
}
#define CUPORT_TO_E8M0(name, type, name2, type2, x_value, x_first, x_second)                                             \
  CUPORT_HOST_DEVICE __nv_fp8_storage_t name(type x, __nv_saturation_t saturate, cudaRoundMode rounding) {               \
    return static_cast<__nv_fp8_storage_t>(cuport_encode_e8m0(x_value, saturate, rounding));                             \
  }                                                                                                                      \
  CUPORT_HOST_DEVICE __nv_fp8x2_storage_t name2(type2 x, __nv_saturation_t saturate, cudaRoundMode rounding) {           \
    return static_cast<__nv_fp8x2_storage_t>(cuport_encode_e8m0(x_first, saturate, rounding) |                           \
                                             cuport_encode_e8m0(x_second, saturate, rounding) << 8);                     \
  }
CUPORT_TO_E8M0(__nv_cvt_double_to_e8m0, double, __nv_cvt_double2_to_e8m0x2, double2, x, x.x, x.y)
CUPORT_TO_E8M0(__nv_cvt_float_to_e8m0, float, __nv_cvt_float2_to_e8m0x2, float2, x, x.x, x.y)
CUPORT_TO_E8M0(__nv_cvt_bfloat16raw_to_e8m0, __nv_bfloat16_raw, __nv_cvt_bfloat162raw_to_e8m0x2, __nv_bfloat162_raw,
               cuport_bfloat16_to_float(x.x), cuport_bfloat16_to_float(x.x), cuport_bfloat16_to_float(x.y))
#undef CUPORT_TO_E8M0
CUPORT_HOST_DEVICE __nv_bfloat16_raw __nv_cvt_e8m0_to_bf16raw(__nv_fp8_storage_t x) {
  return __double2bfloat16(cuport_decode_e8m0(x));
}
CUPORT_HOST_DEVICE __nv_bfloat162_raw __nv_cvt_e8m0x2_to_bf162raw(__nv_fp8x2_storage_t x) {
  return __nv_bfloat162_raw{__nv_cvt_e8m0_to_bf16raw(static_cast<__nv_fp8_storage_t>(x)).x,
                            __nv_cvt_e8m0_to_bf16raw(static_cast<__nv_fp8_storage_t>(x >> 8)).x};
}

// The types. They saturate; E8M0 rounds up.
#define CUPORT_TYPE __nv_fp8_e4m3
#define CUPORT_TYPE_2 __nv_fp8x2_e4m3
#define CUPORT_TYPE_4 __nv_fp8x4_e4m3
#define CUPORT_STORAGE __nv_fp8_storage_t
#define CUPORT_STORAGE_2 __nv_fp8x2_storage_t
#define CUPORT_STORAGE_4 __nv_fp8x4_storage_t
#define CUPORT_BITS 8
#define CUPORT_ENCODE(x) cuport_encode_fp8(x, __NV_SATFINITE, __NV_E4M3)
#define CUPORT_DECODE(x) cuport_decode_fp8(x, __NV_E4M3)
#include <cuport/tiny_float_class.inc>

#define CUPORT_TYPE __nv_fp8_e5m2
#define CUPORT_TYPE_2 __nv_fp8x2_e5m2
#define CUPORT_TYPE_4 __nv_fp8x4_e5m2
#define CUPORT_STORAGE __nv_fp8_storage_t
#define CUPORT_STORAGE_2 __nv_fp8x2_storage_t
#define CUPORT_STORAGE_4 __nv_fp8x4_storage_t
#define CUPORT_BITS 8
#define CUPORT_ENCODE(x) cuport_encode_fp8(x, __NV_SATFINITE, __NV_E5M2)
#define CUPORT_DECODE(x) cuport_decode_fp8(x, __NV_E5M2)
#include <cuport/tiny_float_class.inc>

#define CUPORT_TYPE __nv_fp8_e8m0
#define CUPORT_TYPE_2 __nv_fp8x2_e8m0
#define CUPORT_TYPE_4 __nv_fp8x4_e8m0
#define CUPORT_STORAGE __nv_fp8_storage_t
#define CUPORT_STORAGE_2 __nv_fp8x2_storage_t
#define CUPORT_STORAGE_4 __nv_fp8x4_storage_t
#define CUPORT_BITS 8
#define CUPORT_ENCODE(x) cuport_encode_e8m0(x, __NV_SATFINITE, cudaRoundPosInf)
#define CUPORT_DECODE(x) cuport_decode_e8m0(x)
#include <cuport/tiny_float_class.inc>

#endif
