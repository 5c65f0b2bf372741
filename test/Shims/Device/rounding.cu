// Arithmetic and conversions in each rounding, against quadruple precision and whole numbers of 128 bits, in which the
// results are exact: rounded down is the largest number not above, up the smallest not below.
// RUN: %device-half %s -I %S/Inputs -march=x86-64-v3 -c -o %t.o
// RUN: %clangxx %S/Inputs/one_thread.cpp %t.o -o %t
// RUN: %t | FileCheck %s
// RUN: %device-half %s -I %S/Inputs -c -o %t.plain.o
// RUN: %clangxx %S/Inputs/one_thread.cpp %t.plain.o -o %t.plain
// RUN: %t.plain | FileCheck %s
// CHECK: {{^[1-9][0-9]* checked, 0 wrong}}

#include "check.h"

typedef __float128 quad;

__device__ float above(float x) { return nextafterf(x, INFINITY); }
__device__ float below(float x) { return nextafterf(x, -INFINITY); }
__device__ double above(double x) { return nextafter(x, INFINITY); }
__device__ double below(double x) { return nextafter(x, -INFINITY); }

// sign(result - exact), for results of each rounding.
template <class T, class Side>
__device__ bool rounded(T rn, T rz, T rd, T ru, bool negative, Side side) {
  bool ok = side(rd) <= 0 && (isinf(rd) || side(above(rd)) > 0) && side(ru) >= 0 && (isinf(ru) || side(below(ru)) < 0);
  ok = ok && rz == (negative ? ru : rd);
  if (side(rd) == 0)
    return ok && rn == rd;
  return ok && (rn == rd || rn == ru);
}
// The same with the exact value at hand: nearest is checked, too.
template <class T> __device__ bool rounded(T rn, T rz, T rd, T ru, quad exact) {
  auto side = [=](T r) { return r > exact ? 1 : r < exact ? -1 : 0; };
  if (!rounded(rn, rz, rd, ru, exact < 0, side))
    return false;
  quad down = exact - rd, up = ru - exact;
  if (isinf(rd) || isinf(ru) || down == up)
    return true;
  return rn == (down < up ? rd : ru);
}

__device__ float any_float(random_bits &random, int range) {
  unsigned long long r = random.next();
  int exponent = 127 - range + static_cast<int>((r >> 32) % (2 * range));
  return __uint_as_float(static_cast<unsigned>(r & 0x807fffff) | static_cast<unsigned>(exponent) << 23);
}
__device__ double any_double(random_bits &random, int range) {
  unsigned long long r = random.next(), e = random.next();
  long long exponent = 1023 - range + static_cast<long long>(e % (2 * range));
  return __longlong_as_double(static_cast<long long>((r & 0x800fffffffffffffull) | static_cast<unsigned long long>(exponent) << 52));
}

#define ALL(name, ...) name##_rn(__VA_ARGS__), name##_rz(__VA_ARGS__), name##_rd(__VA_ARGS__), name##_ru(__VA_ARGS__)

extern "C" __global__ void check(long *checked, long *wrong) {
  random_bits random{2};
  for (int round = 0; round < 6000; ++round) {
    float a = any_float(random, 30), b = any_float(random, 30), c = any_float(random, 20), p = fabsf(a);
    quad A = a, B = b;
    CHECK(rounded(ALL(__fadd, a, b), A + B), "fadd %a %a", a, b);
    CHECK(rounded(ALL(__fsub, a, b), A - B), "fsub %a %a", a, b);
    CHECK(rounded(ALL(__fmul, a, b), A * B), "fmul %a %a", a, b);
    CHECK(rounded(ALL(__fmaf, a, b, c), A * B + c), "fmaf %a %a %a", a, b, c);
    CHECK(rounded(ALL(__fdiv, a, b), (a < 0) != (b < 0), [=](float r) { quad d = r * B - A; return d == 0 ? 0 : (d > 0) == (b > 0) ? 1 : -1; }),
          "fdiv %a %a", a, b);
    CHECK(rounded(ALL(__frcp, b), b < 0, [=](float r) { quad d = r * B - 1; return d == 0 ? 0 : (d > 0) == (b > 0) ? 1 : -1; }), "frcp %a", b);
    CHECK(rounded(ALL(__fsqrt, p), false, [=](float r) { quad d = static_cast<quad>(r) * r - p; return d == 0 ? 0 : d > 0 ? 1 : -1; }),
          "fsqrt %a", p);
    // 1/sqrt(p) lies between the middles on both sides of its nearest float.
    float root = __frsqrt_rn(p);
    quad low = (static_cast<quad>(below(root)) + root) / 2, high = (static_cast<quad>(above(root)) + root) / 2;
    CHECK(low * low * p <= 1 && high * high * p >= 1, "frsqrt %a: %a", p, root);

    double d = any_double(random, 20), e = any_double(random, 20), q = fabs(d);
    quad D = d, E = e;
    CHECK(rounded(ALL(__dadd, d, e), D + E), "dadd %a %a", d, e);
    CHECK(rounded(ALL(__dsub, d, e), D - E), "dsub %a %a", d, e);
    CHECK(rounded(ALL(__dmul, d, e), D * E), "dmul %a %a", d, e);
    CHECK(rounded(ALL(__ddiv, d, e), (d < 0) != (e < 0), [=](double r) { quad f = r * E - D; return f == 0 ? 0 : (f > 0) == (e > 0) ? 1 : -1; }),
          "ddiv %a %a", d, e);
    CHECK(rounded(ALL(__dsqrt, q), false, [=](double r) { quad f = static_cast<quad>(r) * r - q; return f == 0 ? 0 : f > 0 ? 1 : -1; }),
          "dsqrt %a", q);
    // To the ends of the range and past them.
    double d2 = any_double(random, 1000), e2 = any_double(random, 1000);
    quad D2 = d2, E2 = e2;
    CHECK(rounded(ALL(__dmul, d2, e2), D2 * E2), "dmul %a %a", d2, e2);
    CHECK(rounded(ALL(__ddiv, d2, e2), (d2 < 0) != (e2 < 0), [=](double r) { quad f = r * E2 - D2; return f == 0 ? 0 : (f > 0) == (e2 > 0) ? 1 : -1; }),
          "ddiv %a %a", d2, e2);
    CHECK(rounded(ALL(__dsqrt, fabs(d2)), false, [=](double r) { quad f = static_cast<quad>(r) * r - fabs(d2); return f == 0 ? 0 : f > 0 ? 1 : -1; }),
          "dsqrt %a", d2);
    float a2 = any_float(random, 120), b2 = any_float(random, 120);
    quad A2 = a2, B2 = b2;
    CHECK(rounded(ALL(__fmul, a2, b2), A2 * B2), "fmul %a %a", a2, b2);
    CHECK(rounded(ALL(__fdiv, a2, b2), (a2 < 0) != (b2 < 0), [=](float r) { quad f = r * B2 - A2; return f == 0 ? 0 : (f > 0) == (b2 > 0) ? 1 : -1; }),
          "fdiv %a %a", a2, b2);
    // A product of 106 bits and a summand, as whole numbers.
    long long m = static_cast<long long>(random.next() >> 11), n = static_cast<long long>(random.next() >> 11);
    __int128 k = static_cast<__int128>(random.next() >> 11) << (random.next() % 55);
    if (random.next() & 1)
      k = -k;
    __int128 exact = static_cast<__int128>(m) * n + k;
    double dm = static_cast<double>(m), dn = static_cast<double>(n), dk = static_cast<double>(k);
    CHECK(rounded(ALL(__fma, dm, dn, dk), exact < 0, [=](double r) { __int128 i = static_cast<__int128>(r); return i > exact ? 1 : i < exact ? -1 : 0; }),
          "fma %a %a %a", dm, dn, dk);

    unsigned long long w = random.next() >> (random.next() % 64);
    long long s = static_cast<long long>(random.next()) >> (random.next() % 64);
    CHECK(rounded(ALL(__ull2float, w), static_cast<quad>(w)), "ull2float %llu", w);
    CHECK(rounded(ALL(__ull2double, w), static_cast<quad>(w)), "ull2double %llu", w);
    CHECK(rounded(ALL(__ll2float, s), static_cast<quad>(s)), "ll2float %lld", s);
    CHECK(rounded(ALL(__ll2double, s), static_cast<quad>(s)), "ll2double %lld", s);
    CHECK(rounded(ALL(__int2float, static_cast<int>(s)), static_cast<quad>(static_cast<int>(s))), "int2float %lld", s);
    CHECK(rounded(ALL(__uint2float, static_cast<unsigned>(s)), static_cast<quad>(static_cast<unsigned>(s))), "uint2float %lld", s);
    CHECK(rounded(ALL(__double2float, d), D), "double2float %a", d);

    float f = any_float(random, 66);
    quad F = f;
    double g = any_double(random, 66);
    quad G = g;
    auto fits = [&](quad value, quad rn, quad rz, quad rd, quad ru, quad lowest, quad highest) {
      if (value <= lowest || value >= highest) {
        quad end = value <= lowest ? lowest : highest;
        return rn == end && rz == end && rd == end && ru == end;
      }
      bool ok = rd <= value && value < rd + 1 && ru >= value && value > ru - 1 && rz == (value < 0 ? ru : rd);
      quad down = value - rd, up = ru - value;
      return ok && (down == 0 ? rn == rd : down < up ? rn == rd : up < down ? rn == ru : (rn == rd || rn == ru) && static_cast<long long>(rn) % 2 == 0);
    };
    CHECK(fits(F, ALL(__float2int, f), -0x1p31, 0x1p31 - 1), "float2int %a", f);
    CHECK(fits(F, ALL(__float2uint, f), 0, 0x1p32 - 1), "float2uint %a", f);
    CHECK(fits(F, ALL(__float2ll, f), -0x1p63, static_cast<quad>(0x1p63) - 1), "float2ll %a", f);
    CHECK(fits(F, ALL(__float2ull, f), 0, static_cast<quad>(0x1p64) - 1), "float2ull %a", f);
    CHECK(fits(G, ALL(__double2int, g), -0x1p31, 0x1p31 - 1), "double2int %a", g);
    CHECK(fits(G, ALL(__double2uint, g), 0, 0x1p32 - 1), "double2uint %a", g);
    CHECK(fits(G, ALL(__double2ll, g), -0x1p63, static_cast<quad>(0x1p63) - 1), "double2ll %a", g);
    CHECK(fits(G, ALL(__double2ull, g), 0, static_cast<quad>(0x1p64) - 1), "double2ull %a", g);
  }

  // NaN, zeros, overflow, the smallest numbers, and a sum that is never fused.
  float nan = nanf("");
  CHECK(__float2int_rn(nan) == 0 && __float2uint_rz(nan) == 0, "NaN to 32 bits");
  CHECK(__float2ll_rn(nan) == static_cast<long long>(1ull << 63) && __float2ull_rn(nan) == 1ull << 63, "NaN to 64 bits");
  CHECK(__double2int_rn(nan) == static_cast<int>(0x80000000) && __double2uint_rn(nan) == 0x80000000, "double NaN to 32 bits");
  CHECK(__float2int_rn(2.5f) == 2 && __float2int_rn(-3.5f) == -4, "half to even");
  CHECK(signbit(__fadd_rd(1.0f, -1.0f)) && !signbit(__fadd_rn(1.0f, -1.0f)), "the zero of a sum rounded down is negative");
  CHECK(!signbit(__ull2double_rd(0)) && !signbit(__int2float_rd(0)), "a zero that was an integer is positive");
  CHECK(__fmul_rz(3e38f, 2.0f) == 3.402823466e38f && isinf(__fmul_ru(3e38f, 2.0f)), "overflow");
  CHECK(isinf(__dadd_ru(1.7976931348623157e308, 1)) && __dadd_rz(1.7976931348623157e308, 1e300) == 1.7976931348623157e308, "sums at the end of the range");
  CHECK(__dmul_ru(5e-324, 0.25) == 5e-324 && __dmul_rd(5e-324, 0.25) == 0 && __dmul_rd(-5e-324, 0.25) == -5e-324, "underflow");
  volatile float x = 1 + 0x1p-12f;
  CHECK(__fadd_rn(__fmul_rn(x, x), -1 - 0x1p-11f) == 0, "a product that says its rounding is not fused");
  CHECK(__hiloint2double(__double2hiint(-1.25), __double2loint(-1.25)) == -1.25, "words of a double");
  CHECK(__float_as_uint(-0.0f) == 0x80000000 && __int_as_float(0x3f800000) == 1, "bits of a float");
}
