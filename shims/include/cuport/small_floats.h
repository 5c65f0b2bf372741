// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Floating point of 16 bits and less: to and from float and double, in any rounding.
//
//   cuport_encode   double -> bits of a format (half 5:10, bfloat16 8:7, fp8 5:2 ...), rounded once
//   cuport_decode   the way back, exact
//   cuport_trace    a value whose last bit says "there is more behind": what is rounded from it is rounded once

#ifndef CUPORT_SMALL_FLOATS_H
#define CUPORT_SMALL_FLOATS_H

#include <cuport/attributes.h>

enum cuport_rounding { CUPORT_TO_NEAREST, CUPORT_TO_ZERO, CUPORT_TO_DOWN, CUPORT_TO_UP };

CUPORT_HOST_DEVICE unsigned cuport_float_bits(float x) { return __builtin_bit_cast(unsigned, x); }
CUPORT_HOST_DEVICE float cuport_float_of(unsigned bits) { return __builtin_bit_cast(float, bits); }

/// The magnitude of a finite x in units of the format's last place at x, and its exponent field above: the bits without
/// the sign. What is too large for the format comes out larger than any of its numbers.
CUPORT_LONG_HOST_DEVICE unsigned cuport_encode_magnitude(double x, int exponent_bits, int mantissa_bits,
                                                         cuport_rounding rounding) {
  unsigned long long bits = __builtin_bit_cast(unsigned long long, x);
  bool negative = bits >> 63;
  int exponent = static_cast<int>(bits >> 52 & 0x7ff) - 1023;
  unsigned long long significand = bits & 0xfffffffffffffull;
  if (exponent == -1023)
    exponent = -1022;
  else
    significand |= 1ull << 52;
  int bias = (1 << (exponent_bits - 1)) - 1;
  bool subnormal = exponent < 1 - bias;
  int shift = 52 - mantissa_bits + (subnormal ? 1 - bias - exponent : 0);
  if (shift > 54) { // far below the smallest number: only that it is not zero counts
    significand = significand != 0;
    shift = 2;
  }
  unsigned long long kept = significand >> shift, rest = significand & ((1ull << shift) - 1), half = 1ull << (shift - 1);
  bool up = rounding == CUPORT_TO_NEAREST ? rest > half || (rest == half && (kept & 1))
            : rounding == CUPORT_TO_DOWN  ? negative && rest != 0
            : rounding == CUPORT_TO_UP    ? !negative && rest != 0
                                          : false;
  unsigned long long magnitude = kept + up;
  if (!subnormal)
    magnitude += static_cast<unsigned long long>(exponent + bias - 1) << mantissa_bits;
  return magnitude > 0x7fffffff ? 0x7fffffff : static_cast<unsigned>(magnitude);
}

/// x in a format with infinities and NaN, as IEEE 754 has them; its NaN is the one with all bits but the sign set.
CUPORT_LONG_HOST_DEVICE unsigned cuport_encode(double x, int exponent_bits, int mantissa_bits, cuport_rounding rounding) {
  unsigned infinity = ((1u << exponent_bits) - 1) << mantissa_bits;
  bool negative = __builtin_signbit(x);
  if (x != x)
    return infinity | ((1u << mantissa_bits) - 1);
  unsigned magnitude = infinity;
  if (!__builtin_isinf(x)) {
    magnitude = cuport_encode_magnitude(x, exponent_bits, mantissa_bits, rounding);
    if (magnitude >= infinity)
      magnitude = rounding == CUPORT_TO_NEAREST || rounding == (negative ? CUPORT_TO_DOWN : CUPORT_TO_UP) ? infinity
                                                                                                        : infinity - 1;
  }
  return magnitude | static_cast<unsigned>(negative) << (exponent_bits + mantissa_bits);
}

/// The value of bits, taken as a finite number.
CUPORT_LONG_HOST_DEVICE double cuport_decode_finite(unsigned bits, int exponent_bits, int mantissa_bits) {
  int bias = (1 << (exponent_bits - 1)) - 1;
  int exponent = static_cast<int>(bits >> mantissa_bits & ((1u << exponent_bits) - 1));
  double significand = bits & ((1u << mantissa_bits) - 1);
  if (exponent == 0)
    exponent = 1;
  else
    significand += 1u << mantissa_bits;
  double unit = __builtin_bit_cast(double, static_cast<unsigned long long>(exponent - bias - mantissa_bits + 1023) << 52);
  return bits >> (exponent_bits + mantissa_bits) & 1 ? -significand * unit : significand * unit;
}

/// x as a float that still knows on which side of it x was: rounded toward zero, the last bit set if anything was lost.
CUPORT_HOST_DEVICE float cuport_trace(double x) {
  float nearest = static_cast<float>(x);
  unsigned bits = cuport_float_bits(nearest);
  double back = nearest;
  if (back == x || x != x)
    return nearest;
  if (__builtin_fabs(back) > __builtin_fabs(x))
    --bits;
  return cuport_float_of(bits | 1);
}
/// a + b as a double that still knows on which side of it the sum was.
CUPORT_HOST_DEVICE double cuport_sum_with_trace(double a, double b) {
  double sum = a + b, b_in_sum = sum - a, lost = (a - (sum - b_in_sum)) + (b - b_in_sum); // Knuth's TwoSum
  unsigned long long bits = __builtin_bit_cast(unsigned long long, sum);
  if (lost == 0 || lost != lost || (bits & 1))
    return sum;
  return __builtin_bit_cast(double, (lost < 0) == (sum < 0) ? bits + 1 : bits - 1);
}
/// An integer of 64 bits as a double that still knows whether anything was lost.
CUPORT_HOST_DEVICE double cuport_trace(unsigned long long x) {
  return x >> 53 == 0 ? static_cast<double>(x) : static_cast<double>(x >> 11 | ((x & 0x7ff) != 0)) * 2048;
}
CUPORT_HOST_DEVICE double cuport_trace(long long x) {
  return x < 0 ? -cuport_trace(0ull - static_cast<unsigned long long>(x)) : cuport_trace(static_cast<unsigned long long>(x));
}

// The two ways that programs take most, with a few operations on the bits. A NaN becomes the format's own.
CUPORT_HOST_DEVICE float cuport_half_to_float(unsigned short half) {
#ifdef __F16C__
  return static_cast<float>(__builtin_bit_cast(_Float16, half));
#else
  // Scaled by 2^112 the exponents agree, for the smallest numbers, too; infinities and NaN are beyond.
  unsigned magnitude = (half & 0x7fffu) << 13;
  float value = cuport_float_of(magnitude) * 0x1p112f;
  unsigned bits = cuport_float_bits(value);
  if (magnitude >= 0x7c00u << 13)
    bits |= 0x7f800000;
  return cuport_float_of(bits | (half & 0x8000u) << 16);
#endif
}
CUPORT_HOST_DEVICE unsigned short cuport_half_from_float(float x) {
  unsigned bits = cuport_float_bits(x), magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000)
    return 0x7fff;
#ifdef __F16C__
  return __builtin_bit_cast(unsigned short, static_cast<_Float16>(x));
#else
  // Below 2^-14 the sum with 0.5 puts the last place of half at the last place of float.
  unsigned small = cuport_float_bits(cuport_float_of(magnitude) + 0.5f) - 0x3f000000;
  unsigned normal = (magnitude + 0xfff + (magnitude >> 13 & 1) - (112u << 23)) >> 13;
  unsigned result = magnitude < 0x38800000 ? small : magnitude >= 0x477ff000 ? 0x7c00 : normal;
  return static_cast<unsigned short>((bits >> 16 & 0x8000) | result);
#endif
}
CUPORT_HOST_DEVICE float cuport_bfloat16_to_float(unsigned short x) { return cuport_float_of(static_cast<unsigned>(x) << 16); }
CUPORT_HOST_DEVICE unsigned short cuport_bfloat16_from_float(float x) {
  unsigned bits = cuport_float_bits(x);
  return (bits & 0x7fffffff) > 0x7f800000 ? 0x7fff : static_cast<unsigned short>((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

/// A whole number toward zero, at most as large as the integer type has it; 0 for a NaN, 2^63 where that has 64 bits.
template <class Integer> CUPORT_MEMBER Integer cuport_saturate(float whole) {
  constexpr int bits = sizeof(Integer) * 8;
  constexpr bool is_signed = static_cast<Integer>(-1) < static_cast<Integer>(0);
  constexpr Integer lowest = is_signed ? static_cast<Integer>(1ull << (bits - 1)) : static_cast<Integer>(0);
  constexpr Integer highest = static_cast<Integer>(~lowest);
  constexpr float end = 2.0f * static_cast<float>(1ull << (bits - 1 - is_signed));
  return whole != whole ? (bits == 64 ? static_cast<Integer>(1ull << 63) : static_cast<Integer>(0))
         : whole >= end ? highest
         : is_signed    ? (whole < -end ? lowest : static_cast<Integer>(whole))
                        : (whole < 0 ? lowest : static_cast<Integer>(whole));
}

#endif
