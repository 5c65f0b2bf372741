// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Bits, products and sums of whole integers in kernels. What works on the parts of a word is in cuport/simd_functions.h.

#ifndef CUPORT_INTEGER_FUNCTIONS_H
#define CUPORT_INTEGER_FUNCTIONS_H

#include <cuport/attributes.h>
#include <cuport/vector_types.h>

// Bits.
CUPORT_DEVICE int __clz(int x) { return x == 0 ? 32 : __builtin_clz(static_cast<unsigned>(x)); }
CUPORT_DEVICE int __clzll(long long x) { return x == 0 ? 64 : __builtin_clzll(static_cast<unsigned long long>(x)); }
CUPORT_DEVICE int __ffs(int x) { return __builtin_ffs(x); }
CUPORT_DEVICE int __ffsll(long long x) { return __builtin_ffsll(x); }
CUPORT_DEVICE int __popc(unsigned x) { return __builtin_popcount(x); }
CUPORT_DEVICE int __popcll(unsigned long long x) { return __builtin_popcountll(x); }
CUPORT_DEVICE unsigned __brev(unsigned x) { return __builtin_bitreverse32(x); }
CUPORT_DEVICE unsigned long long __brevll(unsigned long long x) { return __builtin_bitreverse64(x); }
CUPORT_HOST_DEVICE unsigned short __nv_bswap16(unsigned short x) { return __builtin_bswap16(x); }
CUPORT_HOST_DEVICE unsigned __nv_bswap32(unsigned x) { return __builtin_bswap32(x); }
CUPORT_HOST_DEVICE unsigned long long __nv_bswap64(unsigned long long x) { return __builtin_bswap64(x); }
#ifndef __CUDACC__
CUPORT_DEVICE int __ffs(unsigned x) { return __builtin_ffs(static_cast<int>(x)); }
CUPORT_DEVICE int __ffsll(unsigned long long x) { return __builtin_ffsll(static_cast<long long>(x)); }
CUPORT_DEVICE int __ffsll(long x) { return __builtin_ffsll(x); }
CUPORT_DEVICE int __ffsll(unsigned long x) { return __builtin_ffsll(static_cast<long long>(x)); }
#endif

/// Four bytes of the eight of y:x, each chosen by the low three bits of a nibble of s.
CUPORT_DEVICE unsigned __byte_perm(unsigned x, unsigned y, unsigned s) {
  unsigned long long bytes = static_cast<unsigned long long>(y) << 32 | x;
  unsigned result = 0;
  for (int at = 0; at < 4; ++at) {
    unsigned byte = static_cast<unsigned>(bytes >> (s >> 4 * at & 7) * 8) & 0xff;
    result |= byte << 8 * at;
  }
  return result;
}

/// The words hi:lo shifted, by shift mod 32; _lc and _rc by at most 32. Left gives the high word, right the low one.
CUPORT_DEVICE unsigned __funnelshift_l(unsigned lo, unsigned hi, unsigned shift) {
  return static_cast<unsigned>((static_cast<unsigned long long>(hi) << 32 | lo) << (shift & 31) >> 32);
}
CUPORT_DEVICE unsigned __funnelshift_r(unsigned lo, unsigned hi, unsigned shift) {
  return static_cast<unsigned>((static_cast<unsigned long long>(hi) << 32 | lo) >> (shift & 31));
}
CUPORT_DEVICE unsigned __funnelshift_lc(unsigned lo, unsigned hi, unsigned shift) {
  return shift >= 32 ? lo : __funnelshift_l(lo, hi, shift);
}
CUPORT_DEVICE unsigned __funnelshift_rc(unsigned lo, unsigned hi, unsigned shift) {
  return shift >= 32 ? hi : __funnelshift_r(lo, hi, shift);
}

// Products.
CUPORT_DEVICE int __mulhi(int x, int y) { return static_cast<int>(static_cast<long long>(x) * y >> 32); }
CUPORT_DEVICE unsigned __umulhi(unsigned x, unsigned y) {
  return static_cast<unsigned>(static_cast<unsigned long long>(x) * y >> 32);
}
CUPORT_DEVICE long long __mul64hi(long long x, long long y) {
  return static_cast<long long>(static_cast<__int128>(x) * y >> 64);
}
CUPORT_DEVICE unsigned long long __umul64hi(unsigned long long x, unsigned long long y) {
  return static_cast<unsigned long long>(static_cast<unsigned __int128>(x) * y >> 64);
}
/// The low word of the product of the low 24 bits.
CUPORT_DEVICE unsigned __umul24(unsigned x, unsigned y) { return (x & 0xffffff) * (y & 0xffffff); }
CUPORT_DEVICE int __mul24(int x, int y) {
  return static_cast<int>(static_cast<unsigned>(static_cast<int>(static_cast<unsigned>(x) << 8) >> 8) *
                          static_cast<unsigned>(static_cast<int>(static_cast<unsigned>(y) << 8) >> 8));
}
CUPORT_DEVICE int mulhi(int x, int y) { return __mulhi(x, y); }
CUPORT_DEVICE unsigned mulhi(unsigned x, unsigned y) { return __umulhi(x, y); }
CUPORT_DEVICE long long mul64hi(long long x, long long y) { return __mul64hi(x, y); }
CUPORT_DEVICE int mul24(int x, int y) { return __mul24(x, y); }
CUPORT_DEVICE unsigned umul24(unsigned x, unsigned y) { return __umul24(x, y); }

// Sums without overflow. h: half; r: half, rounded up.
CUPORT_DEVICE int __hadd(int x, int y) { return static_cast<int>((static_cast<long long>(x) + y) >> 1); }
CUPORT_DEVICE int __rhadd(int x, int y) { return static_cast<int>((static_cast<long long>(x) + y + 1) >> 1); }
CUPORT_DEVICE unsigned __uhadd(unsigned x, unsigned y) {
  return static_cast<unsigned>((static_cast<unsigned long long>(x) + y) >> 1);
}
CUPORT_DEVICE unsigned __urhadd(unsigned x, unsigned y) {
  return static_cast<unsigned>((static_cast<unsigned long long>(x) + y + 1) >> 1);
}
/// |x - y| + z
CUPORT_DEVICE unsigned __sad(int x, int y, unsigned z) {
  return (x > y ? static_cast<unsigned>(x) - static_cast<unsigned>(y) : static_cast<unsigned>(y) - static_cast<unsigned>(x)) + z;
}
CUPORT_DEVICE unsigned __usad(unsigned x, unsigned y, unsigned z) { return (x > y ? x - y : y - x) + z; }

// Dot products of bytes with bytes (dp4a) and of halves of a word with two bytes (dp2a), added to c modulo 2^32.
CUPORT_DEVICE int __dp4a(int a, int b, int c) {
  unsigned sum = static_cast<unsigned>(c);
  for (int at = 0; at < 4; ++at)
    sum += static_cast<unsigned>(static_cast<signed char>(a >> 8 * at) * static_cast<signed char>(b >> 8 * at));
  return static_cast<int>(sum);
}
CUPORT_DEVICE unsigned __dp4a(unsigned a, unsigned b, unsigned c) {
  for (int at = 0; at < 4; ++at)
    c += (a >> 8 * at & 0xff) * (b >> 8 * at & 0xff);
  return c;
}
CUPORT_DEVICE int cuport_dp2a(int a, int b, int c, int first) {
  unsigned sum = static_cast<unsigned>(c);
  for (int at = 0; at < 2; ++at)
    sum += static_cast<unsigned>(static_cast<short>(a >> 16 * at) * static_cast<signed char>(b >> 8 * (first + at)));
  return static_cast<int>(sum);
}
CUPORT_DEVICE unsigned cuport_dp2a(unsigned a, unsigned b, unsigned c, int first) {
  for (int at = 0; at < 2; ++at)
    c += (a >> 16 * at & 0xffff) * (b >> 8 * (first + at) & 0xff);
  return c;
}
CUPORT_DEVICE int __dp2a_lo(int a, int b, int c) { return cuport_dp2a(a, b, c, 0); }
CUPORT_DEVICE int __dp2a_hi(int a, int b, int c) { return cuport_dp2a(a, b, c, 2); }
CUPORT_DEVICE unsigned __dp2a_lo(unsigned a, unsigned b, unsigned c) { return cuport_dp2a(a, b, c, 0); }
CUPORT_DEVICE unsigned __dp2a_hi(unsigned a, unsigned b, unsigned c) { return cuport_dp2a(a, b, c, 2); }
CUPORT_DEVICE int __dp4a(char4 a, char4 b, int c) { return __dp4a(__builtin_bit_cast(int, a), __builtin_bit_cast(int, b), c); }
CUPORT_DEVICE unsigned __dp4a(uchar4 a, uchar4 b, unsigned c) {
  return __dp4a(__builtin_bit_cast(unsigned, a), __builtin_bit_cast(unsigned, b), c);
}
CUPORT_DEVICE int __dp2a_lo(short2 a, char4 b, int c) {
  return cuport_dp2a(__builtin_bit_cast(int, a), __builtin_bit_cast(int, b), c, 0);
}
CUPORT_DEVICE int __dp2a_hi(short2 a, char4 b, int c) {
  return cuport_dp2a(__builtin_bit_cast(int, a), __builtin_bit_cast(int, b), c, 2);
}
CUPORT_DEVICE unsigned __dp2a_lo(ushort2 a, uchar4 b, unsigned c) {
  return cuport_dp2a(__builtin_bit_cast(unsigned, a), __builtin_bit_cast(unsigned, b), c, 0);
}
CUPORT_DEVICE unsigned __dp2a_hi(ushort2 a, uchar4 b, unsigned c) {
  return cuport_dp2a(__builtin_bit_cast(unsigned, a), __builtin_bit_cast(unsigned, b), c, 2);
}

#endif
