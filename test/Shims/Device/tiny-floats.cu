// Formats of 8, 6 and 4 bits: every number against the table of its format, and rounding between all neighbours.
// RUN: %device-half %s -I %S/Inputs -c -o %t.o
// RUN: %clangxx %S/Inputs/one_thread.cpp %t.o -o %t
// RUN: %t | FileCheck %s
// RUN: %clangxx -std=c++17 -x c++ -I %toolkit/include/cuport -fsyntax-only -Wall -Werror -include cuda_fp6.h -include cuda_fp4.h /dev/null
// CHECK: {{^[1-9][0-9]* checked, 0 wrong}}

#include "check.h"
#include <cuda_fp4.h>
#include <cuda_fp6.h>
#include <cuda_fp8.h>

__device__ double meaning(unsigned bits, int exponent_bits, int mantissa_bits) {
  int bias = (1 << (exponent_bits - 1)) - 1, e = static_cast<int>(bits >> mantissa_bits) & ((1 << exponent_bits) - 1);
  double f = (bits & ((1u << mantissa_bits) - 1)) / static_cast<double>(1 << mantissa_bits);
  return e == 0 ? ldexp(f, 1 - bias) : ldexp(1 + f, e - bias);
}

// The positive numbers from 0 to `largest`, and the middles between them.
template <class T> __device__ void format(long *checked, long *wrong, int exponent_bits, int mantissa_bits, unsigned largest) {
  unsigned sign = 1u << (exponent_bits + mantissa_bits);
  for (unsigned bits = 0; bits <= largest; ++bits) {
    double value = meaning(bits, exponent_bits, mantissa_bits);
    T it;
    it.__x = static_cast<decltype(it.__x)>(bits);
    CHECK(static_cast<float>(it) == value && __half2float(static_cast<__half>(it)) == value, "%x is %g", bits, static_cast<double>(static_cast<float>(it)));
    CHECK(T(value).__x == bits && T(static_cast<float>(value)).__x == bits && T(__half(value)).__x == bits, "%g", value);
    CHECK(T(-value).__x == (bits | sign), "-%g", value);
    if (bits == largest)
      break;
    double middle = (value + meaning(bits + 1, exponent_bits, mantissa_bits)) / 2;
    CHECK(T(middle).__x == bits + bits % 2, "in the middle above %g", value);
    CHECK(T(nextafter(middle, 0)).__x == bits && T(nextafter(middle, 1e30)).__x == bits + 1, "around the middle above %g", value);
  }
  double most = meaning(largest, exponent_bits, mantissa_bits);
  CHECK(T(1e30).__x == largest && T(-1e30).__x == (largest | sign) && T(most * 1.001).__x == largest, "saturated");
}

extern "C" __global__ void check(long *checked, long *wrong) {
  format<__nv_fp8_e4m3>(checked, wrong, 4, 3, 0x7e);
  format<__nv_fp8_e5m2>(checked, wrong, 5, 2, 0x7b);
  format<__nv_fp6_e2m3>(checked, wrong, 2, 3, 0x1f);
  format<__nv_fp6_e3m2>(checked, wrong, 3, 2, 0x1f);
  format<__nv_fp4_e2m1>(checked, wrong, 2, 1, 0x7);
  // The OCP specification's own examples of the ends.
  CHECK(static_cast<float>(__nv_fp8_e4m3(1e9f)) == 448 && static_cast<float>(__nv_fp8_e5m2(1e9f)) == 57344, "largest of 8 bits");
  CHECK(static_cast<float>(__nv_fp6_e2m3(99.0f)) == 7.5f && static_cast<float>(__nv_fp6_e3m2(99.0f)) == 28 && static_cast<float>(__nv_fp4_e2m1(99.0f)) == 6,
        "largest of 6 and 4 bits");
  CHECK(__nv_cvt_float_to_fp8(464.0f, __NV_NOSAT, __NV_E4M3) == 0x7e && __nv_cvt_float_to_fp8(465.0f, __NV_NOSAT, __NV_E4M3) == 0x7f, "E4M3 beyond 448");
  CHECK(__nv_cvt_float_to_fp8(-1e9f, __NV_NOSAT, __NV_E5M2) == 0xfc && __nv_cvt_float_to_fp8(-INFINITY, __NV_SATFINITE, __NV_E5M2) == 0xfb, "E5M2 beyond");
  CHECK(__nv_cvt_float_to_fp8(nanf(""), __NV_SATFINITE, __NV_E4M3) == 0x7f && isnan(static_cast<float>(__nv_fp8_e5m2(nanf("")))), "NaN");
  CHECK(__nv_cvt_fp8_to_halfraw(0x7c, __NV_E5M2).x == 0x7c00 && __nv_cvt_fp8_to_halfraw(0xff, __NV_E4M3).x == 0x7fff, "infinity and NaN to half");
  CHECK(__nv_cvt_float2_to_fp8x2(make_float2(1, -2), __NV_SATFINITE, __NV_E4M3) == 0xc038, "pair");
  float4 four = static_cast<float4>(__nv_fp8x4_e5m2(make_float4(1, 2, -3, 0.5f)));
  CHECK(four.x == 1 && four.y == 2 && four.z == -3 && four.w == 0.5f, "four");
  float2 two = static_cast<float2>(__nv_fp4x2_e2m1(make_float2(-1.5f, 6)));
  CHECK(two.x == -1.5f && two.y == 6 && sizeof(__nv_fp4x2_e2m1) == 1 && sizeof(__nv_fp6x4_e3m2) == 4, "pair of 4 bits");
  CHECK(__nv_cvt_float_to_fp4(0.3f, __NV_E2M1, cudaRoundZero) == 0 && __nv_cvt_float_to_fp4(0.3f, __NV_E2M1, cudaRoundPosInf) == 1, "directed");
  CHECK(__nv_cvt_float_to_e8m0(1.0f, __NV_SATFINITE, cudaRoundZero) == 127 && __nv_cvt_float_to_e8m0(1.5f, __NV_SATFINITE, cudaRoundZero) == 127 &&
            __nv_cvt_float_to_e8m0(1.5f, __NV_SATFINITE, cudaRoundPosInf) == 128 && __nv_cvt_double_to_e8m0(1e300, __NV_NOSAT, cudaRoundZero) == 0xff,
        "E8M0");
}
