// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is left of a row, or a row of a few threads, runs side by side, too, where that gains enough: threads behind the end of the row do nothing.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -S -emit-llvm %s -o %t.ll
// RUN: sed -n '/^define internal void @_Z6smoothPKfPfi.*\.block/,/^}/p' %t.ll | FileCheck %s --check-prefix=SMOOTH
// SMOOTH: icmp ult <16 x i32>
// Indices that are usually a row's are looked at in such threads only that there are.
// RUN: sed -n '/^define internal void @_Z5edgesPKfPfi.*\.block/,/^}/p' %t.ll | FileCheck %s --check-prefix=EDGES
// EDGES: call <16 x float> @llvm.masked.load
// RUN: %cuport-cc -std=c++17 -O3 %s -o %t
// RUN: %t | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O3 -mllvm -cuport-widen=always %s -o %t.always
// RUN: %t.always | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O3 -march=x86-64-v2 -mllvm -cuport-widen=always %s -o %t.v2
// RUN: %t.v2 | FileCheck %s
// CHECK: smooth 0 wrong
// CHECK-NEXT: steps 0 wrong
// CHECK-NEXT: count 0 wrong
// CHECK-NEXT: edges 0 wrong

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

__host__ __device__ int inside(int i, int n) { return i < 0 ? 0 : i < n ? i : n - 1; }

__host__ __device__ float edges(const float *in, int n, int x, int y) {
  float sum = 0;
  for (int j = -2; j <= 2; ++j)
    for (int i = -2; i <= 2; ++i)
      sum += in[inside(y + j, n) * n + inside(x + i, n)] * static_cast<float>(i * i + j * j + 1);
  return sum;
}

__global__ void edges(const float *in, float *out, int n) {
  const int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
  if (x < n && y < n && (x + y) % 3)
    out[y * n + x] = edges(in, n, x, y);
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
  int wrongEdges = 0;
  for (dim3 block : {dim3(8, 8), dim3(6, 5), dim3(32, 2), dim3(24, 1)}) {
    constexpr int N = 50;
    std::memset(out, 0, sizeof(float) * Most);
    edges<<<dim3((N + block.x - 1) / block.x, (N + block.y - 1) / block.y), block>>>(in, out, N);
    cudaDeviceSynchronize();
    for (int i = 0; i < N * N; ++i)
      wrongEdges += out[i] != ((i % N + i / N) % 3 ? edges(in, N, i % N, i / N) : 0);
  }
  const char *names[] = {"smooth", "steps", "count"};
  for (int i = 0; i < 3; ++i)
    std::printf("%s %d wrong\n", names[i], wrong[i]);
  std::printf("edges %d wrong\n", wrongEdges);
}
