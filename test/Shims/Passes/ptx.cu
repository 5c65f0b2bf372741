// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Inline PTX gives what the PTX manual says; expected values are worked out by hand.
// RUN: %cuport-cc -O2 %s -o %t && %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// RUN: %cuport-cc -G %s -o %t.debug && %t.debug | FileCheck %s

#include <cstdio>

__global__ void all(unsigned *out, unsigned a, unsigned b, unsigned long long wide, float f, unsigned *memory) {
  unsigned r, s;
  unsigned long long l;
  int n = 0;
  asm("mov.u32 %0, %%laneid;" : "=r"(r));
  out[n++] = r;
  asm volatile("mov.u32 %0, %%lanemask_lt;" : "=r"(r));
  out[n++] = r;
  asm("mov.u32 %0, %%ntid.x;" : "=r"(r));
  out[n++] = r;
  // CHECK: 0 0 1
  asm("mad.lo.u32 %0, %1, %2, 7;" : "=r"(r) : "r"(a), "r"(b));
  out[n++] = r;
  asm("mul.hi.u32 %0, %1, %2;" : "=r"(r) : "r"(0x80000000u), "r"(6));
  out[n++] = r;
  asm("mad.wide.u32 %0, %1, %2, %3;" : "=l"(l) : "r"(0x80000000u), "r"(6), "l"(wide));
  out[n++] = unsigned(l >> 32);
  // CHECK-NEXT: 49 3 4
  asm("{ .reg .u32 t;\n\t add.cc.u32 %0, %2, %3;\n\t addc.u32 t, %4, 0;\n\t mov.u32 %1, t; }"
      : "=r"(r), "=r"(s) : "r"(0xffffffffu), "r"(2), "r"(5));
  out[n++] = r, out[n++] = s;
  asm("sub.cc.u32 %0, %1, 1; subc.u32 %0, 0, 0;" : "=&r"(r) : "r"(0));
  out[n++] = r;
  // CHECK-NEXT: 1 6 4294967295
  asm("bfe.u32 %0, %1, 4, 8;" : "=r"(r) : "r"(0xabcd));
  out[n++] = r;
  asm("bfe.s32 %0, %1, 4, 8;" : "=r"(r) : "r"(0xabcd));
  out[n++] = r;
  asm("bfi.b32 %0, %1, %2, 8, 4;" : "=r"(r) : "r"(0xf), "r"(0));
  out[n++] = r;
  // CHECK-NEXT: 188 4294967228 3840
  asm("lop3.b32 %0, %1, %2, %3, 0x96;" : "=r"(r) : "r"(1), "r"(3), "r"(8));
  out[n++] = r;
  asm("prmt.b32 %0, %1, %2, 0x5410;" : "=r"(r) : "r"(0x11223344), "r"(0x55667788));
  out[n++] = r;
  asm("bfind.u32 %0, %1;" : "=r"(r) : "r"(0x100));
  out[n++] = r;
  // CHECK-NEXT: 10 2005414724 8
  asm("shl.b32 %0, %1, 40;" : "=r"(r) : "r"(1));
  out[n++] = r;
  asm("cvt.rni.s32.f32 %0, %1;" : "=r"(r) : "f"(f));
  out[n++] = r;
  asm("{ .reg .f32 t; fma.rn.f32 t, %1, %2, 0f3F800000; cvt.rzi.u32.f32 %0, t; }" : "=r"(r) : "f"(f), "f"(2.0f));
  out[n++] = r;
  // CHECK-NEXT: 0 2 6
  asm("{ .reg .pred p; setp.lt.u32 p, %1, %2; selp.u32 %0, 10, 20, p; @!p mov.u32 %0, 30; }" : "=r"(r) : "r"(a), "r"(b));
  out[n++] = r;
  asm volatile("st.global.cg.v2.u32 [%0+4], {%1, %2};" ::"l"(memory), "r"(8), "r"(9) : "memory");
  asm volatile("ld.global.ca.u32 %0, [%1+8];" : "=r"(r) : "l"(memory) : "memory");
  out[n++] = r;
  asm volatile("membar.gl; bar.sync 0;" ::: "memory");
  r = 5;
  asm("add.u32 %0, %0, 1;" : "+r"(r));
  out[n++] = r;
  // CHECK-NEXT: 10 9 6
}

int main() {
  unsigned *out, *memory;
  cudaMallocManaged((void **)&out, 64 * sizeof(unsigned));
  cudaMallocManaged((void **)&memory, 4 * sizeof(unsigned));
  all<<<1, 1>>>(out, 6, 7, 0x100000000ull, 2.5f, memory);
  cudaDeviceSynchronize();
  for (int i = 0; i < 21; ++i)
    std::printf("%u%c", out[i], i % 3 == 2 ? '\n' : ' ');
}
