// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Branches, predicates, video instructions and the rest that only the shim runs; by hand from the PTX ISA.
// RUN: %run-ptx | FileCheck %s

#include <cstdio>

__global__ void control(unsigned *out, unsigned five, unsigned *memory) {
  unsigned r, s;
  int n = 0;
  // The sum of 1 to 5, by a loop.
  asm volatile("{ .reg .pred p; .reg .u32 i; mov.u32 %0, 0; mov.u32 i, %1;\n"
               "LOOP_%=: add.u32 %0, %0, i; sub.u32 i, i, 1; setp.ne.u32 p, i, 0; @p bra LOOP_%=; }" : "=&r"(r) : "r"(five));
  out[n++] = r;
  asm volatile("{ .reg .pred p; setp.gt.u32 p, %1, 3; mov.u32 %0, 1; @p bra DONE; mov.u32 %0, 2; DONE: }" : "=&r"(r) : "r"(five));
  out[n++] = r;
  asm volatile("{ .reg .pred p; setp.gt.u32 p, %1, 9; @p bra $L1; bra.uni $L2; $L1: mov.u32 %0, 1; bra.uni $L3; $L2: mov.u32 %0, 2; $L3: }"
               : "=&r"(r) : "r"(five));
  out[n++] = r;
  memory[0] = 3;
  asm volatile("{ .reg .pred p; setp.eq.u32 p, %2, 5; @p st.u32 [%1], 8; @!p trap; @p ld.u32 %0, [%1]; }" : "=&r"(r) : "l"(memory), "r"(five) : "memory");
  out[n++] = r;
  unsigned long long before, after;
  asm volatile("mov.u64 %0, %%globaltimer;" : "=l"(before));
  asm volatile("nanosleep.u32 100; griddepcontrol.wait; mov.u64 %0, %globaltimer;" : "=l"(after));
  out[n++] = after >= before;
  // CHECK: f 1 2 8 1
  asm("vadd.u32.u32.u32 %0, %1.b0, %2.b3;" : "=r"(r) : "r"(0x112233ff), "r"(0x02445566));
  out[n++] = r;
  asm("vabsdiff.u32.s32.s32.add %0, %1.b0, %2.h1, %3;" : "=r"(r) : "r"(0xff), "r"(0x00050000), "r"(10));
  out[n++] = r; // |-1 - 5| + 10
  asm("vshr.u32.u32.u32.clamp.add %0, %1, %2, %3;" : "=r"(r) : "r"(0x80000000), "r"(40), "r"(7));
  asm("vshl.u32.u32.u32.wrap %0, %1, %2;" : "=r"(s) : "r"(3), "r"(33));
  out[n++] = r, out[n++] = s;
  asm("vabsdiff4.u32.u32.u32.add %0, %1, %2, %3;" : "=r"(r) : "r"(0x01ff0310), "r"(0x02000110), "r"(1000));
  out[n++] = r; // 1 + 255 + 2 + 0 + 1000
  // CHECK-NEXT: 101 10 7 6 4ea
  asm("vadd4.u32.u32.u32 %0, %1, %2, %3;" : "=r"(r) : "r"(0xff010203), "r"(0x02010101), "r"(0));
  asm("vadd4.u32.u32.u32.sat %0, %1, %2, %3;" : "=r"(s) : "r"(0xff010203), "r"(0x02010101), "r"(0));
  out[n++] = r, out[n++] = s;
  asm("vmax2.s32.s32.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(0xffff0003), "r"(0x00018000), "r"(0));
  asm("vset4.u32.u32.lt %0, %1, %2, %3;" : "=r"(s) : "r"(0x01020304), "r"(0x02020205), "r"(0));
  out[n++] = r, out[n++] = s;
  asm("vavrg4.u32.u32.u32 %0, %1, %2, %3;" : "=r"(r) : "r"(0x01020304), "r"(0x02020202), "r"(0));
  out[n++] = r;
  // CHECK-NEXT: 1020304 ff020304 10003 1000001 2020303
  asm("prmt.b32.f4e %0, %1, %2, %3;" : "=r"(r) : "r"(0x33221100), "r"(0x77665544), "r"(1));
  asm("prmt.b32.rc8 %0, %1, %2, %3;" : "=r"(s) : "r"(0x33221100), "r"(0), "r"(2));
  out[n++] = r, out[n++] = s;
  asm("prmt.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(0x80), "r"(0), "r"(0x8888));
  out[n++] = r; // the sign of byte 0
  asm("dp2a.hi.s32.s32 %0, %1, %2, %3;" : "=r"(r) : "r"(0xffff0003), "r"(0x05020000), "r"(1));
  out[n++] = r; // 3*2 - 1*5 + 1
  asm("mul24.hi.u32 %0, %1, %2;" : "=r"(r) : "r"(0x800000), "r"(0x800000));
  out[n++] = r; // 2^46 >> 16
  // CHECK-NEXT: 44332211 22222222 ffffffff 2 40000000
  float f;
  unsigned short h;
  asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(h) : "f"(__uint_as_float(0x3f808000)));
  out[n++] = h; // a tie to even
  asm("cvt.rn.relu.bf16x2.f32 %0, %1, %2;" : "=r"(r) : "f"(-1.0f), "f"(2.0f));
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(s) : "f"(__uint_as_float(0x3f801000)));
  out[n++] = r, out[n++] = s; // a tie away from 0
  asm("fma.rn.f16x2 %0, %1, %2, %3;" : "=r"(r) : "r"(0x3c004000), "r"(0x40004000), "r"(0x3c000000));
  asm("fma.rn.bf16x2 %0, %1, %2, %3;" : "=r"(s) : "r"(0x3f804000), "r"(0x40004000), "r"(0x3f800000));
  out[n++] = r, out[n++] = s; // 1 * 2 + 1, 2 * 2 + 0
  // CHECK-NEXT: 3f80 4000 3f802000 42004400 40404080
  asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(f) : "f"(3.0f));
  out[n++] = f == 8;
  asm("rsqrt.approx.f32 %0, %1;" : "=f"(f) : "f"(4.0f));
  out[n++] = f == 0.5f;
  asm("max.relu.s32 %0, %1, %2;" : "=r"(r) : "r"(-4), "r"(-3));
  asm("{ .reg .b8 t; mov.u32 %0, 3; }" : "=r"(s));
  out[n++] = r, out[n++] = s;
  out[n++] = 0;
  // CHECK-NEXT: 1 1 0 3 0
}

int main() {
  unsigned *out, *memory;
  cudaMallocManaged((void **)&out, 64 * sizeof(unsigned));
  cudaMallocManaged((void **)&memory, 64 * sizeof(unsigned));
  control<<<1, 1>>>(out, 5, memory);
  cudaDeviceSynchronize();
  for (int i = 0; i < 30; ++i)
    std::printf("%x%c", out[i], i % 5 == 4 ? '\n' : ' ');
}
