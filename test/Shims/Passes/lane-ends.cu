// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is left of a row, or a row of a few threads, runs side by side, too, where that gains enough: threads behind the end of the row do nothing.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -S -emit-llvm %s -o %t.ll
// RUN: sed -n '/^define internal void @_Z6smoothPKfPfi.*\.block/,/^}/p' %t.ll | FileCheck %s --check-prefix=SMOOTH
// SMOOTH: icmp ult <16 x i32>
// RUN: %cuport-cc -std=c++17 -O3 %s -o %t
// RUN: %t | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O3 -mllvm -cuport-widen=always %s -o %t.always
// RUN: %t.always | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O3 -march=x86-64-v2 -mllvm -cuport-widen=always %s -o %t.v2
// RUN: %t.v2 | FileCheck %s
// CHECK: smooth 0 wrong
// CHECK-NEXT: steps 0 wrong
// CHECK-NEXT: count 0 wrong

#include <cmath>
#include <cstdio>
#include <cstring>

constexpr int Most = 4096;

__device__ int place() {
  int block = (blockIdx.y * gridDim.x + blockIdx.x) * blockDim.x * blockDim.y * blockDim.z;
  return block + (threadIdx.z * blockDim.y + threadIdx.y) * blockDim.x + threadIdx.x;
}

__host__ __device__ float smooth(float x, int rounds) {
  float sum = 0;
  for (int i = 0; i < rounds; ++i)
    sum = sum * 0.5f + sqrtf(x + i) * (x - i);
  return sum;
}

__global__ void smooth(const float *in, float *out, int rounds) { out[place()] = smooth(in[place()], rounds); }

// Some leave early, loops differ, and there is a number for each x.
__host__ __device__ int steps(int x, const int *table, int y) {
  int n = 0;
  while (x > 1 && n < 40) {
    x = x % 2 ? 3 * x + 1 : x / 2;
    n += table[y];
  }
  return n;
}

__global__ void steps(const int *table, int *out) {
  if (threadIdx.x * 3 % 5 == 4)
    return;
  out[place()] = steps(place(), table, threadIdx.x);
}

__global__ void count(int *sums) {
  for (unsigned i = 0; i <= threadIdx.x; ++i)
    atomicAdd(sums + threadIdx.y, i);
  atomicMax(sums + 100, threadIdx.x);
}

template <typename T> static T *managed(int count) {
  T *memory = nullptr;
  cudaMallocManaged(&memory, sizeof(T) * count);
  return memory;
}

int main() {
  float *in = managed<float>(Most), *out = managed<float>(Most);
  int *table = managed<int>(64), *numbers = managed<int>(Most);
  for (int i = 0; i < Most; ++i)
    in[i] = i % 100 + 0.25f;
  for (int i = 0; i < 64; ++i)
    table[i] = i + 1;
  const dim3 blocks[] = {{1, 1, 1}, {3, 1, 1}, {6, 1, 1}, {8, 8, 1}, {4, 4, 4}, {10, 3, 2}, {15, 2, 1}, {17, 1, 1}, {37, 2, 1}, {16, 4, 1}};
  int wrong[3] = {};
  for (dim3 block : blocks) {
    const int threads = block.x * block.y * block.z;
    const dim3 grid(3, 2, 1);
    const int all = threads * grid.x * grid.y;
    std::memset(out, 0, sizeof(float) * Most);
    std::memset(numbers, 0, sizeof(int) * Most);
    smooth<<<grid, block>>>(in, out, 20);
    steps<<<grid, block>>>(table, numbers);
    cudaDeviceSynchronize();
    for (int i = 0; i < Most; ++i) {
      const float expected = i < all ? smooth(in[i], 20) : 0;
      wrong[0] += std::fabs(out[i] - expected) > std::fabs(expected) * 1e-5f;
      const int x = i % block.x;
      wrong[1] += numbers[i] != (i < all && x * 3 % 5 != 4 ? steps(i, table, x) : 0);
    }
    std::memset(numbers, 0, sizeof(int) * Most);
    count<<<grid, block>>>(numbers);
    cudaDeviceSynchronize();
    int sum = 0;
    for (unsigned x = 0; x < block.x; ++x)
      sum += x * (x + 1) / 2;
    for (unsigned y = 0; y < 100; ++y)
      wrong[2] += numbers[y] != (y < block.y ? sum * 6 * int(block.z) : 0);
    wrong[2] += numbers[100] != int(block.x) - 1;
  }
  const char *names[] = {"smooth", "steps", "count"};
  for (int i = 0; i < 3; ++i)
    std::printf("%s %d wrong\n", names[i], wrong[i]);
}
