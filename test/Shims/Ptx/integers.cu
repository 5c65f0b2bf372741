// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Integer PTX, run as it stands and rewritten in HIP. Expected values are worked out by hand from the PTX ISA, the edges first:
// wrap-around, signs, shifts by the width and more, fields that are empty or reach beyond the word.
// RUN: %run-ptx | FileCheck %s
// RUN: %rewrite-ptx && not grep -E '^ *asm' %t.hip/integers.cu && %run-rewritten | FileCheck %s

#include <cstdio>

__global__ void sums(unsigned *out, unsigned big, unsigned minus, unsigned seven, unsigned long long wide) {
  unsigned r, s;
  unsigned long long l;
  int n = 0;
  asm("add.u32 %0, %1, %2;" : "=r"(r) : "r"(minus), "r"(seven));
  out[n++] = r; // ffffffff + 7
  asm("sub.s32 %0, %1, %2;" : "=r"(r) : "r"(big), "r"(1));
  out[n++] = r; // 80000000 - 1
  asm("mul.lo.s32 %0, %1, %2;" : "=r"(r) : "r"(big), "r"(minus));
  out[n++] = r; // the most negative times -1
  asm("mul.hi.u32 %0, %1, %2;" : "=r"(r) : "r"(big), "r"(6));
  out[n++] = r;
  asm("mul.hi.s32 %0, %1, %2;" : "=r"(r) : "r"(big), "r"(6));
  out[n++] = r; // -2^31 * 6 >> 32
  asm("mul.wide.u32 %0, %1, %2;" : "=l"(l) : "r"(minus), "r"(minus));
  out[n++] = (unsigned)l, out[n++] = (unsigned)(l >> 32);
  asm("mul.wide.s32 %0, %1, %2;" : "=l"(l) : "r"(minus), "r"(seven));
  out[n++] = (unsigned)l, out[n++] = (unsigned)(l >> 32);
  // CHECK: 6 7fffffff 80000000 3 fffffffd 1 fffffffe fffffff9 ffffffff
  asm("mad.lo.u32 %0, %1, %2, %3;" : "=r"(r) : "r"(seven), "r"(seven), "r"(minus));
  out[n++] = r;
  asm("mad.hi.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(big), "r"(4), "r"(1));
  out[n++] = r; // -2 + 1
  asm("mad.wide.u32 %0, %1, %2, %3;" : "=l"(l) : "r"(big), "r"(2), "l"(wide));
  out[n++] = (unsigned)(l >> 32);
  asm("mul24.lo.s32 %0, %1, %2;" : "=r"(r) : "r"(0x00ffffff), "r"(0x01000003));
  out[n++] = r; // -1 * 3
  asm("mad24.lo.u32 %0, %1, %2, %3;" : "=r"(r) : "r"(0xff000002), "r"(3), "r"(1));
  out[n++] = r;
  asm("sad.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(minus), "r"(seven), "r"(10));
  out[n++] = r;
  asm("sad.u32 %0, %1, %2, %3;" : "=r"(r) : "r"(1), "r"(seven), "r"(10));
  out[n++] = r;
  asm("dp4a.s32.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(0x80ff0102), "r"(0x02030405), "r"(100));
  out[n++] = r; // 2*5 + 1*4 - 1*3 - 128*2 + 100
  asm("dp4a.u32.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(0x000000ff), "r"(0x000000ff), "r"(0));
  out[n++] = r; // 255 * -1
  // CHECK-NEXT: 30 ffffffff 2 fffffffd 7 12 10 ffffff6f ffffff01
  asm("abs.s32 %0, %1;" : "=r"(r) : "r"(big));
  out[n++] = r;
  asm("neg.s32 %0, %1;" : "=r"(r) : "r"(seven));
  out[n++] = r;
  asm("min.s32 %0, %1, %2;" : "=r"(r) : "r"(minus), "r"(seven));
  out[n++] = r;
  asm("min.u32 %0, %1, %2;" : "=r"(r) : "r"(minus), "r"(seven));
  out[n++] = r;
  asm("max.s32 %0, %1, %2;" : "=r"(r) : "r"(big), "r"(seven));
  out[n++] = r;
  asm("max.u32 %0, %1, %2;" : "=r"(r) : "r"(big), "r"(seven));
  out[n++] = r;
  asm("div.s32 %0, %1, %2;" : "=r"(r) : "r"(-7), "r"(2));
  out[n++] = r; // towards zero
  asm("rem.s32 %0, %1, %2;" : "=r"(r) : "r"(-7), "r"(2));
  out[n++] = r;
  asm("div.u32 %0, %1, %2;" : "=r"(r) : "r"(-7), "r"(2));
  out[n++] = r;
  // CHECK-NEXT: 80000000 fffffff9 ffffffff 7 7 80000000 fffffffd ffffffff 7ffffffc
  asm("{ .reg .u32 t;\n\t add.cc.u32 %0, %2, %3;\n\t addc.u32 t, %4, 0;\n\t mov.u32 %1, t; }"
      : "=&r"(r), "=r"(s) : "r"(minus), "r"(2), "r"(5));
  out[n++] = r, out[n++] = s;
  asm("sub.cc.u32 %0, %2, 1; subc.u32 %1, 0, 0;" : "=&r"(r), "=r"(s) : "r"(0));
  out[n++] = r, out[n++] = s;
  asm("mad.lo.cc.u32 %0, %2, %3, %4; madc.hi.u32 %1, %2, %3, 0;" : "=&r"(r), "=r"(s) : "r"(minus), "r"(minus), "r"(minus));
  out[n++] = r, out[n++] = s; // (2^32-1)^2 + 2^32-1 = (2^32-1) * 2^32
  asm("add.cc.u64 %0, %1, %1; addc.u64 %0, %2, 0;" : "=&l"(l) : "l"(0x8000000000000000ull), "l"(1ull));
  out[n++] = (unsigned)l;
  asm("add.cc.u32 %0, %1, %1; addc.cc.u32 %0, %1, %1; addc.u32 %0, 0, 0;" : "=&r"(r) : "r"(minus));
  out[n++] = r;
  asm("sub.cc.u32 %0, %1, %1; subc.u32 %0, %2, 0;" : "=&r"(r) : "r"(big), "r"(seven));
  out[n++] = r; // no borrow
  // CHECK-NEXT: 1 6 ffffffff ffffffff 0 ffffffff 2 1 7
}

__global__ void bits(unsigned *out, unsigned ab, unsigned big, unsigned minus, unsigned n32, unsigned n40, unsigned zero) {
  unsigned r;
  unsigned long long l;
  int n = 0;
  asm("and.b32 %0, %1, 0xff0;" : "=r"(r) : "r"(ab));
  out[n++] = r;
  asm("or.b32 %0, %1, %2;" : "=r"(r) : "r"(ab), "r"(big));
  out[n++] = r;
  asm("xor.b32 %0, %1, %2;" : "=r"(r) : "r"(ab), "r"(minus));
  out[n++] = r;
  asm("not.b32 %0, %1;" : "=r"(r) : "r"(ab));
  out[n++] = r;
  asm("cnot.b32 %0, %1;" : "=r"(r) : "r"(zero));
  out[n++] = r;
  asm("shl.b32 %0, %1, 4;" : "=r"(r) : "r"(ab));
  out[n++] = r;
  asm("shl.b32 %0, %1, %2;" : "=r"(r) : "r"(ab), "r"(n32));
  out[n++] = r;
  asm("shl.b32 %0, %1, 40;" : "=r"(r) : "r"(1));
  out[n++] = r;
  asm("shr.u32 %0, %1, %2;" : "=r"(r) : "r"(big), "r"(n40));
  out[n++] = r;
  // CHECK-NEXT: bc0 8000abcd ffff5432 ffff5432 1 abcd0 0 0 0
  asm("shr.s32 %0, %1, %2;" : "=r"(r) : "r"(big), "r"(n40));
  out[n++] = r;
  asm("shr.s32 %0, %1, 40;" : "=r"(r) : "r"(ab));
  out[n++] = r;
  asm("shr.s32 %0, %1, 4;" : "=r"(r) : "r"(big));
  out[n++] = r;
  asm("shr.b64 %0, %1, %2;" : "=l"(l) : "l"(0x8000000000000000ull), "r"(n32));
  out[n++] = (unsigned)l;
  asm("shf.l.wrap.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(big), "r"(ab), "r"(33));
  out[n++] = r; // by 1
  asm("shf.r.wrap.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(big), "r"(ab), "r"(n32));
  out[n++] = r; // by 0
  asm("shf.l.clamp.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(big), "r"(ab), "r"(n40));
  out[n++] = r; // by 32: the low word
  asm("shf.r.clamp.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(big), "r"(ab), "r"(n40));
  out[n++] = r; // by 32: the high word
  asm("shf.r.clamp.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(0x10), "r"(0xf), "r"(4));
  out[n++] = r;
  // CHECK-NEXT: ffffffff 0 f8000000 80000000 1579b 80000000 80000000 abcd f0000001
  asm("popc.b32 %0, %1;" : "=r"(r) : "r"(ab));
  out[n++] = r;
  asm("popc.b64 %0, %1;" : "=r"(r) : "l"(0xf00000000000000full));
  out[n++] = r;
  asm("clz.b32 %0, %1;" : "=r"(r) : "r"(zero));
  out[n++] = r;
  asm("clz.b64 %0, %1;" : "=r"(r) : "l"(1ull));
  out[n++] = r;
  asm("brev.b32 %0, %1;" : "=r"(r) : "r"(ab));
  out[n++] = r;
  asm("bfind.u32 %0, %1;" : "=r"(r) : "r"(ab));
  out[n++] = r;
  asm("bfind.u32 %0, %1;" : "=r"(r) : "r"(zero));
  out[n++] = r;
  asm("bfind.s32 %0, %1;" : "=r"(r) : "r"(minus));
  out[n++] = r;
  asm("bfind.s32 %0, %1;" : "=r"(r) : "r"(big));
  out[n++] = r;
  // CHECK-NEXT: a 8 20 3f b3d50000 f ffffffff ffffffff 1e
  asm("lop3.b32 %0, %1, %2, %3, 0x96;" : "=r"(r) : "r"(1), "r"(3), "r"(8));
  out[n++] = r;
  asm("lop3.b32 %0, %1, %2, %3, 0xe8;" : "=r"(r) : "r"(0xc), "r"(0xa), "r"(0x9));
  out[n++] = r;
  asm("lop3.b32 %0, %1, %2, %3, 0xca;" : "=r"(r) : "r"(0xff00), "r"(0x1234), "r"(0x5678));
  out[n++] = r;
  asm("lop3.b32 %0, %1, %2, %3, 0x1;" : "=r"(r) : "r"(0xf0f0f0f0), "r"(0xcccccccc), "r"(0xaaaaaaaa));
  out[n++] = r;
  asm("lop3.b32 %0, %1, %2, %3, 0x69;" : "=r"(r) : "r"(0xf0f0f0f0), "r"(0xcccccccc), "r"(0xaaaaaaaa));
  out[n++] = r;
  asm("lop3.b32 %0, %1, %2, %3, 0x2b;" : "=r"(r) : "r"(0xf0f0f0f0), "r"(0xcccccccc), "r"(0xaaaaaaaa));
  out[n++] = r;
  asm("lop3.b32 %0, %1, %2, %3, 0xff;" : "=r"(r) : "r"(0), "r"(0), "r"(0));
  out[n++] = r;
  asm("prmt.b32 %0, %1, %2, 0x5410;" : "=r"(r) : "r"(0x11223344), "r"(0x55667788));
  out[n++] = r;
  asm("prmt.b32 %0, %1, %2, 0x0123;" : "=r"(r) : "r"(0x11223344), "r"(0x55667788));
  out[n++] = r;
  asm("vshr.u32.u32.u32.clamp.add %0, %1, %2, %3;" : "=r"(r) : "r"(big), "r"(n40), "r"(7));
  out[n++] = r;
  asm("vshl.u32.u32.u32.wrap.add %0, %1, %2, %3;" : "=r"(r) : "r"(ab), "r"(36), "r"(1));
  out[n++] = r;
  // CHECK-NEXT: a 8 1278 1010101 69696969 2b2b2b2b ffffffff 77883344 44332211
  // CHECK-NEXT: 7 abcd1
}

__global__ void fields(unsigned *out, unsigned ab, unsigned big, const unsigned *at) {
  unsigned r;
  unsigned long long l;
  int n = 0;
  asm("bfe.u32 %0, %1, 4, 8;" : "=r"(r) : "r"(ab));
  out[n++] = r;
  asm("bfe.s32 %0, %1, 4, 8;" : "=r"(r) : "r"(ab));
  out[n++] = r;
  asm("bfe.s32 %0, %1, 28, 8;" : "=r"(r) : "r"(big));
  out[n++] = r; // reaches beyond the word
  asm("bfe.u32 %0, %1, 4, 0;" : "=r"(r) : "r"(ab));
  out[n++] = r;
  asm("bfe.s32 %0, %1, 32, 4;" : "=r"(r) : "r"(big));
  out[n++] = r;
  asm("bfe.u64 %0, %1, 60, 8;" : "=l"(l) : "l"(0xa000000000000000ull));
  out[n++] = (unsigned)l;
  asm("bfe.u32 %0, %1, %2, %3;" : "=r"(r) : "r"(ab), "r"(at[4]), "r"(at[8]));
  out[n++] = r;
  asm("bfe.u32 %0, %1, %2, %3;" : "=r"(r) : "r"(ab), "r"(at[0]), "r"(at[64]));
  out[n++] = r;
  asm("bfe.u32 %0, %1, %2, %3;" : "=r"(r) : "r"(ab), "r"(at[64]), "r"(at[8]));
  out[n++] = r;
  // CHECK-NEXT: bc ffffffbc fffffff8 0 ffffffff a bc abcd 0
  asm("bfe.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(ab), "r"(at[4]), "r"(at[8]));
  out[n++] = r;
  asm("bfe.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(big), "r"(at[28]), "r"(at[64]));
  out[n++] = r;
  asm("bfe.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(big), "r"(at[64]), "r"(at[4]));
  out[n++] = r;
  asm("bfe.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(big), "r"(at[31]), "r"(at[0]));
  out[n++] = r;
  asm("bfe.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(big), "r"(at[0] + 256), "r"(at[4] + 0x100));
  out[n++] = r; // modulo 256
  asm("bfi.b32 %0, %1, %2, 8, 4;" : "=r"(r) : "r"(0xff), "r"(0x12345678));
  out[n++] = r;
  asm("bfi.b32 %0, %1, %2, 28, 8;" : "=r"(r) : "r"(0xff), "r"(0));
  out[n++] = r;
  asm("bfi.b32 %0, %1, %2, %3, %4;" : "=r"(r) : "r"(0xff), "r"(0x12345678), "r"(at[8]), "r"(at[4]));
  out[n++] = r;
  asm("bfi.b32 %0, %1, %2, %3, %4;" : "=r"(r) : "r"(0xff), "r"(0x12345678), "r"(at[32]), "r"(at[4]));
  out[n++] = r;
  // CHECK-NEXT: ffffffbc fffffff8 ffffffff 0 0 12345f78 f0000000 12345f78 12345678
  asm("bfi.b32 %0, %1, %2, %3, %4;" : "=r"(r) : "r"(0xabcdef01), "r"(0x12345678), "r"(at[0]), "r"(at[64]));
  out[n++] = r;
  asm("bfi.b32 %0, %1, %2, %3, %4;" : "=r"(r) : "r"(0xff), "r"(0x12345678), "r"(at[4]), "r"(at[0]));
  out[n++] = r;
  asm("bmsk.clamp.b32 %0, %1, %2;" : "=r"(r) : "r"(at[4]), "r"(at[8]));
  out[n++] = r;
  asm("bmsk.clamp.b32 %0, %1, %2;" : "=r"(r) : "r"(at[4]), "r"(at[64]));
  out[n++] = r;
  asm("bmsk.clamp.b32 %0, %1, %2;" : "=r"(r) : "r"(at[32]), "r"(at[4]));
  out[n++] = r;
  // Operands by name, a value read and written, a copy of the upper half.
  asm("add.u32 %[sum], %[sum], %[more];" : [sum] "+r"(r) : [more] "r"(5));
  out[n++] = r;
  asm("mov.b64 %0, {%1, %2};" : "=l"(l) : "r"(ab), "r"(big));
  asm("{ .reg .b32 low; mov.b64 {low, %0}, %1; }" : "=r"(r) : "l"(l));
  out[n++] = r;
  asm("mov.b64 {%0, _}, %1;" : "=r"(r) : "l"(l));
  out[n++] = r;
  asm("{ .reg .b16 a, b; mov.b32 {a, b}, %1; mov.b32 %0, {b, a}; }" : "=r"(r) : "r"(0x12345678));
  out[n++] = r;
  // CHECK-NEXT: abcdef01 12345678 ff0 fffffff0 0 5 80000000 abcd 56781234
}

static void print(const unsigned *out, int count) {
  cudaDeviceSynchronize();
  for (int i = 0; i < count; ++i)
    std::printf("%x%c", out[i], i % 9 == 8 || i == count - 1 ? '\n' : ' ');
}

int main() {
  unsigned *out, *at;
  cudaMallocManaged((void **)&out, 64 * sizeof(unsigned));
  cudaMallocManaged((void **)&at, 65 * sizeof(unsigned));
  for (unsigned i = 0; i < 65; ++i)
    at[i] = i;
  sums<<<1, 1>>>(out, 0x80000000, 0xffffffff, 7, 0x100000000ull);
  print(out, 36);
  bits<<<1, 1>>>(out, 0xabcd, 0x80000000, 0xffffffff, 32, 40, 0);
  print(out, 38);
  fields<<<1, 1>>>(out, 0xabcd, 0x80000000, at);
  print(out, 27);
}
