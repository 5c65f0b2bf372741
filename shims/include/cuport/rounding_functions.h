// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arithmetic that says its rounding: __fadd_rz, __dmul_rn, __fmaf_ru ... A compiler never fuses these into others, so the
// plain forms are made without contraction.

#ifndef CUPORT_ROUNDING_FUNCTIONS_H
#define CUPORT_ROUNDING_FUNCTIONS_H

#include <cuport/rounding.h>
#include <cuport/vector_types.h>

#define CUPORT_NEAREST(type, name, parameters, operation)                                          \
  CUPORT_DEVICE type name parameters {                                                             \
    _Pragma("clang fp contract(off) reciprocal(off)") return operation;                                            \
  }
#define CUPORT_EACH_1(name, type, operation)                                                       \
  CUPORT_NEAREST(type, name##_rn, (type x), operation)                                             \
  CUPORT_DIRECTED_1(type, name##_rz, type, zero, operation)                                        \
  CUPORT_DIRECTED_1(type, name##_rd, type, down, operation)                                        \
  CUPORT_DIRECTED_1(type, name##_ru, type, up, operation)
#define CUPORT_EACH_2(name, type, operation)                                                       \
  CUPORT_NEAREST(type, name##_rn, (type x, type y), operation)                                     \
  CUPORT_DIRECTED_2(type, name##_rz, type, zero, operation)                                        \
  CUPORT_DIRECTED_2(type, name##_rd, type, down, operation)                                        \
  CUPORT_DIRECTED_2(type, name##_ru, type, up, operation)
#define CUPORT_EACH_3(name, type, operation)                                                       \
  CUPORT_NEAREST(type, name##_rn, (type x, type y, type z), operation)                             \
  CUPORT_DIRECTED_3(type, name##_rz, type, zero, operation)                                        \
  CUPORT_DIRECTED_3(type, name##_rd, type, down, operation)                                        \
  CUPORT_DIRECTED_3(type, name##_ru, type, up, operation)

CUPORT_EACH_2(__fadd, float, x + y)
CUPORT_EACH_2(__fsub, float, x - y)
CUPORT_EACH_2(__fmul, float, x * y)
CUPORT_EACH_2(__fdiv, float, x / y)
CUPORT_EACH_1(__frcp, float, 1.0f / x)
CUPORT_EACH_1(__fsqrt, float, __builtin_sqrtf(x))
CUPORT_EACH_3(__fmaf, float, __builtin_fmaf(x, y, z))
CUPORT_EACH_3(__fmaf_ieee, float, __builtin_fmaf(x, y, z))
CUPORT_EACH_2(__dadd, double, x + y)
CUPORT_EACH_2(__dsub, double, x - y)
CUPORT_EACH_2(__dmul, double, x * y)
CUPORT_EACH_2(__ddiv, double, x / y)
CUPORT_EACH_1(__drcp, double, 1.0 / x)
CUPORT_EACH_1(__dsqrt, double, __builtin_sqrt(x))
CUPORT_EACH_3(__fma, double, __builtin_fma(x, y, z))

/// 1 / sqrt(x), rounded once. In double the error is below one part in 2^52; where the double lies in the middle of two
/// floats, its residual says on which side the true value is.
CUPORT_DEVICE float __frsqrt_rn(float x) {
  double wide = x;
  double root = 1.0 / __builtin_sqrt(wide);
  unsigned long long bits = __builtin_bit_cast(unsigned long long, root);
  if ((bits & 0x1fffffff) == 0x10000000) {
    double residual = __builtin_fma(root * root, wide, -1.0); // exact: root has 25 bits, x has 24
    root = __builtin_bit_cast(double, residual > 0 ? bits - 1 : bits + 1);
  }
  return static_cast<float>(root);
}

#define CUPORT_PAIR(name, scalar)                                                                  \
  CUPORT_DEVICE float2 name(float2 a, float2 b) { return float2{scalar(a.x, b.x), scalar(a.y, b.y)}; }
CUPORT_PAIR(__fadd2_rn, __fadd_rn)
CUPORT_PAIR(__fmul2_rn, __fmul_rn)
CUPORT_DEVICE float2 __ffma2_rn(float2 a, float2 b, float2 c) {
  return float2{__builtin_fmaf(a.x, b.x, c.x), __builtin_fmaf(a.y, b.y, c.y)};
}

#undef CUPORT_PAIR
#undef CUPORT_NEAREST
#undef CUPORT_EACH_1
#undef CUPORT_EACH_2
#undef CUPORT_EACH_3

#endif
