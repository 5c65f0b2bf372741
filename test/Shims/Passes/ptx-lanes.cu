// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Inline PTX of warps: shfl with its predicate, vote; registers that x86 lacks (f, h); vectors of registers; video instructions.
// Expected values are worked out by hand from the PTX manual.
// RUN: %cuport-cc -O2 %s -o %t && %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// RUN: env CUPORT_WARP=64 %t | FileCheck %s

#include <cstdio>

__global__ void lanes(int *out) {
  int lane = threadIdx.x, r;
  unsigned vote, low, high, video;
  float f = lane, g;
  short h = lane, i;
  // A scan's step: lanes 0 to 3 of each segment of 8 have no source 4 below.
  asm volatile("{ .reg .s32 t; .reg .pred p; shfl.sync.up.b32 t|p, %1, 4, %2, 0xffffffff; @p add.s32 t, t, 100; mov.s32 %0, t; }"
               : "=r"(r) : "r"(lane), "r"(24 << 8));
  out[lane] = r;
  asm volatile("shfl.sync.down.b32 %0, %1, 1, 0x1f, 0xffffffff;" : "=r"(r) : "r"(lane));
  out[32 + lane] = r;
  asm volatile("shfl.sync.bfly.b32 %0, %1, 3, 0x1f, 0xffffffff;" : "=f"(g) : "f"(f));
  out[64 + lane] = int(g);
  asm volatile("shfl.sync.idx.b32 %0, %1, 2, 0x181f, 0xffffffff;" : "=r"(r) : "r"(lane));
  out[96 + lane] = r;
  asm volatile("{ .reg .pred p; setp.lt.s32 p, %1, 5; vote.sync.ballot.b32 %0, p, 0xffffffff; }" : "=r"(vote) : "r"(lane));
  out[128] = vote;
  asm("{ add.s16 %0, %1, 7; }" : "=h"(i) : "h"(h));
  if (lane == 3)
    out[129] = i;
  asm("mov.b64 {%0, %1}, %2;" : "=r"(low), "=r"(high) : "l"(0x1234567890abcdefull));
  out[130] = low == 0x90abcdef && high == 0x12345678;
  asm("vshl.u32.u32.u32.clamp.add %0, %1, %2, %3;" : "=r"(video) : "r"(3), "r"(4), "r"(5));
  out[131] = video;
}

int main() {
  int *out, back[132];
  cudaMalloc(&out, sizeof back);
  lanes<<<1, 32>>>(out);
  cudaMemcpy(back, out, sizeof back, cudaMemcpyDeviceToHost);
  auto print = [&](int first, int count) {
    for (int i = first; i < first + count; ++i)
      printf("%d ", back[i]);
    printf("\n");
  };
  print(0, 12);
  // CHECK: 0 1 2 3 100 101 102 103 8 9 10 11
  print(32 + 28, 4);
  // CHECK-NEXT: 29 30 31 31
  print(64, 5);
  // CHECK-NEXT: 3 2 1 0 7
  print(96 + 6, 4);
  // CHECK-NEXT: 2 2 10 10
  print(128, 4);
  // CHECK-NEXT: 31 10 1 53
}
