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

// Setting the processor's rounding costs as much as some fifty operations. Where the result to nearest lies well inside of the type's
// range, the sign of what it misses of the exact one can be computed, and the result in a direction is this one or the number beside it.
#define CUPORT_STEPS(type, bits, least, most)                                                      \
  CUPORT_DEVICE bool cuport_inside(type near) {                                                    \
    return __builtin_elementwise_abs(near) >= least && __builtin_elementwise_abs(near) <= most;    \
  }                                                                                                \
  CUPORT_DEVICE bool cuport_sum_inside(type x, type near) {                                        \
    return __builtin_elementwise_abs(x) <= most && cuport_inside(near);                            \
  }                                                                                                \
  CUPORT_DEVICE type cuport_beside(type near, bool other, bool outwards) {                         \
    return __builtin_bit_cast(type, __builtin_bit_cast(bits, near) + (!other ? 0 : outwards ? 1 : -1)); \
  }                                                                                                \
  CUPORT_DEVICE type cuport_step_zero(type near, type missing) {                                   \
    return cuport_beside(near, near > 0 ? missing < 0 : missing > 0, false);                       \
  }                                                                                                \
  CUPORT_DEVICE type cuport_step_down(type near, type missing) { return cuport_beside(near, missing < 0, near < 0); } \
  CUPORT_DEVICE type cuport_step_up(type near, type missing) { return cuport_beside(near, missing > 0, near > 0); } \
  CUPORT_DEVICE type cuport_sum_misses(type x, type y, type near) {                                \
    _Pragma("clang fp contract(off) reassociate(off)") const type other = near - x;                \
    return (x - (near - other)) + (y - other);                                                     \
  }
CUPORT_STEPS(float, int, 0x1p-60f, 0x1p120f)
CUPORT_STEPS(double, long long, 0x1p-900, 0x1p1000)
#undef CUPORT_STEPS

// A fused operation, which the others take, is slow where the processor has none.
#if defined(__FMA__) || !(defined(__x86_64__) || defined(__i386__))
#define CUPORT_FUSES true
#else
#define CUPORT_FUSES false
#endif

// r is the result to nearest; `missing` has the sign of what it misses, and is exact where `inside`.
#define CUPORT_STEPPED(type, name, way, direction, parameters, arguments, operation, inside, missing) \
  CUPORT_DEVICE type name##_##way parameters {                                                     \
    _Pragma("clang fp contract(off) reassociate(off) reciprocal(off)") const type near = operation; \
    return (inside) ? cuport_step_##direction(near, missing) : cuport_set##name##_##way arguments; \
  }
#define CUPORT_EACH_1(name, type, operation, inside, missing)                                      \
  CUPORT_NEAREST(type, name##_rn, (type x), operation)                                             \
  CUPORT_DIRECTED_1(type, cuport_set##name##_rz, type, zero, operation)                            \
  CUPORT_DIRECTED_1(type, cuport_set##name##_rd, type, down, operation)                            \
  CUPORT_DIRECTED_1(type, cuport_set##name##_ru, type, up, operation)                              \
  CUPORT_STEPPED(type, name, rz, zero, (type x), (x), operation, inside, missing)                  \
  CUPORT_STEPPED(type, name, rd, down, (type x), (x), operation, inside, missing)                  \
  CUPORT_STEPPED(type, name, ru, up, (type x), (x), operation, inside, missing)
#define CUPORT_EACH_2(name, type, operation, inside, missing)                                      \
  CUPORT_NEAREST(type, name##_rn, (type x, type y), operation)                                     \
  CUPORT_DIRECTED_2(type, cuport_set##name##_rz, type, zero, operation)                            \
  CUPORT_DIRECTED_2(type, cuport_set##name##_rd, type, down, operation)                            \
  CUPORT_DIRECTED_2(type, cuport_set##name##_ru, type, up, operation)                              \
  CUPORT_STEPPED(type, name, rz, zero, (type x, type y), (x, y), operation, inside, missing)       \
  CUPORT_STEPPED(type, name, rd, down, (type x, type y), (x, y), operation, inside, missing)       \
  CUPORT_STEPPED(type, name, ru, up, (type x, type y), (x, y), operation, inside, missing)
#define CUPORT_EACH_3(name, type, operation)                                                       \
  CUPORT_NEAREST(type, name##_rn, (type x, type y, type z), operation)                             \
  CUPORT_DIRECTED_3(type, name##_rz, type, zero, operation)                                        \
  CUPORT_DIRECTED_3(type, name##_rd, type, down, operation)                                        \
  CUPORT_DIRECTED_3(type, name##_ru, type, up, operation)
#define CUPORT_EACH(letter, type, root, fused)                                                     \
  CUPORT_EACH_2(__##letter##add, type, x + y, cuport_sum_inside(x, near), cuport_sum_misses(x, y, near)) \
  CUPORT_EACH_2(__##letter##sub, type, x - y, cuport_sum_inside(x, near), cuport_sum_misses(x, -y, near)) \
  CUPORT_EACH_2(__##letter##mul, type, x * y, CUPORT_FUSES && cuport_inside(near), fused(x, y, -near)) \
  CUPORT_EACH_2(__##letter##div, type, x / y, CUPORT_FUSES && cuport_inside(near) && cuport_inside(x), \
                y < 0 ? fused(near, y, -x) : fused(-near, y, x))                                   \
  CUPORT_EACH_1(__##letter##rcp, type, 1 / x, CUPORT_FUSES && cuport_inside(near),                 \
                x < 0 ? fused(near, x, -1) : fused(-near, x, 1))                                   \
  CUPORT_EACH_1(__##letter##sqrt, type, root(x), CUPORT_FUSES && cuport_inside(x), fused(-near, near, x))

CUPORT_EACH(f, float, __builtin_sqrtf, __builtin_fmaf)
CUPORT_EACH(d, double, __builtin_sqrt, __builtin_fma)
CUPORT_EACH_3(__fmaf, float, __builtin_fmaf(x, y, z))
CUPORT_EACH_3(__fmaf_ieee, float, __builtin_fmaf(x, y, z))
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
#undef CUPORT_FUSES
#undef CUPORT_STEPPED
#undef CUPORT_EACH
#undef CUPORT_EACH_1
#undef CUPORT_EACH_2
#undef CUPORT_EACH_3

#endif
