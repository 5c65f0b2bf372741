// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Single operations in a rounding other than to nearest: the processor's rounding is set, the operation made, the rounding
// set back. clang takes it that the rounding is always to nearest and orders arithmetic as it likes. So each operation has
// a function of its own, into which nothing of the caller's can move, and its operand and result pass through assembler
// that says nothing about them: the operation cannot move out.

#ifndef CUPORT_ROUNDING_H
#define CUPORT_ROUNDING_H

#include <cuport/attributes.h>

#if defined(__x86_64__) || defined(__i386__)
enum { CUPORT_ROUND_down = 0x2000, CUPORT_ROUND_up = 0x4000, CUPORT_ROUND_zero = 0x6000 };
CUPORT_HOST_DEVICE unsigned cuport_round(unsigned direction) {
  unsigned before;
  __asm__ volatile("stmxcsr %0" : "=m"(before));
  unsigned now = (before & ~0x6000u) | direction;
  __asm__ volatile("ldmxcsr %0" ::"m"(now));
  return before;
}
CUPORT_HOST_DEVICE void cuport_round_back(unsigned before) { __asm__ volatile("ldmxcsr %0" ::"m"(before)); }
#else
#include <fenv.h>
CUPORT_FROM_LIBRARY(int, cuport_get_round(void), fegetround);
CUPORT_FROM_LIBRARY(int, cuport_set_round(int), fesetround);
enum { CUPORT_ROUND_down = FE_DOWNWARD, CUPORT_ROUND_up = FE_UPWARD, CUPORT_ROUND_zero = FE_TOWARDZERO };
CUPORT_HOST_DEVICE unsigned cuport_round(unsigned direction) {
  int before = cuport_get_round();
  cuport_set_round(static_cast<int>(direction));
  return static_cast<unsigned>(before);
}
CUPORT_HOST_DEVICE void cuport_round_back(unsigned before) { cuport_set_round(static_cast<int>(before)); }
#endif

// `result name(type x)` is `operation` in a direction: zero, down or up. _2 and _3 have y and z, too.
#define CUPORT_OPAQUE(x) __asm__ volatile("" : "+m"(x))
#define CUPORT_IN_DIRECTION(result, direction, operation)                                          \
  unsigned before = cuport_round(CUPORT_ROUND_##direction);                                        \
  CUPORT_OPAQUE(x);                                                                                \
  result value = operation;                                                                        \
  CUPORT_OPAQUE(value);                                                                            \
  cuport_round_back(before);                                                                       \
  return value;
#define CUPORT_ALONE static __host__ __device__ __attribute__((noinline, unused))
#define CUPORT_DIRECTED_1(result, name, type, direction, operation)                                \
  CUPORT_ALONE result name(type x) { CUPORT_IN_DIRECTION(result, direction, operation) }
#define CUPORT_DIRECTED_2(result, name, type, direction, operation)                                \
  CUPORT_ALONE result name(type x, type y) {                                                 \
    CUPORT_OPAQUE(y);                                                                              \
    CUPORT_IN_DIRECTION(result, direction, operation)                                              \
  }
#define CUPORT_DIRECTED_3(result, name, type, direction, operation)                                \
  CUPORT_ALONE result name(type x, type y, type z) {                                         \
    CUPORT_OPAQUE(y);                                                                              \
    CUPORT_OPAQUE(z);                                                                              \
    CUPORT_IN_DIRECTION(result, direction, operation)                                              \
  }

#endif
