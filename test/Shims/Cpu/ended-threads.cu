// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads that return early: the others go on past barriers, together where they are a box (docs/Shim.md), and see what they would see if
// each ran alone. A block of 16 x 4 x 2 threads; the number is how many are left, by __syncthreads_count.
// RUN: %cuport-cc -std=c++17 -O2 %s -o %t
// RUN: %t > %t.found
// RUN: FileCheck %s < %t.found
// RUN: env CUPORT_MODE=thread %t > %t.threads
// RUN: diff %t.found %t.threads
// CHECK: all 128
// CHECK-NEXT: x 80
// CHECK-NEXT: y 96
// CHECK-NEXT: z 64
// CHECK-NEXT: xy 20
// CHECK-NEXT: xyz 15
// CHECK-NEXT: linear 69
// CHECK-NEXT: odd 64
// CHECK-NEXT: first 127
// CHECK-NEXT: only 1
// CHECK-NEXT: steps 128 112 96 80 64 48 32 16
// CHECK-NEXT: none left
// CHECK-NEXT: in the loop: 0 wrong
// CHECK-NEXT: warps: 0 wrong

#include <cstdio>

enum Who { All, X, Y, Z, XY, XYZ, Linear, Odd, First, Only };

__device__ int linear() { return threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z); }

__device__ bool ends(int who) {
  switch (who) {
  case X:
    return threadIdx.x >= 10;
  case Y:
    return threadIdx.y >= 3;
  case Z:
    return threadIdx.z >= 1;
  case XY:
    return threadIdx.x >= 5 || threadIdx.y >= 2;
  case XYZ:
    return threadIdx.x >= 5 || threadIdx.y >= 3 || threadIdx.z >= 1;
  case Linear:
    return linear() >= 69;
  case Odd:
    return threadIdx.x & 1;
  case First:
    return linear() == 0;
  case Only:
    return linear() != 0;
  }
  return false;
}

// What the neighbours wrote before the barrier, in a loop whose counter all threads have in common.
__global__ void __launch_bounds__(128) neighbours(int who, int *out, int rounds) {
  __shared__ int values[129];
  const int place = linear();
  values[place] = place;
  values[128] = -1;
  __syncthreads();
  if (ends(who))
    return;
  for (int round = 0; round < rounds; ++round) {
    __syncthreads();
    const int next = values[place + 1];
    __syncthreads();
    values[place] += next + round;
  }
  const int left = __syncthreads_count(1);
  __syncthreads();
  out[place] = values[place] * 1000 + left;
}

// A row of threads fewer in each round.
__global__ void steps(int *left) {
  for (int round = 0; round < 8; ++round) {
    if (linear() / 16 >= 8 - round)
      return;
    __syncthreads();
    const int count = __syncthreads_count(1);
    if (linear() == 0)
      left[round] = count;
  }
}

__global__ void noneLeft(int *out) {
  if (linear() >= 0)
    return;
  __syncthreads();
  *out = 1;
}

// Some end inside the loop, in each iteration others; what is left is no box in between.
__global__ void inLoop(int *out) {
  __shared__ int sum;
  if (linear() == 0)
    sum = 0;
  __syncthreads();
  for (int round = 0; round < 20; ++round) {
    if (threadIdx.x == 15 - round || (round > 10 && threadIdx.y == 3))
      return;
    atomicAdd(&sum, 1);
    __syncthreads();
    out[round * 128 + linear()] = sum;
    __syncthreads();
  }
}

// Behind the barrier collectives of full warps, for whole rows of 32.
__global__ void warps(int *out, int rows) {
  if (int(threadIdx.y) >= rows)
    return;
  __syncthreads();
  int sum = threadIdx.x + threadIdx.y;
  for (int offset = 16; offset > 0; offset /= 2)
    sum += __shfl_xor_sync(~0u, sum, offset);
  __syncthreads();
  out[threadIdx.y * 32 + threadIdx.x] = sum + __syncthreads_or(threadIdx.x == 3 && int(threadIdx.y) == rows - 1);
}

int main() {
  int *out;
  cudaMallocManaged(&out, 20 * 128 * sizeof(int));
  const char *names[] = {"all", "x", "y", "z", "xy", "xyz", "linear", "odd", "first", "only"};
  const dim3 shape(16, 4, 2);
  for (int who = All; who <= Only; ++who) {
    cudaMemset(out, 0, 128 * sizeof(int));
    neighbours<<<1, shape>>>(who, out, 5);
    cudaDeviceSynchronize();
    int left = 0;
    unsigned hash = 0;
    for (int i = 0; i < 128; ++i) {
      if (out[i])
        left = out[i] % 1000 < 0 ? out[i] % 1000 + 1000 : out[i] % 1000;
      hash = hash * 31 + out[i];
    }
    printf("%s %d %u\n", names[who], left, hash);
  }

  steps<<<1, shape>>>(out);
  cudaDeviceSynchronize();
  printf("steps");
  for (int round = 0; round < 8; ++round)
    printf(" %d", out[round]);

  *out = 0;
  noneLeft<<<1, shape>>>(out);
  printf("\n%s\n", cudaDeviceSynchronize() == cudaSuccess && !*out ? "none left" : "error");

  cudaMemset(out, 0, 20 * 128 * sizeof(int));
  inLoop<<<1, shape>>>(out);
  cudaDeviceSynchronize();
  int wrong = 0, sum = 0;
  for (int round = 0; round < 20; ++round) {
    auto isThere = [&](int i) { return i % 16 < 15 - round && !(round > 10 && i / 16 % 4 == 3); };
    for (int i = 0; i < 128; ++i)
      sum += isThere(i);
    for (int i = 0; i < 128; ++i)
      wrong += out[round * 128 + i] != (isThere(i) ? sum : 0);
  }
  printf("in the loop: %d wrong\n", wrong);

  wrong = 0;
  for (int rows = 1; rows <= 4; ++rows) {
    cudaMemset(out, 0, 128 * sizeof(int));
    warps<<<1, dim3(32, 4)>>>(out, rows);
    cudaDeviceSynchronize();
    for (int i = 0; i < 128; ++i)
      wrong += out[i] != (i / 32 < rows ? 31 * 16 + 32 * (i / 32) + 1 : 0);
  }
  printf("warps: %d wrong\n", wrong);
}
