// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// HIP's older bfloat16 class: 16 bits of a float, widened for every operation.

#ifndef CUPORT_HIP_BFLOAT16_H
#define CUPORT_HIP_BFLOAT16_H

#include <cuport/keywords.h>

#include <stdint.h>

#ifndef __cplusplus

typedef struct {
  uint16_t data;
} hip_bfloat16;

#else

#define CUPORT_HD __host__ __device__ inline

struct hip_bfloat16 {
  uint16_t data;

  enum truncate_t { truncate };

  hip_bfloat16() = default;
  /// To the nearest, of two to the even one.
  explicit CUPORT_HD hip_bfloat16(float f) : data(nearest(bits(f))) {}
  explicit CUPORT_HD hip_bfloat16(float f, truncate_t) : data(cut(bits(f))) {}

  CUPORT_HD operator float() const { return __builtin_bit_cast(float, uint32_t(data) << 16); }
  explicit CUPORT_HD operator bool() const { return data & 0x7fff; }

  static CUPORT_HD hip_bfloat16 round_to_bfloat16(float f) { return hip_bfloat16(f); }
  static CUPORT_HD hip_bfloat16 round_to_bfloat16(float f, truncate_t) { return hip_bfloat16(f, truncate); }

private:
  static CUPORT_HD uint32_t bits(float f) { return __builtin_bit_cast(uint32_t, f); }
  static CUPORT_HD bool isNan(uint32_t u) { return (u & 0x7fffffff) > 0x7f800000; }
  /// A NaN whose payload is in the lower half stays one.
  static CUPORT_HD uint16_t cut(uint32_t u) { return uint16_t(u >> 16 | (isNan(u) && !(u & 0x7f0000))); }
  static CUPORT_HD uint16_t nearest(uint32_t u) {
    return isNan(u) ? cut(u) : uint16_t((u + 0x7fff + (u >> 16 & 1)) >> 16);
  }
};

typedef struct {
  uint16_t data;
} hip_bfloat16_public;

#define CUPORT_OPERATOR(op)                                                                                            \
  CUPORT_HD hip_bfloat16 operator op(hip_bfloat16 a, hip_bfloat16 b) { return hip_bfloat16(float(a) op float(b)); }    \
  CUPORT_HD hip_bfloat16 &operator op##=(hip_bfloat16 &a, hip_bfloat16 b) { return a = a op b; }
CUPORT_OPERATOR(+)
CUPORT_OPERATOR(-)
CUPORT_OPERATOR(*)
CUPORT_OPERATOR(/)
#undef CUPORT_OPERATOR
#define CUPORT_OPERATOR(op)                                                                                            \
  CUPORT_HD bool operator op(hip_bfloat16 a, hip_bfloat16 b) { return float(a) op float(b); }
CUPORT_OPERATOR(<)
CUPORT_OPERATOR(<=)
CUPORT_OPERATOR(>)
CUPORT_OPERATOR(>=)
CUPORT_OPERATOR(==)
CUPORT_OPERATOR(!=)
#undef CUPORT_OPERATOR

CUPORT_HD hip_bfloat16 operator+(hip_bfloat16 a) { return a; }
CUPORT_HD hip_bfloat16 operator-(hip_bfloat16 a) {
  a.data ^= 0x8000;
  return a;
}
CUPORT_HD hip_bfloat16 &operator++(hip_bfloat16 &a) { return a += hip_bfloat16(1.0f); }
CUPORT_HD hip_bfloat16 &operator--(hip_bfloat16 &a) { return a -= hip_bfloat16(1.0f); }
CUPORT_HD hip_bfloat16 operator++(hip_bfloat16 &a, int) {
  hip_bfloat16 before = a;
  ++a;
  return before;
}
CUPORT_HD hip_bfloat16 operator--(hip_bfloat16 &a, int) {
  hip_bfloat16 before = a;
  --a;
  return before;
}

namespace std {
CUPORT_HD bool isinf(hip_bfloat16 a) { return (a.data & 0x7fff) == 0x7f80; }
CUPORT_HD bool isnan(hip_bfloat16 a) { return (a.data & 0x7fff) > 0x7f80; }
CUPORT_HD bool iszero(hip_bfloat16 a) { return !(a.data & 0x7fff); }
} // namespace std

#undef CUPORT_HD

#endif

#endif
