// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arithmetic on the two halves (2) or the four bytes (4) of a word, signed (s) or unsigned (u), and the Vi functions that
// combine a sum, a minimum and a maximum. Both are clang's vectors of 32 bits.

#ifndef CUPORT_SIMD_FUNCTIONS_H
#define CUPORT_SIMD_FUNCTIONS_H

#include <cuport/attributes.h>

typedef short cuport_s2 __attribute__((vector_size(4)));
typedef unsigned short cuport_u2 __attribute__((vector_size(4)));
typedef signed char cuport_s4 __attribute__((vector_size(4)));
typedef unsigned char cuport_u4 __attribute__((vector_size(4)));

#define CUPORT_WORD(value) __builtin_bit_cast(unsigned, value)
#define CUPORT_PARTS(name, type, operation)                                                        \
  CUPORT_DEVICE unsigned name(unsigned word) {                                                     \
    type a = __builtin_bit_cast(type, word);                                                       \
    return CUPORT_WORD(operation);                                                                 \
  }
#define CUPORT_PARTS_2(name, type, operation)                                                      \
  CUPORT_DEVICE unsigned name(unsigned word, unsigned other) {                                     \
    type a = __builtin_bit_cast(type, word), b = __builtin_bit_cast(type, other);                  \
    return CUPORT_WORD(operation);                                                                 \
  }
// The average of signed parts is rounded away from zero.
#define CUPORT_AVERAGE(name, parts, wide)                                                          \
  CUPORT_DEVICE unsigned name(unsigned word, unsigned other) {                                     \
    typedef wide wide_parts __attribute__((vector_size(sizeof(wide) * (4 / (sizeof(wide) / 2))))); \
    wide_parts sum = __builtin_convertvector(__builtin_bit_cast(parts, word), wide_parts) +        \
                     __builtin_convertvector(__builtin_bit_cast(parts, other), wide_parts);        \
    return CUPORT_WORD(__builtin_convertvector((sum - (sum >= 0)) >> 1, parts));                   \
  }
#define CUPORT_COMPARE(name, n, s, operation)                                                      \
  CUPORT_PARTS_2(__vcmp##name##n, cuport_##s##n, a operation b)                                    \
  CUPORT_PARTS_2(__vset##name##n, cuport_##s##n, -(a operation b))
#define CUPORT_SUM_OF_DIFFERENCES(name, type, n)                                                   \
  CUPORT_DEVICE unsigned name(unsigned word, unsigned other) {                                     \
    type a = __builtin_bit_cast(type, word), b = __builtin_bit_cast(type, other);                  \
    unsigned sum = 0;                                                                              \
    for (int at = 0; at < n; ++at)                                                                 \
      sum += static_cast<unsigned>(a[at] > b[at] ? a[at] - b[at] : b[at] - a[at]);                 \
    return sum;                                                                                    \
  }
#define CUPORT_OF_WIDTH(n, wide)                                                                   \
  CUPORT_PARTS(__vabs##n, cuport_s##n, a < 0 ? -a : a)                                             \
  CUPORT_PARTS(__vabsss##n, cuport_s##n, __builtin_elementwise_max(__builtin_elementwise_sub_sat(a - a, a), a)) \
  CUPORT_PARTS(__vneg##n, cuport_s##n, -a)                                                         \
  CUPORT_PARTS(__vnegss##n, cuport_s##n, __builtin_elementwise_sub_sat(a - a, a))                  \
  CUPORT_PARTS_2(__vadd##n, cuport_u##n, a + b)                                                    \
  CUPORT_PARTS_2(__vaddss##n, cuport_s##n, __builtin_elementwise_add_sat(a, b))                    \
  CUPORT_PARTS_2(__vaddus##n, cuport_u##n, __builtin_elementwise_add_sat(a, b))                    \
  CUPORT_PARTS_2(__vsub##n, cuport_u##n, a - b)                                                    \
  CUPORT_PARTS_2(__vsubss##n, cuport_s##n, __builtin_elementwise_sub_sat(a, b))                    \
  CUPORT_PARTS_2(__vsubus##n, cuport_u##n, __builtin_elementwise_sub_sat(a, b))                    \
  CUPORT_AVERAGE(__vavgs##n, cuport_s##n, wide)                                                    \
  CUPORT_PARTS_2(__vavgu##n, cuport_u##n, (a | b) - ((a ^ b) >> 1))                                \
  CUPORT_PARTS_2(__vhaddu##n, cuport_u##n, (a & b) + ((a ^ b) >> 1))                               \
  CUPORT_PARTS_2(__vabsdiffs##n, cuport_s##n, __builtin_elementwise_max(a, b) - __builtin_elementwise_min(a, b)) \
  CUPORT_PARTS_2(__vabsdiffu##n, cuport_u##n, __builtin_elementwise_max(a, b) - __builtin_elementwise_min(a, b)) \
  CUPORT_PARTS_2(__vmaxs##n, cuport_s##n, __builtin_elementwise_max(a, b))                         \
  CUPORT_PARTS_2(__vmaxu##n, cuport_u##n, __builtin_elementwise_max(a, b))                         \
  CUPORT_PARTS_2(__vmins##n, cuport_s##n, __builtin_elementwise_min(a, b))                         \
  CUPORT_PARTS_2(__vminu##n, cuport_u##n, __builtin_elementwise_min(a, b))                         \
  CUPORT_SUM_OF_DIFFERENCES(__vsads##n, cuport_s##n, n)                                            \
  CUPORT_SUM_OF_DIFFERENCES(__vsadu##n, cuport_u##n, n)                                            \
  CUPORT_COMPARE(eq, n, u, ==)                                                                     \
  CUPORT_COMPARE(ne, n, u, !=)                                                                     \
  CUPORT_COMPARE(ges, n, s, >=)                                                                    \
  CUPORT_COMPARE(gts, n, s, >)                                                                     \
  CUPORT_COMPARE(les, n, s, <=)                                                                    \
  CUPORT_COMPARE(lts, n, s, <)                                                                     \
  CUPORT_COMPARE(geu, n, u, >=)                                                                    \
  CUPORT_COMPARE(gtu, n, u, >)                                                                     \
  CUPORT_COMPARE(leu, n, u, <=)                                                                    \
  CUPORT_COMPARE(ltu, n, u, <)
CUPORT_OF_WIDTH(2, int)
CUPORT_OF_WIDTH(4, short)
#undef CUPORT_PARTS
#undef CUPORT_PARTS_2
#undef CUPORT_AVERAGE
#undef CUPORT_COMPARE
#undef CUPORT_SUM_OF_DIFFERENCES
#undef CUPORT_OF_WIDTH

// The Vi functions: of whole words (s32, u32) and of halves (s16x2, u16x2). relu: not below 0. Sums are modulo the width.
#define CUPORT_VI(suffix, word, type)                                                              \
  CUPORT_HOST_DEVICE word __vimax3_##suffix(word x, word y, word z) {                              \
    type a = __builtin_bit_cast(type, x), b = __builtin_bit_cast(type, y), c = __builtin_bit_cast(type, z); \
    return __builtin_bit_cast(word, __builtin_elementwise_max(__builtin_elementwise_max(a, b), c)); \
  }                                                                                                \
  CUPORT_HOST_DEVICE word __vimin3_##suffix(word x, word y, word z) {                              \
    type a = __builtin_bit_cast(type, x), b = __builtin_bit_cast(type, y), c = __builtin_bit_cast(type, z); \
    return __builtin_bit_cast(word, __builtin_elementwise_min(__builtin_elementwise_min(a, b), c)); \
  }
#define CUPORT_VI_SUM(suffix, word, type, sum_type)                                                \
  CUPORT_HOST_DEVICE word __viaddmax_##suffix(word x, word y, word z) {                            \
    sum_type sum = __builtin_bit_cast(sum_type, x) + __builtin_bit_cast(sum_type, y);              \
    return __builtin_bit_cast(word, __builtin_elementwise_max(__builtin_bit_cast(type, sum),       \
                                                              __builtin_bit_cast(type, z)));       \
  }                                                                                                \
  CUPORT_HOST_DEVICE word __viaddmin_##suffix(word x, word y, word z) {                            \
    sum_type sum = __builtin_bit_cast(sum_type, x) + __builtin_bit_cast(sum_type, y);              \
    return __builtin_bit_cast(word, __builtin_elementwise_min(__builtin_bit_cast(type, sum),       \
                                                              __builtin_bit_cast(type, z)));       \
  }
#define CUPORT_VI_RELU(suffix, word, type)                                                         \
  CUPORT_HOST_DEVICE word cuport_relu_##suffix(word x) {                                           \
    type a = __builtin_bit_cast(type, x);                                                          \
    return __builtin_bit_cast(word, __builtin_elementwise_max(a, a - a));                          \
  }                                                                                                \
  CUPORT_HOST_DEVICE word __vimax_##suffix##_relu(word x, word y) { return cuport_relu_##suffix(__vimax3_##suffix(x, x, y)); } \
  CUPORT_HOST_DEVICE word __vimin_##suffix##_relu(word x, word y) { return cuport_relu_##suffix(__vimin3_##suffix(x, x, y)); } \
  CUPORT_HOST_DEVICE word __vimax3_##suffix##_relu(word x, word y, word z) {                       \
    return cuport_relu_##suffix(__vimax3_##suffix(x, y, z));                                       \
  }                                                                                                \
  CUPORT_HOST_DEVICE word __vimin3_##suffix##_relu(word x, word y, word z) {                       \
    return cuport_relu_##suffix(__vimin3_##suffix(x, y, z));                                       \
  }                                                                                                \
  CUPORT_HOST_DEVICE word __viaddmax_##suffix##_relu(word x, word y, word z) {                     \
    return cuport_relu_##suffix(__viaddmax_##suffix(x, y, z));                                     \
  }                                                                                                \
  CUPORT_HOST_DEVICE word __viaddmin_##suffix##_relu(word x, word y, word z) {                     \
    return cuport_relu_##suffix(__viaddmin_##suffix(x, y, z));                                     \
  }
CUPORT_VI(s32, int, int)
CUPORT_VI(u32, unsigned, unsigned)
CUPORT_VI(s16x2, unsigned, cuport_s2)
CUPORT_VI(u16x2, unsigned, cuport_u2)
CUPORT_VI_SUM(s32, int, int, unsigned)
CUPORT_VI_SUM(u32, unsigned, unsigned, unsigned)
CUPORT_VI_SUM(s16x2, unsigned, cuport_s2, cuport_u2)
CUPORT_VI_SUM(u16x2, unsigned, cuport_u2, cuport_u2)
CUPORT_VI_RELU(s32, int, int)
CUPORT_VI_RELU(s16x2, unsigned, cuport_s2)
#undef CUPORT_VI
#undef CUPORT_VI_SUM
#undef CUPORT_VI_RELU

// Those that also say whether the first operand won.
#define CUPORT_VIB(suffix, word)                                                                   \
  CUPORT_HOST_DEVICE word __vibmax_##suffix(word a, word b, bool *first) {                         \
    *first = a >= b;                                                                               \
    return *first ? a : b;                                                                         \
  }                                                                                                \
  CUPORT_HOST_DEVICE word __vibmin_##suffix(word a, word b, bool *first) {                         \
    *first = a <= b;                                                                               \
    return *first ? a : b;                                                                         \
  }
#define CUPORT_VIB_2(suffix, type)                                                                 \
  CUPORT_HOST_DEVICE unsigned __vibmax_##suffix(unsigned x, unsigned y, bool *first_high, bool *first_low) { \
    type a = __builtin_bit_cast(type, x), b = __builtin_bit_cast(type, y);                         \
    *first_high = a[1] >= b[1], *first_low = a[0] >= b[0];                                         \
    return CUPORT_WORD(__builtin_elementwise_max(a, b));                                           \
  }                                                                                                \
  CUPORT_HOST_DEVICE unsigned __vibmin_##suffix(unsigned x, unsigned y, bool *first_high, bool *first_low) { \
    type a = __builtin_bit_cast(type, x), b = __builtin_bit_cast(type, y);                         \
    *first_high = a[1] <= b[1], *first_low = a[0] <= b[0];                                         \
    return CUPORT_WORD(__builtin_elementwise_min(a, b));                                           \
  }
CUPORT_VIB(s32, int)
CUPORT_VIB(u32, unsigned)
CUPORT_VIB_2(s16x2, cuport_s2)
CUPORT_VIB_2(u16x2, cuport_u2)
#undef CUPORT_VIB
#undef CUPORT_VIB_2
#undef CUPORT_WORD

#endif
