// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// With -rdc, functions and variables of another file, also a function that has shared variables and barriers of its own.
// RUN: split-file %s %t.dir
// RUN: %cuport-cc -rdc=true %t.dir/kernel.cu %t.dir/device.cu -o %t && %t | FileCheck %s
// CHECK: 0 wrong, error 0

//--- kernel.cu
#include <cstdio>

__device__ int twice(int);
__device__ int sumOfBlock(int);
extern __device__ int counter;
extern __constant__ int table[4];

__global__ void kernel(int *out) { out[threadIdx.x] = twice(threadIdx.x) + counter + table[1] + sumOfBlock(threadIdx.x); }

int main() {
  int *out, wrong = 0;
  cudaMallocManaged((void **)&out, 64 * sizeof(int));
  kernel<<<1, 64>>>(out);
  cudaError_t error = cudaDeviceSynchronize();
  for (int t = 0; t < 64; ++t)
    wrong += out[t] != 2 * t + 100 + 2000 + 63 * 64 / 2;
  std::printf("%d wrong, error %d\n", wrong, int(error));
}

//--- device.cu
__device__ int counter = 100;
__constant__ int table[4] = {1000, 2000, 3000, 4000};

__device__ int twice(int x) { return 2 * x; }

__device__ int sumOfBlock(int x) {
  __shared__ int sum;
  if (threadIdx.x == 0)
    sum = 0;
  __syncthreads();
  atomicAdd(&sum, x);
  __syncthreads();
  return sum;
}
