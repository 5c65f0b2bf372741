// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where a kernel's first branch lets neighbours of a row pass and ends the others, just those that pass are run, without masks. Where indices
// wrap around they may not be neighbours, and where something is done before the branch all do it, unless it is to their own variables.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -S -emit-llvm %s -o %t.ll
// RUN: sed -n '/^define internal void @_Z5innerPfi/,/^}/p' %t.ll | FileCheck %s
// RUN: sed -n '/^define internal void @_Z3ownPfi/,/^}/p' %t.ll | FileCheck %s
// How many go, and from where on.
// CHECK: umin
// RUN: %cuport-cc -std=c++17 -O3 %s -o %t
// RUN: %t | FileCheck %s --check-prefix=RESULT
// RUN: env CUPORT_MODE=thread %t | FileCheck %s --check-prefix=RESULT
// RESULT: 0 wrong

#include <cstdio>
#include <vector>

__global__ void inner(float *a, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    a[i] += 1;
}

__global__ void between(float *a, int from, int to) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < from || i >= to)
    return;
  a[i] += 1;
}

/// With `from` in a row, its first threads' differences wrap around to what is not less than `length`; or is, if that is large.
__global__ void wrapped(float *a, unsigned from, unsigned length) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i - from < length)
    a[i] += 1;
}

__global__ void box(float *a, int width, int height, int pitch) {
  const int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
  if (x >= 1 && x < width - 1 && y >= 1 && y < height - 1)
    a[y * pitch + x] += 1;
}

__global__ void backwards(float *a, int n, int last) {
  const int i = last - int(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < n)
    a[i] += 1;
}

__global__ void before(float *a, float *b, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  b[i] = i;
  if (i >= n)
    return;
  a[i] += 1;
}

__global__ void own(float *a, int n) {
  float values[16] = {};
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  for (int k = 0; k < n; k += 8)
    values[k % 16] += k == 8 * i;
  float sum = 0;
  for (int k = 0; k < 16; ++k)
    sum += values[(k + i) % 16];
  a[i] += sum;
}

int main() {
  constexpr int Count = 4096;
  float *a, *b;
  cudaMallocManaged(&a, Count * sizeof(float));
  cudaMallocManaged(&b, Count * sizeof(float));
  std::vector<float> expected(Count, 0.f);
  int wrong = 0;
  auto add = [&](auto &&goes) {
    for (int i = 0; i < Count; ++i)
      expected[i] += goes(i);
  };
  auto check = [&](const char *what) {
    int here = cudaDeviceSynchronize() != cudaSuccess;
    for (int i = 0; i < Count; ++i)
      here += a[i] != expected[i];
    if (here)
      printf("%s: %d\n", what, here);
    wrong += here;
  };
  for (int i = 0; i < Count; ++i)
    a[i] = b[i] = 0;
  for (int threads : {1, 32, 100, 256, 1024}) {
    const int blocks = Count / threads;
    for (int n : {0, 1, 31, 32, 33, 100, 1000, 1023, 1025, Count}) {
      inner<<<blocks, threads>>>(a, n);
      add([&](int i) { return i < n && i < blocks * threads; });
      check("inner");
      own<<<blocks, threads>>>(a, n);
      add([&](int i) { return i < n && i < blocks * threads && 8 * i < n; });
      check("own");
      for (int from : {0, 5, 40, 999}) {
        between<<<blocks, threads>>>(a, from, n);
        add([&](int i) { return i >= from && i < n && i < blocks * threads; });
        check("between");
        for (unsigned length : {0u, 7u, unsigned(n), 0xfffffff8u, 0xffffffffu}) {
          wrapped<<<blocks, threads>>>(a, from, length);
          add([&](int i) { return unsigned(i - from) < length && i < blocks * threads; });
          check("wrapped");
        }
      }
      backwards<<<blocks, threads>>>(a, n, blocks * threads - 1);
      add([&](int i) { return i < n && i < blocks * threads; });
      check("backwards");
      before<<<blocks, threads>>>(a, b, n);
      add([&](int i) { return i < n && i < blocks * threads; });
      check("before");
      for (int i = 0; i < blocks * threads; ++i) {
        wrong += b[i] != i;
        b[i] = -1;
      }
    }
  }
  for (int width : {1, 3, 16, 17, 33, 64})
    for (int height : {1, 2, 17, 50, 64}) {
      box<<<dim3(4, 5), dim3(16, 13)>>>(a, width, height, 64);
      add([&](int i) { return i % 64 >= 1 && i % 64 < width - 1 && i / 64 >= 1 && i / 64 < height - 1; });
      check("box");
    }
  printf("%d wrong\n", wrong);
}
