// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Warp instructions, run as they stand, and rewritten for a HIP that has their functions.
// RUN: %run-ptx | FileCheck %s --check-prefixes=CHECK,REST
// RUN: %rewrite-ptx && sed '/ONLY BELOW/,$d' %t.hip/warps.cu > %t.part && not grep -E '^ *asm' %t.part
// RUN: %run-rewritten | FileCheck %s

#include <cstdio>

__global__ void shuffled(unsigned *out) {
  unsigned lane = threadIdx.x, r, s, n = 0;
  auto give = [&](unsigned v) { out[32 * n++ + lane] = v; };
  asm volatile("shfl.sync.down.b32 %0, %1, 1, 0x1f, 0xffffffff;" : "=r"(r) : "r"(lane * 3));
  give(r);
  asm volatile("shfl.sync.up.b32 %0, %1, 2, 0, 0xffffffff;" : "=r"(r) : "r"(lane * 3));
  give(r);
  asm volatile("shfl.sync.bfly.b32 %0, %1, 16, 31, -1;" : "=r"(r) : "r"(lane));
  give(r);
  asm volatile("shfl.sync.idx.b32 %0, %1, %2, 0x181f, 0xffffffff;" : "=r"(r) : "r"(lane), "r"(3));
  give(r); // in parts of 8 lanes
  asm volatile("{ .reg .pred p; setp.gt.u32 p, %1, 29; vote.sync.ballot.b32 %0, p, 0xffffffff; }" : "=r"(r) : "r"(lane));
  give(r);
  asm volatile("{ .reg .pred p, q; setp.gt.u32 p, %1, 29; vote.sync.any.pred q, p, 0xffffffff; selp.u32 %0, 1, 0, q; }" : "=r"(r) : "r"(lane));
  give(r);
  asm volatile("{ .reg .pred p, q; setp.gt.u32 p, %1, 29; vote.sync.all.pred q, p, 0xffffffff; selp.u32 %0, 1, 0, q; }" : "=r"(r) : "r"(lane));
  give(r);
  asm volatile("match.any.sync.b32 %0, %1, 0xffffffff;" : "=r"(r) : "r"(lane / 4));
  give(r);
  asm volatile("activemask.b32 %0;" : "=r"(r));
  give(r);
}

// ONLY BELOW is what HIP 6.3 has nothing for.
__global__ void rest(unsigned *out) {
  unsigned lane = threadIdx.x, r, s, n = 0;
  auto give = [&](unsigned v) { out[32 * n++ + lane] = v; };
  asm volatile("{ .reg .pred p; shfl.sync.down.b32 %0|p, %2, 4, 0x1f, 0xffffffff; selp.u32 %1, 1, 0, p; }" : "=r"(r), "=r"(s) : "r"(lane));
  give(r), give(s);
  asm volatile("redux.sync.add.u32 %0, %1, 0xffffffff;" : "=r"(r) : "r"(lane));
  give(r);
  asm volatile("redux.sync.min.s32 %0, %1, 0xffffffff;" : "=r"(r) : "r"(5 - lane));
  give(r);
  asm volatile("bar.warp.sync 0xffffffff;" ::: "memory");
  asm volatile("{ .reg .pred p; elect.sync _|p, 0xfffffff0; selp.u32 %0, 1, 0, p; }" : "=r"(r));
  give(r);
  asm volatile("{ .reg .pred p; match.all.sync.b32 %0|p, 7, 0xffffffff; selp.u32 %1, 1, 0, p; }" : "=r"(r), "=r"(s));
  give(r), give(s);
}

int main() {
  unsigned *out;
  cudaMallocManaged((void **)&out, 32 * 16 * sizeof(unsigned));
  auto print = [&](int rows, int lane) {
    cudaDeviceSynchronize();
    for (int i = 0; i < rows; ++i)
      std::printf("%x%c", out[32 * i + lane], i == rows - 1 ? '\n' : ' ');
  };
  shuffled<<<1, 32>>>(out);
  print(9, 1);
  print(9, 31);
  print(9, 12);
  // CHECK: 6 3 11 3 c0000000 1 0 f ffffffff
  // CHECK-NEXT: 5d 57 f 1b c0000000 1 0 f0000000 ffffffff
  // CHECK-NEXT: 27 1e 1c b c0000000 1 0 f000 ffffffff
#ifdef __CUDACC__
  rest<<<1, 32>>>(out);
  print(7, 4);
  print(7, 30);
  // REST-NEXT: 8 1 1f0 ffffffe6 1 ffffffff 1
  // REST-NEXT: 1e 0 1f0 ffffffe6 0 ffffffff 1
#endif
}
