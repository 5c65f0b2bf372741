// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads that part for different points still run side by side up to there: warps that have rows of different length, and lanes of which
// some return before the others meet.
// RUN: %cuport-cc -std=c++17 -O2 -mllvm -cuport-widen=never %s -o %t.alone && %t.alone | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O2 -mllvm -cuport-widen=always %s -o %t.lanes && %t.lanes | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O2 %s -o %t.default && %t.default | FileCheck %s
// RUN: env CUPORT_MODE=thread %t.default | FileCheck %s

// RUN: %device-half -w -std=c++17 -O2 -march=x86-64-v3 -S -emit-llvm %s -o %t.ll
// RUN: sed -n '/^define internal i32 @_Z4rows.*lockstep/,/^}/p' %t.ll | FileCheck %s --check-prefix=ROWS
// RUN: sed -n '/^define internal i32 @_Z5leave.*lockstep/,/^}/p' %t.ll | FileCheck %s --check-prefix=LEAVE
// At the begin and behind the last shuffle.
// ROWS-COUNT-2: masked.load.v16i32
// LEAVE: vector.reduce.umin.v16i32
// LEAVE: store <16 x i32>

// CHECK: rows 0 wrong
// CHECK-NEXT: leave 0 wrong
// CHECK-NEXT: no error

#include <cstdio>

__global__ void rows(const int *in, int *out, int n) {
  const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  for (int row = warp; row < n; row += blockDim.x / 32) {
    int sum = 0;
    for (int k = lane; k <= row; k += 32)
      sum += in[row * n + k];
    for (int offset = 16; offset; offset /= 2)
      sum += __shfl_xor_sync(~0u, sum, offset);
    if (lane == 0)
      out[row] = sum;
  }
}

__global__ void leave(const int *in, int *out) {
  __shared__ int sums[96];
  const int t = threadIdx.x;
  int sum = 0;
  for (int k = t; k > 0; k /= 2)
    sum += in[k];
  sums[t] = sum;
  if (sum % 3 == 0)
    return;
  __syncthreads();
  out[t] = sums[t] + sums[95 - t];
}

int main() {
  constexpr int N = 96;
  int *in, *out;
  cudaMallocManaged(&in, N * N * sizeof(int));
  cudaMallocManaged(&out, N * sizeof(int));
  for (int i = 0; i < N * N; ++i)
    in[i] = i * i % 7;
  rows<<<1, 160>>>(in, out, N);
  cudaDeviceSynchronize();
  int wrong = 0;
  for (int row = 0; row < N; ++row) {
    int sum = 0;
    for (int k = 0; k <= row; ++k)
      sum += in[row * N + k];
    wrong += out[row] != sum;
  }
  std::printf("rows %d wrong\n", wrong);

  for (int i = 0; i < N; ++i)
    out[i] = -1;
  leave<<<1, N>>>(in, out);
  cudaDeviceSynchronize();
  int sums[N] = {};
  for (int t = 0; t < N; ++t)
    for (int k = t; k > 0; k /= 2)
      sums[t] += in[k];
  wrong = 0;
  for (int t = 0; t < N; ++t)
    wrong += out[t] != (sums[t] % 3 == 0 ? -1 : sums[t] + sums[N - 1 - t]);
  std::printf("leave %d wrong\n%s\n", wrong, cudaGetErrorString(cudaGetLastError()));
}
