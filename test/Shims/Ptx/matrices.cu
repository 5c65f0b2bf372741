// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shared memory by 32-bit addresses, copies in the background, small matrices: each product against a plain loop, with numbers
// that every order of summation gives exactly.
// RUN: %run-ptx | FileCheck %s --implicit-check-not=wrong

#include <cstdio>
#include <cuda_bf16.h>
#include <cuda_fp16.h>

__device__ int value(int row, int column) { return (row * 7 + column * 3) % 5 - 2; }
__device__ int other(int row, int column) { return (row * 5 + column * 11) % 7 - 3; }

template <int K> __device__ float product(int row, int column) {
  float sum = row - column;
  for (int k = 0; k < K; ++k)
    sum += value(row, k) * other(k, column);
  return sum;
}
__device__ unsigned halves(float low, float high) {
  return __half_as_ushort(__float2half(low)) | unsigned(__half_as_ushort(__float2half(high))) << 16;
}
__device__ unsigned bfloats(float low, float high) { return __float_as_uint(low) >> 16 | (__float_as_uint(high) & 0xffff0000); }
template <int K> __device__ void check(const char *name, const float (&d)[4], int group, int t) {
  for (int i = 0; i < 4; ++i)
    if (d[i] != product<K>(group + 8 * (i / 2), 2 * t + i % 2))
      printf("%s wrong at lane %d register %d: %g\n", name, threadIdx.x, i, d[i]);
}

__global__ void multiply() {
  const int group = threadIdx.x / 4, t = threadIdx.x % 4;
  float c[4], d[4];
  unsigned a[4], b[2];
  for (int i = 0; i < 4; ++i)
    c[i] = group + 8 * (i / 2) - (2 * t + i % 2);
  for (int i = 0; i < 4; ++i)
    a[i] = halves(value(group + 8 * (i % 2), 2 * t + 8 * (i / 2)), value(group + 8 * (i % 2), 2 * t + 1 + 8 * (i / 2)));
  for (int i = 0; i < 2; ++i)
    b[i] = halves(other(2 * t + 8 * i, group), other(2 * t + 1 + 8 * i, group));
  asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%10,%11,%12,%13};"
               : "=f"(d[0]), "=f"(d[1]), "=f"(d[2]), "=f"(d[3])
               : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]), "f"(c[0]), "f"(c[1]), "f"(c[2]), "f"(c[3]));
  check<16>("f16 k16", d, group, t);
  asm volatile("mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5}, {%6}, {%7,%8,%9,%10};"
               : "=f"(d[0]), "=f"(d[1]), "=f"(d[2]), "=f"(d[3])
               : "r"(a[0]), "r"(a[1]), "r"(b[0]), "f"(c[0]), "f"(c[1]), "f"(c[2]), "f"(c[3]));
  check<8>("f16 k8", d, group, t);
  unsigned c2[2] = {halves(c[0], c[1]), halves(c[2], c[3])}, d2[2];
  asm volatile("mma.sync.aligned.m16n8k16.row.col.f16.f16.f16.f16 {%0,%1}, {%2,%3,%4,%5}, {%6,%7}, {%8,%9};"
               : "=r"(d2[0]), "=r"(d2[1])
               : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]), "r"(c2[0]), "r"(c2[1]));
  for (int i = 0; i < 4; ++i)
    d[i] = __half2float(__ushort_as_half(d2[i / 2] >> 16 * (i % 2)));
  check<16>("f16 sums", d, group, t);
  for (int i = 0; i < 4; ++i)
    a[i] = bfloats(value(group + 8 * (i % 2), 2 * t + 8 * (i / 2)), value(group + 8 * (i % 2), 2 * t + 1 + 8 * (i / 2)));
  for (int i = 0; i < 2; ++i)
    b[i] = bfloats(other(2 * t + 8 * i, group), other(2 * t + 1 + 8 * i, group));
  asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%10,%11,%12,%13};"
               : "=f"(d[0]), "=f"(d[1]), "=f"(d[2]), "=f"(d[3])
               : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]), "f"(c[0]), "f"(c[1]), "f"(c[2]), "f"(c[3]));
  check<16>("bf16", d, group, t);
  for (int i = 0; i < 4; ++i)
    a[i] = __float_as_uint(value(group + 8 * (i % 2), t + 4 * (i / 2)));
  for (int i = 0; i < 2; ++i)
    b[i] = __float_as_uint(other(t + 4 * i, group));
  for (int i = 0; i < 4; ++i)
    d[i] = c[i];
  asm volatile("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
               : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
               : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
  check<8>("tf32", d, group, t);
  int di[4];
  for (int i = 0; i < 4; ++i) {
    a[i] = 0;
    for (int k = 0; k < 4; ++k)
      a[i] |= (value(group + 8 * (i % 2), 4 * t + k + 16 * (i / 2)) & 255) << 8 * k;
    di[i] = c[i];
  }
  for (int i = 0; i < 2; ++i) {
    b[i] = 0;
    for (int k = 0; k < 4; ++k)
      b[i] |= (other(4 * t + k + 16 * i, group) & 255) << 8 * k;
  }
  asm volatile("mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
               : "+r"(di[0]), "+r"(di[1]), "+r"(di[2]), "+r"(di[3])
               : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
  for (int i = 0; i < 4; ++i)
    d[i] = di[i];
  check<32>("s8", d, group, t);
  if (threadIdx.x == 0)
    printf("multiplied\n");
  // CHECK: multiplied
}

__global__ void move(const unsigned short *from) {
  __shared__ __align__(16) unsigned short rows[32][8], back[8][8];
  const int lane = threadIdx.x, group = lane / 4, t = lane % 4;
  unsigned to = __cvta_generic_to_shared(&rows[lane][0]), r[4];
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(to), "l"(from + 8 * lane) : "memory");
  asm volatile("cp.async.commit_group; cp.async.wait_group 0;" ::: "memory");
  __syncthreads();
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];" : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3]) : "r"(to));
  for (int m = 0; m < 4; ++m)
    if ((r[m] & 0xffff) != rows[8 * m + group][2 * t] || r[m] >> 16 != rows[8 * m + group][2 * t + 1])
      printf("ldmatrix wrong at lane %d matrix %d\n", lane, m);
  asm volatile("ldmatrix.sync.aligned.m8n8.x1.trans.shared.b16 {%0}, [%1];" : "=r"(r[1]) : "r"(to));
  if ((r[1] & 0xffff) != rows[2 * t][group] || r[1] >> 16 != rows[2 * t + 1][group])
    printf("ldmatrix.trans wrong at lane %d\n", lane);
  asm volatile("movmatrix.sync.aligned.m8n8.trans.b16 %0, %1;" : "=r"(r[2]) : "r"(r[0]));
  if (r[2] != r[1])
    printf("movmatrix wrong at lane %d: %x\n", lane, r[2]);
  unsigned target = __cvta_generic_to_shared(&back[lane % 8][0]);
  asm volatile("stmatrix.sync.aligned.m8n8.x1.shared.b16 [%0], {%1};" ::"r"(target), "r"(r[0]) : "memory");
  __syncthreads();
  for (int i = 0; i < 2; ++i)
    if (back[lane / 4][2 * t + i] != rows[lane / 4][2 * t + i])
      printf("stmatrix wrong at lane %d\n", lane);
  // Without a space the address is a generic one.
  asm volatile("ldmatrix.sync.aligned.m8n8.x2.b16 {%0,%1}, [%2];" : "=r"(r[2]), "=r"(r[3]) : "l"(&rows[lane][0]));
  if (r[2] != r[0] || (r[3] & 0xffff) != rows[8 + group][2 * t])
    printf("generic ldmatrix wrong at lane %d\n", lane);
  asm volatile("stmatrix.sync.aligned.m8n8.x1.trans.b16 [%0], {%1};" ::"l"(&back[lane % 8][0]), "r"(r[0]) : "memory");
  __syncthreads();
  for (int i = 0; i < 2; ++i)
    if (back[2 * t + i][lane / 4] != rows[lane / 4][2 * t + i])
      printf("generic stmatrix wrong at lane %d\n", lane);
  __syncthreads();
  // A short source is filled with 0.
  unsigned value, address;
  asm volatile("cp.async.ca.shared.global [%0], [%1], 8, 2;" ::"r"(to), "l"(from) : "memory");
  asm volatile("{ .reg .u64 t; cvta.to.shared.u64 t, %1; cvt.u32.u64 %0, t; }" : "=r"(address) : "l"(&rows[lane][0]));
  asm volatile("ld.shared.u32 %0, [%1];" : "=r"(value) : "r"(address) : "memory");
  if (value != from[0] || address != to)
    printf("zero fill wrong at lane %d: %x\n", lane, value);
  asm volatile("st.shared.u32 [%1+4], %2; atom.shared.add.u32 %0, [%1+4], 5;" : "=r"(value) : "r"(to), "r"(value) : "memory");
  if (*(unsigned *)&rows[lane][2] != from[0] + 5u)
    printf("st.shared wrong at lane %d: %x\n", lane, *(unsigned *)&rows[lane][2]);
  if (lane == 0)
    printf("moved\n");
  // CHECK-NEXT: moved
}

int main() {
  unsigned short *from;
  cudaMallocManaged((void **)&from, 256 * sizeof(*from));
  for (int i = 0; i < 256; ++i)
    from[i] = 1000 + 3 * i;
  multiply<<<1, 32>>>();
  cudaDeviceSynchronize();
  move<<<1, 32>>>(from);
  cudaDeviceSynchronize();
  std::printf("%s\n", cudaGetErrorString(cudaGetLastError()));
  // CHECK-NEXT: no error
}
