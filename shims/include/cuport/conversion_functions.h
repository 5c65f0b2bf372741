// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Conversions that say their rounding, and reinterpretations. To an integer: what does not fit becomes the nearest
// integer that exists; a NaN becomes 0 if it was a float and the result has 32 bits, else 2^(bits - 1) (PTX ISA, cvt).

#ifndef CUPORT_CONVERSION_FUNCTIONS_H
#define CUPORT_CONVERSION_FUNCTIONS_H

#include <cuport/rounding.h>

// Reinterpretations.
#define CUPORT_REINTERPRET(name, to, from) \
  CUPORT_DEVICE to name(from x) { return __builtin_bit_cast(to, x); }
CUPORT_REINTERPRET(__int_as_float, float, int)
CUPORT_REINTERPRET(__uint_as_float, float, unsigned)
CUPORT_REINTERPRET(__float_as_int, int, float)
CUPORT_REINTERPRET(__float_as_uint, unsigned, float)
CUPORT_REINTERPRET(__longlong_as_double, double, long long)
CUPORT_REINTERPRET(__double_as_longlong, long long, double)
#undef CUPORT_REINTERPRET
CUPORT_DEVICE int __double2hiint(double x) { return static_cast<int>(__builtin_bit_cast(unsigned long long, x) >> 32); }
CUPORT_DEVICE int __double2loint(double x) { return static_cast<int>(__builtin_bit_cast(unsigned long long, x)); }
CUPORT_DEVICE double __hiloint2double(int hi, int lo) {
  return __builtin_bit_cast(double, static_cast<unsigned long long>(static_cast<unsigned>(hi)) << 32 |
                                        static_cast<unsigned>(lo));
}

// To integers. `first` and `end` are the integers' range, exact in both floating types.
#define CUPORT_TO_INTEGER(name, to, from, round, first, end, highest, of_nan)                      \
  CUPORT_DEVICE to name(from x) {                                                                  \
    from whole = round(x);                                                                         \
    return whole != whole ? static_cast<to>(of_nan)                                                \
           : whole < first ? static_cast<to>(first)                                                \
           : whole >= end  ? static_cast<to>(highest)                                              \
                           : static_cast<to>(whole);                                               \
  }
#define CUPORT_TO_INTEGER_EACH(name, to, from, suffix, ...)                                        \
  CUPORT_TO_INTEGER(name##_rn, to, from, __builtin_rint##suffix, __VA_ARGS__)                      \
  CUPORT_TO_INTEGER(name##_rz, to, from, __builtin_trunc##suffix, __VA_ARGS__)                     \
  CUPORT_TO_INTEGER(name##_rd, to, from, __builtin_floor##suffix, __VA_ARGS__)                     \
  CUPORT_TO_INTEGER(name##_ru, to, from, __builtin_ceil##suffix, __VA_ARGS__)
CUPORT_TO_INTEGER_EACH(__float2int, int, float, f, -0x1p31f, 0x1p31f, 0x7fffffff, 0)
CUPORT_TO_INTEGER_EACH(__float2uint, unsigned, float, f, 0.0f, 0x1p32f, 0xffffffffu, 0)
CUPORT_TO_INTEGER_EACH(__float2ll, long long, float, f, -0x1p63f, 0x1p63f, 0x7fffffffffffffffll, -0x1p63f)
CUPORT_TO_INTEGER_EACH(__float2ull, unsigned long long, float, f, 0.0f, 0x1p64f, ~0ull, 0x1p63f)
CUPORT_TO_INTEGER_EACH(__double2int, int, double, , -0x1p31, 0x1p31, 0x7fffffff, -0x1p31)
CUPORT_TO_INTEGER_EACH(__double2uint, unsigned, double, , 0.0, 0x1p32, 0xffffffffu, 0x1p31)
CUPORT_TO_INTEGER_EACH(__double2ll, long long, double, , -0x1p63, 0x1p63, 0x7fffffffffffffffll, -0x1p63)
CUPORT_TO_INTEGER_EACH(__double2ull, unsigned long long, double, , 0.0, 0x1p64, ~0ull, 0x1p63)
#undef CUPORT_TO_INTEGER
#undef CUPORT_TO_INTEGER_EACH

// To floating point. Processors convert signed integers; an unsigned one of 64 bits that is too large for that is halved
// with its last bit kept as a trace, and doubled afterwards, which is exact.
#define CUPORT_EACH_ROUNDING(name, to, from, convert)                                              \
  CUPORT_DEVICE to name##_rn(from x) { return convert(to, x); }                                    \
  CUPORT_DIRECTED_1(to, name##_rz, from, zero, convert(to, x))                                     \
  CUPORT_DIRECTED_1(to, name##_rd, from, down, convert(to, x))                                     \
  CUPORT_DIRECTED_1(to, name##_ru, from, up, convert(to, x))
#define CUPORT_PLAIN(to, x) static_cast<to>(x)
#define CUPORT_HALVED(to, x)                                                                       \
  (static_cast<long long>(x) >= 0 ? static_cast<to>(static_cast<long long>(x))                     \
                                  : 2 * static_cast<to>(static_cast<long long>(x >> 1 | (x & 1))))
#define CUPORT_WIDENED(to, x) static_cast<to>(static_cast<long long>(x))
CUPORT_EACH_ROUNDING(__int2float, float, int, CUPORT_PLAIN)
CUPORT_EACH_ROUNDING(__uint2float, float, unsigned, CUPORT_WIDENED)
CUPORT_EACH_ROUNDING(__ll2float, float, long long, CUPORT_PLAIN)
CUPORT_EACH_ROUNDING(__ull2float, float, unsigned long long, CUPORT_HALVED)
CUPORT_EACH_ROUNDING(__ll2double, double, long long, CUPORT_PLAIN)
CUPORT_EACH_ROUNDING(__ull2double, double, unsigned long long, CUPORT_HALVED)
CUPORT_EACH_ROUNDING(__double2float, float, double, CUPORT_PLAIN)
CUPORT_DEVICE double __int2double_rn(int x) { return x; }
CUPORT_DEVICE double __uint2double_rn(unsigned x) { return x; }
#undef CUPORT_EACH_ROUNDING
#undef CUPORT_PLAIN
#undef CUPORT_HALVED
#undef CUPORT_WIDENED

// The old names.
CUPORT_DEVICE int float2int(float x) { return __float2int_rz(x); }
CUPORT_DEVICE unsigned float2uint(float x) { return __float2uint_rz(x); }
CUPORT_DEVICE float int2float(int x) { return __int2float_rn(x); }
CUPORT_DEVICE float uint2float(unsigned x) { return __uint2float_rn(x); }
CUPORT_DEVICE float int_as_float(int x) { return __int_as_float(x); }
CUPORT_DEVICE int float_as_int(float x) { return __float_as_int(x); }

#endif
