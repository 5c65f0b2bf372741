// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Code from the time when the lanes of a warp always went in step: `volatile` shared memory and no barrier between lanes.
// RUN: %cuport-cc -w -O2 %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// RUN: env CUPORT_ORDER=backward %t | FileCheck %s
// RUN: env CUPORT_ORDER=shuffle:3 CUPORT_MODE=thread %t | FileCheck %s
// RUN: env CUPORT_WARP=64 %t | FileCheck %s

// Plain shared memory, and volatile memory that is not shared, cost no steps: no collectives but the one barrier.
// RUN: %device-half -w -O2 -S -emit-llvm %s -o - | FileCheck %s --check-prefix=FLAGS
// FLAGS: @cuport.kernels =
// FLAGS-SAME: i32 2, ptr @_Z4scanPi.cuport.thread,
// FLAGS-SAME: i32 11, ptr @_Z3sumPi.cuport.thread,
// FLAGS-SAME: i32 1, ptr @_Z5plainPiPVi.cuport.thread,

#include <cstdio>

constexpr int Threads = 128, Half = 16, Lanes = 32;

__device__ int scanLanes(int value, volatile int *data) {
  int at = 2 * threadIdx.x - (threadIdx.x & (Lanes - 1));
  data[at] = 0;
  at += Lanes;
  int sum = data[at] = value;
  data[at] = sum += data[at - 1];
  data[at] = sum += data[at - 2];
  data[at] = sum += data[at - 4];
  data[at] = sum += data[at - 8];
  data[at] = sum += data[at - 16];
  return data[at - 1];
}

__global__ void scan(int *values) {
  __shared__ int data[2 * Threads];
  values[threadIdx.x] = scanLanes(values[threadIdx.x], data);
}

// Half of a warp goes on alone.
__device__ void sumLanes(volatile int *data) {
  for (int step = Half; step > 0; step /= 2)
    data[threadIdx.x] += data[threadIdx.x + step];
}

__global__ void sum(int *values) {
  extern __shared__ int data[];
  data[threadIdx.x] = values[threadIdx.x];
  __syncthreads();
  for (int step = Threads / 2; step > Half; step /= 2) {
    if (threadIdx.x < step)
      data[threadIdx.x] += data[threadIdx.x + step];
    __syncthreads();
  }
  if (threadIdx.x < Half)
    sumLanes(data);
  if (threadIdx.x == 0)
    values[0] = data[0];
}

__global__ void plain(int *values, volatile int *out) {
  __shared__ int data[Threads];
  data[threadIdx.x] = values[threadIdx.x];
  __syncthreads();
  out[threadIdx.x] = data[Threads - 1 - threadIdx.x];
}

int main() {
  int *values;
  cudaMallocManaged(&values, Threads * sizeof(int));
  for (int i = 0; i < Threads; ++i)
    values[i] = i % 7;
  scan<<<1, Threads>>>(values);
  cudaDeviceSynchronize();
  int wrong = 0;
  for (int i = 0, before = 0; i < Threads; ++i) {
    if (i % Lanes == 0)
      before = 0;
    wrong += values[i] != before;
    before += i % 7;
  }
  // CHECK: 0 wrong
  printf("%d wrong\n", wrong);
  for (int i = 0; i < Threads; ++i)
    values[i] = i;
  sum<<<1, Threads, Threads * sizeof(int)>>>(values);
  cudaDeviceSynchronize();
  // CHECK: sum 8128
  printf("sum %d\n", values[0]);
}
