// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// `block` and `thread` give the same results: loops with barriers, early ends, lanes apart in loops and branches, arrays of a
// thread across barriers, two dimensions, blocks that fill no warp. Expected values are computed on the host.
// RUN: %cuport-cc -O2 %s -o %t && %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// RUN: env CUPORT_WARP=64 %t | FileCheck %s
// RUN: %cuport-cc -O3 -march=x86-64 %s -o %t.plain && %t.plain | FileCheck %s
// CHECK: product 0 wrong
// CHECK-NEXT: early end 0 wrong
// CHECK-NEXT: apart 0 wrong
// CHECK-NEXT: branches 0 wrong
// CHECK-NEXT: arrays 0 wrong
// CHECK-NEXT: counted 0 wrong
// CHECK-NEXT: error 0

#include <cstdio>

constexpr int N = 64;

__global__ void product(const float *a, const float *b, float *c) {
  __shared__ float left[16][16], right[16][16];
  int x = threadIdx.x, y = threadIdx.y, row = blockIdx.y * 16 + y, column = blockIdx.x * 16 + x;
  float sum = 0;
  for (int tile = 0; tile < N / 16; ++tile) {
    left[y][x] = a[row * N + tile * 16 + x];
    right[y][x] = b[(tile * 16 + y) * N + column];
    __syncthreads();
    for (int k = 0; k < 16; ++k)
      sum += left[y][k] * right[k][x];
    __syncthreads();
  }
  c[row * N + column] = sum;
}

// Threads behind `used` end before the barriers.
__global__ void earlyEnd(int *out, int used) {
  extern __shared__ int values[];
  int t = threadIdx.x;
  if (t >= used)
    return;
  values[t] = t * t;
  __syncthreads();
  int next = values[(t + 1) % used];
  __syncthreads();
  values[t] = next;
  __syncthreads();
  out[t] = values[(t + 1) % used];
}

// Lanes leave the loop at different times; behind it the whole warp meets.
__global__ void apart(int *out) {
  int lane = threadIdx.x % 32, value = lane;
  for (int i = 0; i < lane % 5; ++i)
    value = __shfl_sync(__activemask(), value, lane) + 1;
  for (int offset = 16; offset; offset /= 2)
    value += __shfl_down_sync(0xffffffffu, value, offset, 32);
  if (lane == 0)
    out[threadIdx.x / 32] = value;
}

// Parts of warps in both branches, each with its mask, and a barrier of the block behind.
__global__ void branches(int *out) {
  __shared__ int all;
  int t = threadIdx.x, lane = t % 32;
  if (t == 0)
    all = 0;
  __syncthreads();
  int value;
  if (lane < 16)
    value = __shfl_xor_sync(0xffffu, t, 1);
  else
    value = -__shfl_xor_sync(0xffff0000u, t, 2);
  atomicAdd(&all, value);
  __syncthreads();
  out[t] = value;
  out[blockDim.x] = all;
}

__global__ void arrays(int *out) {
  int own[8], t = threadIdx.x;
  for (int i = 0; i < 8; ++i)
    own[i] = t * i;
  __syncthreads();
  int sum = 0;
  for (int i = 0; i < 8; ++i)
    sum += own[(i + t) & 7];
  __syncthreads();
  out[t] = sum + own[t & 7];
}

__global__ void counted(int *out) {
  int t = threadIdx.x;
  int third = __syncthreads_count(t % 3 == 0), any = __syncthreads_or(t == 5), every = __syncthreads_and(t < 99);
  out[t] = third * 4 + (any != 0) * 2 + (every != 0);
}

static void say(const char *what, int wrong) { std::printf("%s %d wrong\n", what, wrong); }

int main() {
  float *a, *b, *c;
  int *out;
  cudaMallocManaged((void **)&a, N * N * sizeof(float));
  cudaMallocManaged((void **)&b, N * N * sizeof(float));
  cudaMallocManaged((void **)&c, N * N * sizeof(float));
  cudaMallocManaged((void **)&out, 1024 * sizeof(int));
  for (int i = 0; i < N * N; ++i)
    a[i] = i % 7, b[i] = i % 5;
  product<<<dim3(N / 16, N / 16), dim3(16, 16)>>>(a, b, c);
  cudaDeviceSynchronize();
  int wrong = 0;
  for (int row = 0; row < N; ++row)
    for (int column = 0; column < N; ++column) {
      float sum = 0;
      for (int k = 0; k < N; ++k)
        sum += a[row * N + k] * b[k * N + column];
      wrong += sum != c[row * N + column];
    }
  say("product", wrong);

  wrong = 0;
  for (int used : {256, 250, 33, 1}) {
    earlyEnd<<<1, 256, 256 * sizeof(int)>>>(out, used);
    cudaDeviceSynchronize();
    for (int t = 0; t < used; ++t) {
      int from = (t + 2) % used;
      wrong += out[t] != from * from;
    }
  }
  say("early end", wrong);

  apart<<<1, 128>>>(out);
  cudaDeviceSynchronize();
  wrong = 0;
  for (int warp = 0; warp < 4; ++warp) {
    int sum = 0;
    for (int lane = 0; lane < 32; ++lane)
      sum += lane + lane % 5;
    wrong += out[warp] != sum;
  }
  say("apart", wrong);

  branches<<<1, 64>>>(out);
  cudaDeviceSynchronize();
  wrong = 0;
  int all = 0;
  for (int t = 0; t < 64; ++t) {
    int value = t % 32 < 16 ? t ^ 1 : -(t ^ 2);
    wrong += out[t] != value;
    all += value;
  }
  say("branches", wrong + (out[64] != all));

  arrays<<<1, 100>>>(out);
  cudaDeviceSynchronize();
  wrong = 0;
  for (int t = 0; t < 100; ++t)
    wrong += out[t] != t * 28 + t * (t & 7);
  say("arrays", wrong);

  counted<<<1, 100>>>(out);
  cudaDeviceSynchronize();
  wrong = 0;
  for (int t = 0; t < 100; ++t)
    wrong += out[t] != 34 * 4 + 2 + 0;
  say("counted", wrong);
  std::printf("error %d\n", int(cudaGetLastError()));
}
