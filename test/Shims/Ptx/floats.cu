// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Floating point, comparisons and conversions, run as they stand and rewritten in HIP; by hand from the PTX ISA. NaN, ranges, ties.
// RUN: %run-ptx | FileCheck %s
// RUN: %rewrite-ptx && not grep -E '^ *asm' %t.hip/floats.cu && %run-rewritten | FileCheck %s

#include <cstdio>
#include <cuda_fp16.h>

__global__ void floats(float *out, float one, float nan, float big, double two) {
  float r, s;
  double d;
  int n = 0;
  asm("add.f32 %0, %1, %2;" : "=f"(r) : "f"(one), "f"(2.5f));
  out[n++] = r;
  asm("sub.rn.f32 %0, %1, 0f3F000000;" : "=f"(r) : "f"(one));
  out[n++] = r;
  asm("mul.f64 %0, %1, %1;" : "=d"(d) : "d"(two));
  out[n++] = (float)d;
  asm("fma.rn.f32 %0, %1, 2.0, %2;" : "=f"(r) : "f"(one), "f"(one));
  out[n++] = r;
  asm("add.sat.f32 %0, %1, %1;" : "=f"(r) : "f"(one));
  asm("add.sat.f32 %0, %1, %1;" : "=f"(s) : "f"(nan));
  out[n++] = r, out[n++] = s;
  asm("min.f32 %0, %1, %2;" : "=f"(r) : "f"(nan), "f"(one));
  asm("max.NaN.f32 %0, %1, %2;" : "=f"(s) : "f"(nan), "f"(one));
  out[n++] = r, out[n++] = s != s;
  asm("copysign.f32 %0, %1, %2;" : "=f"(r) : "f"(-big), "f"(one));
  out[n++] = r; // the second with the first one's sign
  // CHECK: 3.5 0.5 4 3 1 0 1 1 -1
  asm("abs.f32 %0, %1;" : "=f"(r) : "f"(-one));
  out[n++] = r;
  asm("neg.f32 %0, %1;" : "=f"(r) : "f"(one));
  out[n++] = r;
  asm("sqrt.rn.f32 %0, %1;" : "=f"(r) : "f"(6.25f));
  out[n++] = r;
  asm("rcp.rn.f32 %0, %1;" : "=f"(r) : "f"(4.0f));
  out[n++] = r;
  asm("div.rn.f64 %0, %1, %2;" : "=d"(d) : "d"(two), "d"(8.0));
  out[n++] = (float)d;
  asm("{ .reg .pred p; setp.lt.f32 p, %1, %2; selp.f32 %0, 1.0, 0.0, p; }" : "=f"(r) : "f"(nan), "f"(one));
  asm("{ .reg .pred p; setp.ltu.f32 p, %1, %2; selp.f32 %0, 1.0, 0.0, p; }" : "=f"(s) : "f"(nan), "f"(one));
  out[n++] = r, out[n++] = s;
  asm("{ .reg .pred p; setp.ne.f32 p, %1, %2; selp.f32 %0, 1.0, 0.0, p; }" : "=f"(r) : "f"(nan), "f"(one));
  asm("{ .reg .pred p; setp.neu.f32 p, %1, %2; selp.f32 %0, 1.0, 0.0, p; }" : "=f"(s) : "f"(nan), "f"(one));
  out[n++] = r, out[n++] = s;
  // CHECK-NEXT: 1 -1 2.5 0.25 0.25 0 1 0 1
}

__global__ void chosen(int *out, int minus, int seven, float nan) {
  int r, s, n = 0;
  asm("{ .reg .pred p, q; setp.lt.u32 p, %1, %2; selp.u32 %0, 10, 20, p; @!p mov.u32 %0, 30; }" : "=r"(r) : "r"(minus), "r"(seven));
  out[n++] = r; // unsigned: not less
  asm("{ .reg .pred p, q; setp.lt.s32 p|q, %2, %3; selp.b32 %0, 1, 0, p; selp.b32 %1, 1, 0, q; }" : "=r"(r), "=r"(s) : "r"(minus), "r"(seven));
  out[n++] = r, out[n++] = s;
  asm("{ .reg .pred p, q; setp.gt.s32 p, %1, 0; setp.eq.and.s32 q, %1, 7, p; selp.b32 %0, 1, 0, q; }" : "=r"(r) : "r"(seven));
  asm("{ .reg .pred p, q; setp.gt.s32 p, %1, 9; setp.eq.xor.s32 q, %1, 7, !p; selp.b32 %0, 1, 0, q; }" : "=r"(s) : "r"(seven));
  out[n++] = r, out[n++] = s; // 1 and 1; 1 xor 1
  asm("set.lt.u32.s32 %0, %1, %2;" : "=r"(r) : "r"(minus), "r"(seven));
  asm("slct.s32.s32 %0, %1, %2, %3;" : "=r"(s) : "r"(4), "r"(5), "r"(minus));
  out[n++] = r, out[n++] = s;
  asm("slct.s32.f32 %0, %1, %2, %3;" : "=r"(r) : "r"(4), "r"(5), "f"(nan));
  asm("{ .reg .pred p, q; setp.ne.b32 p, %1, 0; setp.eq.b32 q, %1, 0; or.pred p, p, q; and.pred q, p, q; not.pred q, q; selp.s32 %0, 1, 2, q; }"
      : "=r"(s) : "r"(seven));
  out[n++] = r, out[n++] = s;
  // CHECK-NEXT: 30 1 0 1 0 -1 5 5 1
}

__global__ void converted(int *out, float f, float nan, float huge, int minus, unsigned big) {
  int r;
  unsigned short h;
  long long l;
  float x;
  int n = 0;
  asm("cvt.rni.s32.f32 %0, %1;" : "=r"(r) : "f"(f));
  out[n++] = r; // 2.5 to even
  asm("cvt.rzi.s32.f32 %0, %1;" : "=r"(r) : "f"(-f));
  out[n++] = r;
  asm("cvt.rmi.s32.f32 %0, %1;" : "=r"(r) : "f"(-f));
  out[n++] = r;
  asm("cvt.rpi.u32.f32 %0, %1;" : "=r"(r) : "f"(f));
  out[n++] = r;
  asm("cvt.rzi.s32.f32 %0, %1;" : "=r"(r) : "f"(huge));
  out[n++] = r; // the end of the range
  asm("cvt.rzi.u32.f32 %0, %1;" : "=r"(r) : "f"(-f));
  out[n++] = r;
  asm("cvt.rzi.s32.f32 %0, %1;" : "=r"(r) : "f"(nan));
  out[n++] = r;
  asm("cvt.rn.f32.s32 %0, %1;" : "=f"(x) : "r"(minus));
  out[n++] = (int)x;
  asm("cvt.rn.f32.u32 %0, %1;" : "=f"(x) : "r"(minus));
  out[n++] = x == 4294967296.0f;
  // CHECK-NEXT: 2 -2 -3 3 2147483647 0 0 -1 1
  asm("cvt.s64.s32 %0, %1;" : "=l"(l) : "r"(minus));
  out[n++] = l == -1;
  asm("cvt.u64.u32 %0, %1;" : "=l"(l) : "r"(minus));
  out[n++] = l == 0xffffffffll;
  asm("cvt.u32.u64 %0, %1;" : "=r"(r) : "l"(0x123456789ull));
  out[n++] = r == 0x23456789;
  asm("cvt.u32.u8 %0, %1;" : "=r"(r) : "r"(0x1ff));
  out[n++] = r;
  asm("cvt.s32.s8 %0, %1;" : "=r"(r) : "r"(0x1ff));
  out[n++] = r;
  asm("cvt.sat.u8.s32 %0, %1;" : "=r"(r) : "r"(300));
  out[n++] = r;
  asm("cvt.sat.u8.s32 %0, %1;" : "=r"(r) : "r"(minus));
  out[n++] = r;
  asm("cvt.sat.s8.s32 %0, %1;" : "=r"(r) : "r"(-300));
  out[n++] = r;
  asm("cvt.sat.s32.u32 %0, %1;" : "=r"(r) : "r"(big));
  out[n++] = r;
  // CHECK-NEXT: 1 1 1 255 -1 255 0 -128 2147483647
  asm("cvt.rn.f16.f32 %0, %1;" : "=h"(h) : "f"(f));
  out[n++] = h;
  asm("cvt.f32.f16 %0, %1;" : "=f"(x) : "h"(h));
  out[n++] = (int)(x * 10);
  asm("cvt.rn.f16x2.f32 %0, %1, %2;" : "=r"(r) : "f"(1.0f), "f"(f));
  out[n++] = r; // 3c00 4100
  double d;
  asm("cvt.f64.f32 %0, %1;" : "=d"(d) : "f"(f));
  out[n++] = d == 2.5;
  asm("cvt.rni.f32.f32 %0, %1;" : "=f"(x) : "f"(f + 1));
  out[n++] = (int)x; // 3.5 to even
  asm("cvt.sat.f32.f32 %0, %1;" : "=f"(x) : "f"(f));
  out[n++] = (int)x;
  asm("mov.b32 %0, %1;" : "=r"(r) : "f"(f));
  out[n++] = r == 0x40200000;
  asm("mov.b32 %0, %1;" : "=f"(x) : "r"(0x40200000));
  out[n++] = x == f;
  asm("{ .reg .b32 a; mov.f32 a, %1; add.u32 %0, a, 1; }" : "=r"(r) : "f"(f));
  out[n++] = r == 0x40200001;
  // CHECK-NEXT: 16640 25 1006649600 1 4 1 1 1 1
}

int main() {
  float *f;
  int *i;
  cudaMallocManaged((void **)&f, 64 * sizeof(float));
  cudaMallocManaged((void **)&i, 64 * sizeof(int));
  floats<<<1, 1>>>(f, 1.0f, __builtin_nanf(""), 1e30f, 2.0);
  cudaDeviceSynchronize();
  for (int n = 0; n < 18; ++n)
    std::printf("%g%c", f[n], n % 9 == 8 ? '\n' : ' ');
  chosen<<<1, 1>>>(i, -1, 7, __builtin_nanf(""));
  cudaDeviceSynchronize();
  for (int n = 0; n < 9; ++n)
    std::printf("%d%c", i[n], n % 9 == 8 ? '\n' : ' ');
  converted<<<1, 1>>>(i, 2.5f, __builtin_nanf(""), 1e20f, -1, 0x80000000);
  cudaDeviceSynchronize();
  for (int n = 0; n < 27; ++n)
    std::printf("%d%c", i[n], n % 9 == 8 ? '\n' : ' ');
}
