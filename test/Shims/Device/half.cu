// Half and bfloat16: every one of the 65536 values against its definition, every rounding against the neighbours in whole
// units of the last place, sums, products, quotients and fused products against exact arithmetic; in kernels and on the host.
// RUN: %device-half %s -I %S/Inputs -c -o %t.o
// RUN: %clangxx %S/Inputs/one_thread.cpp %t.o -o %t
// RUN: %t | FileCheck %s
// RUN: %device-half %s -I %S/Inputs -march=x86-64-v3 -c -o %t.f16c.o
// RUN: %clangxx %S/Inputs/one_thread.cpp %t.f16c.o -o %t.f16c
// RUN: %t.f16c | FileCheck %s
// RUN: %clangxx -std=c++17 -x c++ -I %toolkit/include/cuport -fsyntax-only -Wall -Werror -include cuda_bf16.h /dev/null
// CHECK: {{^[1-9][0-9]* checked, 0 wrong}}

#include "check.h"
#include <cuda_bf16.h>

// What a format's bits mean: sign, exponent field e, fraction f: 2^(e - bias) (1 + f) and, for e = 0, 2^(1 - bias) f.
__device__ double meaning(unsigned bits, int exponent_bits, int mantissa_bits) {
  int bias = (1 << (exponent_bits - 1)) - 1, e = static_cast<int>(bits >> mantissa_bits) & ((1 << exponent_bits) - 1);
  double f = (bits & ((1u << mantissa_bits) - 1)) / static_cast<double>(1 << mantissa_bits);
  double sign = bits >> (exponent_bits + mantissa_bits) & 1 ? -1 : 1;
  if (e == (1 << exponent_bits) - 1)
    return f != 0 ? nan("") : sign * INFINITY;
  return sign * (e == 0 ? ldexp(f, 1 - bias) : ldexp(1 + f, e - bias));
}

struct half_format {
  typedef __half type;
  static constexpr int exponent_bits = 5, mantissa_bits = 10;
  static __device__ type of(unsigned short b) { return __ushort_as_half(b); }
  static __device__ unsigned short bits(type h) { return __half_as_ushort(h); }
  static __device__ float wide(type h) { return __half2float(h); }
  static __device__ type rn(float x) { return __float2half_rn(x); }
  static __device__ type rz(float x) { return __float2half_rz(x); }
  static __device__ type rd(float x) { return __float2half_rd(x); }
  static __device__ type ru(float x) { return __float2half_ru(x); }
  static __device__ type from(double x) { return __double2half(x); }
  static __device__ type from(long long x) { return __ll2half_rn(x); }
};
struct bfloat_format {
  typedef __nv_bfloat16 type;
  static constexpr int exponent_bits = 8, mantissa_bits = 7;
  static __device__ type of(unsigned short b) { return __ushort_as_bfloat16(b); }
  static __device__ unsigned short bits(type h) { return __bfloat16_as_ushort(h); }
  static __device__ float wide(type h) { return __bfloat162float(h); }
  static __device__ type rn(float x) { return __float2bfloat16_rn(x); }
  static __device__ type rz(float x) { return __float2bfloat16_rz(x); }
  static __device__ type rd(float x) { return __float2bfloat16_rd(x); }
  static __device__ type ru(float x) { return __float2bfloat16_ru(x); }
  static __device__ type from(double x) { return __double2bfloat16(x); }
  static __device__ type from(long long x) { return __ll2bfloat16_rn(x); }
};

/// The number of the format that is nearest to x, the even one of two: by a search in the ordered positive numbers, where
/// what would follow the largest stands for infinity.
template <class F> __device__ unsigned short nearest(__float128 x, bool negative) {
  __float128 size = x < 0 ? -x : x;
  unsigned infinity = ((1u << F::exponent_bits) - 1) << F::mantissa_bits, low = 0, high = infinity;
  auto value = [&](unsigned bits) -> __float128 {
    return bits == infinity ? 2 * static_cast<__float128>(meaning(infinity - (1u << F::mantissa_bits), F::exponent_bits, F::mantissa_bits))
                            : static_cast<__float128>(meaning(bits, F::exponent_bits, F::mantissa_bits));
  };
  unsigned sign = negative ? 0x8000 : 0;
  if (size >= value(infinity))
    return static_cast<unsigned short>(infinity | sign);
  while (high - low > 1) {
    unsigned middle = (low + high) / 2;
    (value(middle) <= size ? low : high) = middle;
  }
  __float128 down = size - value(low), up = value(high) - size;
  return static_cast<unsigned short>((down < up || (down == up && low % 2 == 0) ? low : high) | sign);
}

template <class F> __device__ void check_format(long *checked, long *wrong) {
  const unsigned infinity = ((1u << F::exponent_bits) - 1) << F::mantissa_bits;
  for (unsigned b = 0; b < 65536; ++b) {
    unsigned short bits = static_cast<unsigned short>(b);
    double want = meaning(b, F::exponent_bits, F::mantissa_bits);
    float got = F::wide(F::of(bits));
    if (isnan(want)) {
      CHECK(isnan(got) && F::bits(F::rn(got)) == 0x7fff, "NaN %04x", b);
      continue;
    }
    CHECK(got == want && signbit(got) == signbit(want), "%04x is %a, not %a", b, got, want);
    CHECK(F::bits(F::rn(got)) == b && F::bits(F::rz(got)) == b && F::bits(F::rd(got)) == b && F::bits(F::ru(got)) == b,
          "%04x and back", b);
    CHECK(F::bits(F::from(want)) == b, "%04x from double", b);
    if (b >= infinity) // negative, or infinite
      continue;
    // Between this number and the next: just above, the middle, just below.
    double next = b + 1 == infinity ? ldexp(1.0, 1 << (F::exponent_bits - 1)) : meaning(b + 1, F::exponent_bits, F::mantissa_bits);
    float middle = static_cast<float>((want + next) / 2), above = nextafterf(got, INFINITY), below_middle = nextafterf(middle, 0);
    unsigned short up = static_cast<unsigned short>(b + 1), even = static_cast<unsigned short>(b % 2 == 0 ? b : b + 1);
    CHECK(F::bits(F::rn(above)) == bits && F::bits(F::rn(below_middle)) == bits, "little above %04x", b);
    CHECK(F::bits(F::rn(middle)) == even && F::bits(F::rn(-middle)) == (even | 0x8000), "in the middle above %04x", b);
    CHECK(F::bits(F::rn(nextafterf(middle, INFINITY))) == up, "little above the middle above %04x", b);
    CHECK(F::bits(F::from(nextafter(static_cast<double>(middle), INFINITY))) == up && F::bits(F::from(nextafter(static_cast<double>(middle), 0.0))) == bits,
          "double around the middle above %04x", b);
    CHECK(F::bits(F::rz(middle)) == bits && F::bits(F::rd(middle)) == bits && F::bits(F::ru(middle)) == up, "directed above %04x", b);
    CHECK(F::bits(F::rd(-middle)) == (up | 0x8000) && F::bits(F::ru(-middle)) == (bits | 0x8000), "directed below -%04x", b);
  }
  typedef typename F::type type;
  random_bits random{3};
  for (int round = 0; round < 20000; ++round) {
    unsigned long long r = random.next();
    type a = F::of(static_cast<unsigned short>(r)), b = F::of(static_cast<unsigned short>(r >> 16)), c = F::of(static_cast<unsigned short>(r >> 32));
    __float128 x = F::wide(a), y = F::wide(b), z = F::wide(c);
    if (!isfinite(F::wide(a)) || !isfinite(F::wide(b)) || !isfinite(F::wide(c)))
      continue;
    auto same = [&](type got, __float128 want) {
      return want == 0 ? F::wide(got) == 0 : F::bits(got) == nearest<F>(want, want < 0);
    };
    CHECK(same(a + b, x + y), "%04x + %04x", F::bits(a), F::bits(b));
    CHECK(same(a - b, x - y), "%04x - %04x", F::bits(a), F::bits(b));
    CHECK(same(a * b, x * y), "%04x * %04x", F::bits(a), F::bits(b));
    if (y != 0)
      CHECK(same(a / b, x / y), "%04x / %04x", F::bits(a), F::bits(b));
    // Where the sum of quadruple precision loses the smaller side, a small step to that side rounds alike.
    __float128 product = x * y, sum = product + z, large = fabs(static_cast<double>(product)) > fabs(static_cast<double>(z)) ? product : z;
    if (sum - product != z || sum - z != product)
      sum = (large > 0) == ((large == product ? z : product) > 0) ? large + large * 0x1p-60 : large - large * 0x1p-60;
    CHECK(same(__hfma(a, b, c), sum), "fma(%04x, %04x, %04x)", F::bits(a), F::bits(b), F::bits(c));
    CHECK((a < b) == (x < y) && (a <= b) == (x <= y) && (a == b) == (x == y) && (a != b) == (x != y), "order of %04x and %04x", F::bits(a), F::bits(b));
    CHECK(F::wide(__hmax(a, b)) == fmaxf(F::wide(a), F::wide(b)) && F::wide(__hmin(a, b)) == fminf(F::wide(a), F::wide(b)), "min, max");
    long long whole = static_cast<long long>(r) >> (r % 64);
    CHECK(same(F::from(whole), whole), "from %lld", whole);
    float wide = F::wide(a);
    int truncated = wide >= 2147483648.0f ? 2147483647 : wide <= -2147483648.0f ? -2147483647 - 1 : static_cast<int>(wide);
    CHECK(static_cast<int>(a) == truncated, "to int %04x", F::bits(a));
  }
  type nan = F::of(0x7fff), one = F::of(static_cast<unsigned short>(nearest<F>(1, false))), zero = F::of(0), minus = F::of(0x8000);
  CHECK(F::bits(__hmax(nan, one)) == F::bits(one) && __hisnan(__hmax_nan(nan, one)), "maximum and NaN");
  CHECK(F::bits(__hmax(minus, zero)) == 0 && F::bits(__hmin(zero, minus)) == 0x8000, "zeros have an order");
  CHECK(!__heq(nan, nan) && __hequ(nan, one) && !__hne(nan, one) && __hneu(nan, one) && (nan != nan), "unordered");
  CHECK(F::wide(__hadd_sat(one, one)) == 1 && F::wide(__hsub_sat(zero, one)) == 0 && F::wide(__hmul_sat(nan, one)) == 0, "saturated");
}

extern "C" __global__ void check(long *checked, long *wrong) {
  check_format<half_format>(checked, wrong);
  check_format<bfloat_format>(checked, wrong);
  __half2 a = __floats2half2_rn(1, 2), b(3, 4);
  float2 sum = __half22float2(a + b), cross = __half22float2(__hfma2(a, __lowhigh2highlow(b), a));
  CHECK(sum.x == 4 && sum.y == 6 && cross.x == 5 && cross.y == 8, "pairs");
  CHECK(__low2float(__highs2half2(a, b)) == 2 && __high2float(__lows2half2(a, b)) == 3, "parts of pairs");
  CHECK(__hlt2_mask(a, __half2(2, 1)) == 0xffff && __hbgt2(b, a) && !__hbeq2(a, b), "comparisons of pairs");
  __half2 product = __hcmadd(a, b, __half2(0, 0)); // (1 + 2i)(3 + 4i) = -5 + 10i
  CHECK(__low2float(product) == -5 && __high2float(product) == 10, "complex product");
  CHECK(sizeof(__half) == 2 && sizeof(__half2) == 4 && alignof(__half2) == 4, "layout");
  __half h = 1.5f;
  unsigned short *bits = reinterpret_cast<unsigned short *>(&h);
  CHECK(*bits == 0x3e00 && static_cast<float>(__half(__nv_bfloat16(h))) == 1.5f, "bits, the other format");
  __half counter = 0.0f;
  atomicAdd(&counter, h);
  atomicAdd(&counter, h);
  CHECK(static_cast<float>(counter) == 3, "atomicAdd");
  CHECK(static_cast<float>(hexp(__half(0.0f))) == 1 && static_cast<float>(hsqrt(__half(4))) == 2 && static_cast<float>(hrcp(__half(4))) == 0.25f, "functions");
}
