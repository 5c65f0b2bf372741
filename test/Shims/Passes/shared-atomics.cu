// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Nobody but a block's own thread of the operating system sees its shared memory, and so atomics there are plain. They do not keep threads from
// running side by side: these make them in turn, and those on one address together.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -S -emit-llvm %s -o %t.ll 2>&1 | FileCheck %s --check-prefix=GAINS
// GAINS-DAG: threads of _Z5totalPKfPfii run side by side
// GAINS-DAG: threads of _Z4keepPKiPiS1_ii run side by side
// RUN: sed -n '/^define internal void @_Z5totalPKfPfii.*\.\(block\|lockstep\)/,/^}/p' %t.ll \
// RUN:   | FileCheck %s --check-prefix=PLAIN --implicit-check-not=atomicrmw --implicit-check-not=cmpxchg
// PLAIN: define internal void
// RUN: %cuport-cc -std=c++17 -O3 -ffp-contract=off -mllvm -cuport-widen=never %s -o %t.never
// RUN: %t.never > %t.expected
// RUN: FileCheck %s < %t.expected
// RUN: %cuport-cc -std=c++17 -O3 -ffp-contract=off %s -o %t
// RUN: %t | diff %t.expected -
// RUN: %cuport-cc -std=c++17 -O3 -ffp-contract=off -mllvm -cuport-widen=always %s -o %t.always
// RUN: %t.always | diff %t.expected -
// RUN: env CUPORT_MODE=thread CUPORT_THREADS=1 %t | diff %t.expected -

#include <cstdio>

constexpr int Threads = 96, Blocks = 7, Count = Threads * Blocks, Bins = 19;

/// A sum of floats: in the order of the threads.
__global__ void total(const float *in, float *out, int n, int rounds) {
  __shared__ float sum;
  __shared__ int most;
  if (threadIdx.x == 0) {
    sum = 0;
    most = 0;
  }
  __syncthreads();
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  float own = 0;
  for (int round = 0; round < rounds; ++round)
    own = own * 0.5f + in[(i + round) % n];
  if (i % 3 != 1)
    atomicAdd(&sum, own);
  atomicMax(&most, int(own * 100));
  __syncthreads();
  if (threadIdx.x == 0)
    out[blockIdx.x] = sum + most;
}

/// What is kept, in the order of the threads, and how often which value came.
__global__ void keep(const int *in, int *out, int *bins, int n, int rounds) {
  __shared__ int kept, histogram[Bins];
  if (threadIdx.x < Bins)
    histogram[threadIdx.x] = 0;
  if (threadIdx.x == 0)
    kept = 0;
  __syncthreads();
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  int value = in[i % n];
  for (int round = 0; round < rounds; ++round)
    value = value * 1664525 + 1013904223;
  value = (value >> 8 & 0xffff) % Bins;
  if (value % 4)
    out[blockIdx.x * blockDim.x + atomicAdd(&kept, 1)] = i;
  atomicAdd(&histogram[value], 1 + (i & 1));
  __syncthreads();
  if (threadIdx.x < Bins)
    atomicAdd(&bins[threadIdx.x], histogram[threadIdx.x]);
}

int main() {
  float *numbers, *sums;
  int *in, *out, *bins;
  cudaMallocManaged(&numbers, Count * sizeof(float));
  cudaMallocManaged(&sums, Blocks * sizeof(float));
  cudaMallocManaged(&in, Count * sizeof(int));
  cudaMallocManaged(&out, Count * sizeof(int));
  cudaMallocManaged(&bins, Bins * sizeof(int));
  for (int i = 0; i < Count; ++i) {
    numbers[i] = i * 37 % 101 / 7.f;
    in[i] = i * 7919;
    out[i] = -1;
  }
  total<<<Blocks, Threads>>>(numbers, sums, Count, 25);
  keep<<<Blocks, Threads>>>(in, out, bins, Count, 25);
  // CHECK: no error
  printf("%s\n", cudaGetErrorString(cudaDeviceSynchronize()));
  for (int i = 0; i < Blocks; ++i)
    printf("%a ", sums[i]);
  int last = 0, kept = 0, all = 0;
  for (int i = 0; i < Count; ++i) {
    kept += out[i] >= 0;
    last = last * 31 + out[i];
  }
  for (int i = 0; i < Bins; ++i) {
    all += bins[i];
    printf("%d ", bins[i]);
  }
  // Of 672 threads every other one counts twice.
  // CHECK: 1008 in bins
  printf("\n%d kept, %d in bins\n%d\n", kept, all, last);
}
