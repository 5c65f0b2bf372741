// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The carry of one statement is the next one's, as code for long integers counts on: statements made by macros, and by functions
// that are inlined. Expected are the sums of C++'s own 128-bit integers.
// RUN: %cuport-cc -O2 %s -o %t && %t && env CUPORT_MODE=thread %t && env CUPORT_ORDER=backward %t
// RUN: %cuport-cc -G %s -o %t.debug && %t.debug

#include <cstdint>
#include <cstdio>

#define ADD_CC(d, a, b) asm volatile("add.cc.u64 %0, %1, %2;" : "=l"(d) : "l"(a), "l"(b))
#define ADDC_CC(d, a, b) asm volatile("addc.cc.u64 %0, %1, %2;" : "=l"(d) : "l"(a), "l"(b))
#define ADDC(d, a, b) asm volatile("addc.u64 %0, %1, %2;" : "=l"(d) : "l"(a), "l"(b))

__device__ __forceinline__ uint32_t sub_cc(uint32_t a, uint32_t b) {
  uint32_t d;
  asm volatile("sub.cc.u32 %0, %1, %2;" : "=r"(d) : "r"(a), "r"(b));
  return d;
}
__device__ __forceinline__ uint32_t subc_cc(uint32_t a, uint32_t b) {
  uint32_t d;
  asm volatile("subc.cc.u32 %0, %1, %2;" : "=r"(d) : "r"(a), "r"(b));
  return d;
}
__device__ __forceinline__ uint32_t subc(uint32_t a, uint32_t b) {
  uint32_t d;
  asm volatile("subc.u32 %0, %1, %2;" : "=r"(d) : "r"(a), "r"(b));
  return d;
}
__device__ __forceinline__ uint32_t mad_lo_cc(uint32_t a, uint32_t b, uint32_t c) {
  uint32_t d;
  asm volatile("mad.lo.cc.u32 %0, %1, %2, %3;" : "=r"(d) : "r"(a), "r"(b), "r"(c));
  return d;
}
__device__ __forceinline__ uint32_t madc_hi(uint32_t a, uint32_t b, uint32_t c) {
  uint32_t d;
  asm volatile("madc.hi.u32 %0, %1, %2, %3;" : "=r"(d) : "r"(a), "r"(b), "r"(c));
  return d;
}

struct Words {
  uint64_t sum[3], difference, product;
};

__device__ __noinline__ void subtract(const uint32_t *a, const uint32_t *b, uint32_t *d) {
  d[0] = sub_cc(a[0], b[0]);
  for (int i = 1; i < 3; ++i)
    d[i] = subc_cc(a[i], b[i]);
  d[3] = subc(a[3], b[3]);
}

__global__ void reckon(const uint64_t *in, Words *out, int count) {
  __shared__ uint64_t turned[64];
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  turned[threadIdx.x] = i < count ? in[i] : 0;
  __syncthreads();
  if (i >= count)
    return;
  const uint64_t a = in[i], b = turned[threadIdx.x ^ 1];
  Words w;
  ADD_CC(w.sum[0], a, b);
  ADDC_CC(w.sum[1], b, ~a);
  ADDC(w.sum[2], uint64_t(0), uint64_t(0));
  uint32_t x[4] = {uint32_t(a), uint32_t(a >> 32), 0, 1}, y[4] = {uint32_t(b), uint32_t(b >> 32), 0, 0}, d[4];
  subtract(x, y, d);
  w.difference = (d[0] | uint64_t(d[1]) << 32) ^ (d[2] | uint64_t(d[3]) << 32);
  const uint32_t low = mad_lo_cc(x[0], y[0], y[1]);
  w.product = low | uint64_t(madc_hi(x[0], y[0], 0)) << 32;
  out[i] = w;
}

int main() {
  constexpr int count = 100;
  uint64_t *in;
  Words *out;
  cudaMallocManaged(&in, 128 * sizeof *in);
  cudaMallocManaged(&out, count * sizeof *out);
  for (int i = 0; i < 128; ++i)
    in[i] = i < count ? 0x9e3779b97f4a7c15u * i + (i % 3 ? 0 : 0xffffffff00000000u) : 0;
  reckon<<<2, 64>>>(in, out, count);
  if (cudaDeviceSynchronize())
    return 2;
  using Wide = unsigned __int128;
  for (int i = 0; i < count; ++i) {
    const uint64_t a = in[i], b = in[i ^ 1];
    const Wide low = Wide(a) + b, high = Wide(b) + ~a + uint64_t(low >> 64);
    const Wide d = (Wide(a) | Wide(1) << 96) - b;
    const uint64_t product = uint64_t(uint32_t(a)) * uint32_t(b) + (b >> 32);
    const Words &w = out[i];
    if (w.sum[0] != uint64_t(low) || w.sum[1] != uint64_t(high) || w.sum[2] != uint64_t(high >> 64) ||
        w.difference != (uint64_t(d) ^ uint64_t(d >> 64)) || w.product != product)
      return printf("%d is wrong\n", i), 1;
  }
}
