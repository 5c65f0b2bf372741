// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loads, stores, atomics, fences, barriers and places, run as they stand and rewritten in HIP.
// RUN: %run-ptx | FileCheck %s
// RUN: %rewrite-ptx && not grep -E '^ *asm' %t.hip/memory.cu && %run-rewritten | FileCheck %s

#include <cstdio>

__global__ void accesses(unsigned *out, unsigned *memory, signed char *bytes) {
  unsigned r, s, t, u;
  unsigned long long l;
  int n = 0;
  asm volatile("st.global.cg.v2.u32 [%0+4], {%1, %2};" ::"l"(memory), "r"(8), "r"(9) : "memory");
  asm volatile("ld.global.ca.u32 %0, [%1+8];" : "=r"(r) : "l"(memory) : "memory");
  out[n++] = r;
  asm volatile("st.global.v4.u32 [%0], {%1, %2, %3, %4};" ::"l"(memory + 4), "r"(1), "r"(2), "r"(3), "r"(4) : "memory");
  asm volatile("ld.global.nc.v4.u32 {%0, %1, %2, %3}, [%4];" : "=r"(r), "=r"(s), "=r"(t), "=r"(u) : "l"(memory + 4));
  out[n++] = r * 1000 + s * 100 + t * 10 + u;
  asm volatile("ld.global.s8 %0, [%1+-1];" : "=r"(r) : "l"(bytes + 1));
  out[n++] = r;
  asm volatile("ld.global.u8 %0, [%1];" : "=r"(r) : "l"(bytes));
  out[n++] = r;
  asm volatile("st.global.u8 [%0], %1;" ::"l"(bytes), "r"(0x17f) : "memory");
  out[n++] = bytes[0];
  asm volatile("st.release.gpu.global.u32 [%0], %1;" ::"l"(memory), "r"(77) : "memory");
  asm volatile("ld.acquire.gpu.global.u32 %0, [%1];" : "=r"(r) : "l"(memory) : "memory");
  out[n++] = r;
  asm volatile("st.volatile.global.u32 [%1], %2; ld.volatile.global.u32 %0, [%1];" : "=&r"(r) : "l"(memory), "r"(78) : "memory");
  out[n++] = r;
  asm volatile("ld.relaxed.sys.global.u64 %0, [%1];" : "=l"(l) : "l"(memory) : "memory");
  out[n++] = (unsigned)l, out[n++] = (unsigned)(l >> 32);
  asm volatile("{ .reg .pred p; setp.ne.u32 p, %2, 0; mov.u32 %0, 5; @p ld.global.u32 %0, [%1]; @!p st.global.u32 [%1], 1; }"
               : "=&r"(r) : "l"(memory), "r"(0) : "memory");
  out[n++] = r * 10 + memory[0];
  asm volatile("membar.gl; fence.acq_rel.sys; prefetch.global.L2 [%0]; bar.sync 0;" ::"l"(memory) : "memory");
  // CHECK: 9 4d2 fffffff0 f0 7f 4d 4e 4e 8 33
}

__global__ void atomics(unsigned *out, unsigned *memory, float *sum, unsigned long long *wide) {
  unsigned r;
  int n = 0;
  memory[0] = 10;
  asm volatile("atom.global.add.u32 %0, [%1], %2;" : "=r"(r) : "l"(memory), "r"(5) : "memory");
  out[n++] = r;
  asm volatile("red.global.add.s32 [%0], %1;" ::"l"(memory), "r"(-1) : "memory");
  asm volatile("atom.max.s32 %0, [%1], %2;" : "=r"(r) : "l"(memory), "r"(-3) : "memory");
  out[n++] = r;
  asm volatile("atom.max.u32 %0, [%1], %2;" : "=r"(r) : "l"(memory), "r"(-3) : "memory");
  out[n++] = memory[0];
  asm volatile("atom.global.cas.b32 %0, [%1], %2, %3;" : "=r"(r) : "l"(memory), "r"(-3), "r"(2) : "memory");
  out[n++] = memory[0];
  asm volatile("atom.inc.u32 %0, [%1], %2;" : "=r"(r) : "l"(memory), "r"(2) : "memory");
  out[n++] = memory[0]; // 2 >= 2: 0
  asm volatile("atom.dec.u32 %0, [%1], %2;" : "=r"(r) : "l"(memory), "r"(6) : "memory");
  out[n++] = memory[0]; // 0: 6
  asm volatile("atom.relaxed.gpu.global.exch.b32 %0, [%1], %2;" : "=r"(r) : "l"(memory), "r"(12) : "memory");
  asm volatile("red.global.xor.b32 [%0], %1; red.global.or.b32 [%0], 16; red.global.and.b32 [%0], 25;" ::"l"(memory), "r"(4) : "memory");
  out[n++] = memory[0]; // (12 ^ 4 | 16) & 25
  *sum = 0.5f;
  asm volatile("red.global.add.f32 [%0], %1;" ::"l"(sum), "f"(0.25f) : "memory");
  out[n++] = (unsigned)(*sum * 100);
  *wide = 1;
  asm volatile("red.global.add.u64 [%0], %1;" ::"l"(wide), "l"(0x100000000ull) : "memory");
  out[n++] = (unsigned)(*wide >> 32);
  out[n++] = 0;
  // CHECK-NEXT: a e fffffffd 2 0 6 18 4b 1 0
}

__global__ void places(unsigned *out) {
  unsigned x, count;
  asm("mad.lo.u32 %0, %1, %2, %3;" : "=r"(x) : "r"(blockIdx.x), "r"(blockDim.x), "r"(threadIdx.x));
  unsigned tid, ntid, ctaid, lane, less;
  asm("mov.u32 %0, %%tid.x;" : "=r"(tid));
  asm("mov.u32 %0, %%ntid.x;" : "=r"(ntid));
  asm("mov.u32 %0, %%ctaid.x;" : "=r"(ctaid));
  asm("mov.u32 %0, %laneid;" : "=r"(lane)); // one % does, too
  asm volatile("mov.u32 %0, %%lanemask_lt;" : "=r"(less));
  asm volatile("{ .reg .pred p; setp.gt.u32 p, %1, 33; bar.red.popc.u32 %0, 0, p; }" : "=r"(count) : "r"(tid));
  if (x == 64 + 37)
    out[0] = tid, out[1] = ntid, out[2] = ctaid, out[3] = lane, out[4] = less, out[5] = count;
}

int main() {
  unsigned *out, *memory;
  signed char *bytes;
  cudaMallocManaged((void **)&out, 64 * sizeof(unsigned));
  cudaMallocManaged((void **)&memory, 64 * sizeof(unsigned));
  cudaMallocManaged((void **)&bytes, 16);
  bytes[0] = (signed char)0xf0;
  auto print = [&](int count) {
    cudaDeviceSynchronize();
    for (int i = 0; i < count; ++i)
      std::printf("%x%c", out[i], i == count - 1 ? '\n' : ' ');
  };
  accesses<<<1, 1>>>(out, memory, bytes);
  print(10);
  atomics<<<1, 1>>>(out, memory, (float *)(memory + 8), (unsigned long long *)(memory + 16));
  print(10);
  places<<<2, 64>>>(out);
  print(6);
  // CHECK-NEXT: 25 40 1 5 1f 1e
}
