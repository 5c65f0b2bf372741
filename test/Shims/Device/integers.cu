// Integer functions against their definitions, written out bit by bit and in wider types.
// RUN: %device-half %s -I %S/Inputs -c -o %t.o
// RUN: %clangxx %S/Inputs/one_thread.cpp %t.o -o %t
// RUN: %t | FileCheck %s
// CHECK: {{^[1-9][0-9]* checked, 0 wrong}}

#include "check.h"

__device__ int clampi(long long x, long long low, long long high) {
  return static_cast<int>(x < low ? low : x > high ? high : x);
}

// A function of parts against one of wide integers, for each part.
#define PARTS(name, parts, type, expected)                                                                  \
  do {                                                                                                      \
    unsigned r = name(x, y);                                                                                \
    const int width = 32 / parts;                                                                           \
    for (int i = 0; i < parts; ++i) {                                                                       \
      long long a = static_cast<type>(x >> i * width), b = static_cast<type>(y >> i * width);               \
      unsigned want = static_cast<unsigned>(expected) & ((1u << width) - 1), got = r >> i * width & ((1u << width) - 1); \
      CHECK(got == want, #name "(%08x, %08x) part %d: %x, not %x", x, y, i, got, want);                     \
      (void)b;                                                                                              \
    }                                                                                                       \
  } while (0)
#define SAME(name, type2, type4, expected) \
  PARTS(__v##name##2, 2, type2, expected); \
  PARTS(__v##name##4, 4, type4, expected)

extern "C" __global__ void check(long *checked, long *wrong) {
  random_bits random{1};
  const unsigned edges[] = {0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
                            0x80808080, 0x7f7f7f7f, 0x80008000, 0x7fff7fff, 0x00ff00ff, 0xff00ff00};
  for (int round = 0; round < 3000; ++round) {
    unsigned x = round < 324 ? edges[round / 18] : static_cast<unsigned>(random.next());
    unsigned y = round < 324 ? edges[round % 18] : static_cast<unsigned>(random.next());
    unsigned long long w = random.next(), v = random.next();
    if (round < 64)
      w = 1ull << round;
    if (round == 64)
      w = 0;
    int sx = static_cast<int>(x), sy = static_cast<int>(y);

    int ones = 0, ones64 = 0, first = 0, first64 = 0, lead = 32, lead64 = 64;
    unsigned reversed = 0;
    unsigned long long reversed64 = 0;
    for (int i = 0; i < 64; ++i) {
      if (w >> i & 1) {
        ++ones64, lead64 = 63 - i, reversed64 |= 1ull << (63 - i);
        first64 = first64 ? first64 : i + 1;
      }
      if (i < 32 && (x >> i & 1)) {
        ++ones, lead = 31 - i, reversed |= 1u << (31 - i);
        first = first ? first : i + 1;
      }
    }
    CHECK(__popc(x) == ones, "popc %x", x);
    CHECK(__popcll(w) == ones64, "popcll %llx", w);
    CHECK(__clz(sx) == lead, "clz %x", x);
    CHECK(__clzll(static_cast<long long>(w)) == lead64, "clzll %llx", w);
    CHECK(__ffs(sx) == first, "ffs %x", x);
    CHECK(__ffsll(static_cast<long long>(w)) == first64, "ffsll %llx", w);
    CHECK(__brev(x) == reversed, "brev %x", x);
    CHECK(__brevll(w) == reversed64, "brevll %llx", w);
    CHECK(__nv_bswap32(x) == __byte_perm(x, 0, 0x0123), "bswap %x", x);

    unsigned selector = static_cast<unsigned>(v), permuted = 0;
    for (int i = 0; i < 4; ++i) {
      unsigned s = selector >> 4 * i & 7;
      permuted |= ((s < 4 ? x >> 8 * s : y >> 8 * (s - 4)) & 0xff) << 8 * i;
    }
    CHECK(__byte_perm(x, y, selector) == permuted, "byte_perm(%x, %x, %x)", x, y, selector);

    unsigned n = static_cast<unsigned>(v) % 40;
    unsigned left = y, right = x, left_clamped = y, right_clamped = x;
    for (unsigned i = 0; i < n; ++i) {
      bool clamped = i < 32;
      if (i < n % 32 || (n >= 32 && false))
        left = left << 1 | (i < 32 ? x >> (31 - i) & 1 : 0), right = right >> 1 | (y >> i & 1) << 31;
      if (clamped)
        left_clamped = left_clamped << 1 | (x >> (31 - i) & 1), right_clamped = right_clamped >> 1 | (y >> i & 1) << 31;
    }
    CHECK(__funnelshift_l(x, y, n) == left, "funnelshift_l(%x, %x, %u)", x, y, n);
    CHECK(__funnelshift_r(x, y, n) == right, "funnelshift_r(%x, %x, %u)", x, y, n);
    CHECK(__funnelshift_lc(x, y, n) == left_clamped, "funnelshift_lc(%x, %x, %u)", x, y, n);
    CHECK(__funnelshift_rc(x, y, n) == right_clamped, "funnelshift_rc(%x, %x, %u)", x, y, n);

    CHECK(__mulhi(sx, sy) == static_cast<int>((static_cast<__int128>(sx) * sy) >> 32), "mulhi(%d, %d)", sx, sy);
    CHECK(__umulhi(x, y) == static_cast<unsigned>((static_cast<__int128>(x) * y) >> 32), "umulhi(%u, %u)", x, y);
    // The high word of a product by its four partial products.
    unsigned long long low = (w & 0xffffffff) * (v & 0xffffffff), mid = (w >> 32) * (v & 0xffffffff) + (low >> 32);
    unsigned long long mid2 = (w & 0xffffffff) * (v >> 32) + (mid & 0xffffffff);
    unsigned long long high = (w >> 32) * (v >> 32) + (mid >> 32) + (mid2 >> 32);
    CHECK(__umul64hi(w, v) == high, "umul64hi(%llx, %llx)", w, v);
    unsigned long long signed_high = high - (w >> 63 ? v : 0) - (v >> 63 ? w : 0);
    CHECK(__mul64hi(static_cast<long long>(w), static_cast<long long>(v)) == static_cast<long long>(signed_high),
          "mul64hi(%llx, %llx)", w, v);
    long long x24 = (sx & 0xffffff) - (sx & 0x800000 ? 1 << 24 : 0), y24 = (sy & 0xffffff) - (sy & 0x800000 ? 1 << 24 : 0);
    CHECK(__mul24(sx, sy) == static_cast<int>(x24 * y24), "mul24(%d, %d)", sx, sy);
    CHECK(__umul24(x, y) == static_cast<unsigned>((x & 0xffffffull) * (y & 0xffffffull)), "umul24(%u, %u)", x, y);

    long long lx = sx, ly = sy, ux = x, uy = y;
    CHECK(__hadd(sx, sy) == (lx + ly) >> 1, "hadd(%d, %d)", sx, sy);
    CHECK(__rhadd(sx, sy) == (lx + ly + 1) >> 1, "rhadd(%d, %d)", sx, sy);
    CHECK(__uhadd(x, y) == (ux + uy) >> 1, "uhadd(%u, %u)", x, y);
    CHECK(__urhadd(x, y) == (ux + uy + 1) >> 1, "urhadd(%u, %u)", x, y);
    CHECK(__sad(sx, sy, 7) == static_cast<unsigned>((lx > ly ? lx - ly : ly - lx) + 7), "sad(%d, %d)", sx, sy);
    CHECK(__usad(x, y, 7) == static_cast<unsigned>((ux > uy ? ux - uy : uy - ux) + 7), "usad(%u, %u)", x, y);

    long long dot = 0, udot = 0, dot_lo = 0, udot_hi = 0;
    for (int i = 0; i < 4; ++i) {
      dot += static_cast<signed char>(x >> 8 * i) * static_cast<signed char>(y >> 8 * i);
      udot += static_cast<unsigned char>(x >> 8 * i) * static_cast<unsigned char>(y >> 8 * i);
    }
    for (int i = 0; i < 2; ++i) {
      dot_lo += static_cast<short>(x >> 16 * i) * static_cast<signed char>(y >> 8 * i);
      udot_hi += static_cast<long long>(x >> 16 * i & 0xffff) * (y >> (8 * i + 16) & 0xff);
    }
    CHECK(__dp4a(sx, sy, 5) == dot + 5, "dp4a(%x, %x)", x, y);
    CHECK(__dp4a(x, y, 5u) == udot + 5, "dp4a unsigned (%x, %x)", x, y);
    CHECK(__dp2a_lo(sx, sy, 5) == dot_lo + 5, "dp2a_lo(%x, %x)", x, y);
    CHECK(__dp2a_hi(x, y, 5u) == udot_hi + 5, "dp2a_hi unsigned (%x, %x)", x, y);

    SAME(add, unsigned short, unsigned char, a + b);
    SAME(sub, unsigned short, unsigned char, a - b);
    PARTS(__vaddss2, 2, short, clampi(a + b, -32768, 32767));
    PARTS(__vaddss4, 4, signed char, clampi(a + b, -128, 127));
    PARTS(__vaddus2, 2, unsigned short, clampi(a + b, 0, 65535));
    PARTS(__vaddus4, 4, unsigned char, clampi(a + b, 0, 255));
    PARTS(__vsubss2, 2, short, clampi(a - b, -32768, 32767));
    PARTS(__vsubss4, 4, signed char, clampi(a - b, -128, 127));
    PARTS(__vsubus2, 2, unsigned short, clampi(a - b, 0, 65535));
    PARTS(__vsubus4, 4, unsigned char, clampi(a - b, 0, 255));
    SAME(avgs, short, signed char, (a + b + (a + b >= 0)) >> 1);
    SAME(avgu, unsigned short, unsigned char, (a + b + 1) >> 1);
    SAME(haddu, unsigned short, unsigned char, (a + b) >> 1);
    SAME(absdiffs, short, signed char, a > b ? a - b : b - a);
    SAME(absdiffu, unsigned short, unsigned char, a > b ? a - b : b - a);
    SAME(maxs, short, signed char, a > b ? a : b);
    SAME(maxu, unsigned short, unsigned char, a > b ? a : b);
    SAME(mins, short, signed char, a < b ? a : b);
    SAME(minu, unsigned short, unsigned char, a < b ? a : b);
    SAME(cmpeq, short, signed char, a == b ? -1 : 0);
    SAME(cmpne, short, signed char, a != b ? -1 : 0);
    SAME(cmpgts, short, signed char, a > b ? -1 : 0);
    SAME(cmpges, short, signed char, a >= b ? -1 : 0);
    SAME(cmplts, short, signed char, a < b ? -1 : 0);
    SAME(cmples, short, signed char, a <= b ? -1 : 0);
    SAME(cmpgtu, unsigned short, unsigned char, a > b ? -1 : 0);
    SAME(cmpgeu, unsigned short, unsigned char, a >= b ? -1 : 0);
    SAME(cmpltu, unsigned short, unsigned char, a < b ? -1 : 0);
    SAME(cmpleu, unsigned short, unsigned char, a <= b ? -1 : 0);
    SAME(seteq, short, signed char, a == b ? 1 : 0);
    SAME(setgts, short, signed char, a > b ? 1 : 0);
    SAME(setleu, unsigned short, unsigned char, a <= b ? 1 : 0);
#define ONE(name) [](unsigned x, unsigned) { return name(x); }
    auto abs2 = ONE(__vabs2);
    auto abs4 = ONE(__vabs4);
    auto absss2 = ONE(__vabsss2);
    auto absss4 = ONE(__vabsss4);
    auto neg2 = ONE(__vneg2);
    auto neg4 = ONE(__vneg4);
    auto negss2 = ONE(__vnegss2);
    auto negss4 = ONE(__vnegss4);
    PARTS(abs2, 2, short, a < 0 ? -a : a);
    PARTS(abs4, 4, signed char, a < 0 ? -a : a);
    PARTS(absss2, 2, short, clampi(a < 0 ? -a : a, -32768, 32767));
    PARTS(absss4, 4, signed char, clampi(a < 0 ? -a : a, -128, 127));
    PARTS(neg2, 2, short, -a);
    PARTS(neg4, 4, signed char, -a);
    PARTS(negss2, 2, short, clampi(-a, -32768, 32767));
    PARTS(negss4, 4, signed char, clampi(-a, -128, 127));
    unsigned sum = 0, usum = 0;
    for (int i = 0; i < 4; ++i) {
      int a = static_cast<signed char>(x >> 8 * i), b = static_cast<signed char>(y >> 8 * i);
      int c = static_cast<unsigned char>(x >> 8 * i), d = static_cast<unsigned char>(y >> 8 * i);
      sum += static_cast<unsigned>(a > b ? a - b : b - a), usum += static_cast<unsigned>(c > d ? c - d : d - c);
    }
    CHECK(__vsads4(x, y) == sum, "vsads4(%x, %x)", x, y);
    CHECK(__vsadu4(x, y) == usum, "vsadu4(%x, %x)", x, y);

    unsigned z = static_cast<unsigned>(random.next());
    int sz = static_cast<int>(z);
    CHECK(__vimax3_s32(sx, sy, sz) == max(max(sx, sy), sz), "vimax3");
    CHECK(__vimin3_s32_relu(sx, sy, sz) == max(min(min(sx, sy), sz), 0), "vimin3_relu");
    CHECK(__viaddmax_s32(sx, sy, sz) == max(static_cast<int>(x + y), sz), "viaddmax");
    CHECK(__viaddmin_u32(x, y, z) == min(x + y, z), "viaddmin_u32");
    for (int i = 0; i < 2; ++i) {
      short a = static_cast<short>(x >> 16 * i), b = static_cast<short>(y >> 16 * i), c = static_cast<short>(z >> 16 * i);
      short sum16 = static_cast<short>(a + b), most = sum16 > c ? sum16 : c;
      CHECK(static_cast<short>(__viaddmax_s16x2(x, y, z) >> 16 * i) == most, "viaddmax_s16x2");
      CHECK(static_cast<short>(__viaddmax_s16x2_relu(x, y, z) >> 16 * i) == (most > 0 ? most : 0), "viaddmax_s16x2_relu");
    }
    bool high_first, low_first;
    CHECK(__vibmax_s16x2(x, y, &high_first, &low_first) == __vmaxs2(x, y), "vibmax");
    CHECK(high_first == (static_cast<short>(x >> 16) >= static_cast<short>(y >> 16)), "vibmax high");
    CHECK(low_first == (static_cast<short>(x) >= static_cast<short>(y)), "vibmax low");
  }
  CHECK(__fns(0b10110, 0, 1) == 1 && __fns(0b10110, 0, 3) == 4 && __fns(0b10110, 4, -2) == 2, "fns");
  CHECK(__fns(0b10110, 1, 0) == 1 && __fns(0b10110, 0, 0) == ~0u && __fns(0b10110, 0, 4) == ~0u, "fns without an answer");
}
