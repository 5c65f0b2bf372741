// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One float of 16 bits and its pair, with the conversions and operators that __half and
// __nv_bfloat16 share.

#ifndef CUPORT_SMALL_FLOAT_H
#define CUPORT_SMALL_FLOAT_H

#include <cuport/device_functions.h>

#ifdef __cplusplus

#define CUPORT_HD __host__ __device__

#define CUPORT_SMALL_FLOAT(name, raw, other)                                                       \
  struct __attribute__((aligned(2))) name {                                                        \
    name() = default;                                                                              \
    CUPORT_HD constexpr name(const raw &bits) : bits(bits.x) {}                                    \
    CUPORT_HD explicit name(other value);                                                          \
    CUPORT_HD constexpr name(float value) : bits() {}                                              \
    CUPORT_HD constexpr name(double value) : bits() {}                                             \
    CUPORT_HD constexpr name(short value) : bits() {}                                              \
    CUPORT_HD constexpr name(unsigned short value) : bits() {}                                     \
    CUPORT_HD constexpr name(int value) : bits() {}                                                \
    CUPORT_HD constexpr name(unsigned int value) : bits() {}                                       \
    CUPORT_HD constexpr name(long value) : bits() {}                                               \
    CUPORT_HD constexpr name(unsigned long value) : bits() {}                                      \
    CUPORT_HD constexpr name(long long value) : bits() {}                                          \
    CUPORT_HD constexpr name(unsigned long long value) : bits() {}                                 \
    CUPORT_HD operator raw() const;                                                                \
    CUPORT_HD operator float() const;                                                              \
    CUPORT_HD constexpr operator bool() const { return bits; }                                     \
    CUPORT_HD operator signed char() const;                                                        \
    CUPORT_HD operator unsigned char() const;                                                      \
    CUPORT_HD operator char() const;                                                               \
    CUPORT_HD operator short() const;                                                              \
    CUPORT_HD operator unsigned short() const;                                                     \
    CUPORT_HD operator int() const;                                                                \
    CUPORT_HD operator unsigned int() const;                                                       \
    CUPORT_HD operator long() const;                                                               \
    CUPORT_HD operator unsigned long() const;                                                      \
    CUPORT_HD operator long long() const;                                                          \
    CUPORT_HD operator unsigned long long() const;                                                 \
                                                                                                   \
  private:                                                                                         \
    unsigned short bits;                                                                           \
  };                                                                                               \
  CUPORT_SMALL_FLOAT_OPERATORS(name)

#define CUPORT_SMALL_FLOAT_PAIR(name, one, raw)                                                    \
  struct __attribute__((aligned(4))) name {                                                        \
    one x, y;                                                                                      \
    name() = default;                                                                              \
    CUPORT_HD constexpr name(const one &a, const one &b) : x(a), y(b) {}                           \
    CUPORT_HD name(const raw &bits);                                                               \
    CUPORT_HD operator raw() const;                                                                \
  };                                                                                               \
  CUPORT_SMALL_FLOAT_OPERATORS(name)

#define CUPORT_SMALL_FLOAT_OPERATORS(name)                                                         \
  CUPORT_HD name operator+(const name &a, const name &b);                                          \
  CUPORT_HD name operator-(const name &a, const name &b);                                          \
  CUPORT_HD name operator*(const name &a, const name &b);                                          \
  CUPORT_HD name operator/(const name &a, const name &b);                                          \
  CUPORT_HD name &operator+=(name &a, const name &b);                                              \
  CUPORT_HD name &operator-=(name &a, const name &b);                                              \
  CUPORT_HD name &operator*=(name &a, const name &b);                                              \
  CUPORT_HD name &operator/=(name &a, const name &b);                                              \
  CUPORT_HD name &operator++(name &a);                                                             \
  CUPORT_HD name &operator--(name &a);                                                             \
  CUPORT_HD name operator++(name &a, int);                                                         \
  CUPORT_HD name operator--(name &a, int);                                                         \
  CUPORT_HD name operator+(const name &a);                                                         \
  CUPORT_HD name operator-(const name &a);                                                         \
  CUPORT_HD bool operator==(const name &a, const name &b);                                         \
  CUPORT_HD bool operator!=(const name &a, const name &b);                                         \
  CUPORT_HD bool operator<(const name &a, const name &b);                                          \
  CUPORT_HD bool operator<=(const name &a, const name &b);                                         \
  CUPORT_HD bool operator>(const name &a, const name &b);                                          \
  CUPORT_HD bool operator>=(const name &a, const name &b);

#endif

#endif
