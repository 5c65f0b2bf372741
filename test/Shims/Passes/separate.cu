// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// With -rdc, functions and variables of another file, also a function that has shared variables and barriers of its own.
// RUN: split-file %s %t.dir
// RUN: %cuport-cc -rdc=true %t.dir/kernel.cu %t.dir/device.cu -o %t && %t | FileCheck %s
// RUN: env CUPORT_MODE=thread CUPORT_THREADS=1 %t | FileCheck %s
// CHECK: 0 wrong, error 0
// Blocks of a cooperative launch live at the same time, each with its own.
// CHECK: 0 wrong across the grid, error 0

//--- kernel.cu
#include <cooperative_groups.h>
#include <cstdio>

__device__ int twice(int);
__device__ int *placeOfBlock();
__device__ int sumOfBlock(int);
extern __device__ int counter;
extern __constant__ int table[4];

__global__ void kernel(int *out) { out[threadIdx.x] = twice(threadIdx.x) + counter + table[1] + sumOfBlock(threadIdx.x); }

__global__ void across(int *wrong) {
  __shared__ int own;
  int outside = 0;
  if (threadIdx.x == 0)
    *placeOfBlock() = own = blockIdx.x;
  cooperative_groups::this_grid().sync();
  if (*placeOfBlock() != int(blockIdx.x) || !__isShared(placeOfBlock()) || !__isShared(&own) || __isShared(&outside) || __isShared(wrong))
    atomicAdd(wrong, 1);
}

int main() {
  int *out, wrong = 0;
  cudaMallocManaged((void **)&out, 64 * sizeof(int));
  kernel<<<1, 64>>>(out);
  cudaError_t error = cudaDeviceSynchronize();
  for (int t = 0; t < 64; ++t)
    wrong += out[t] != 2 * t + 100 + 2000 + 63 * 64 / 2;
  std::printf("%d wrong, error %d\n", wrong, int(error));
  *out = 0;
  void *arguments[] = {&out};
  cudaLaunchCooperativeKernel((void *)across, dim3(8), dim3(64), arguments, 0, 0);
  error = cudaDeviceSynchronize();
  std::printf("%d wrong across the grid, error %d\n", *out, int(error));
}

//--- device.cu
__device__ int counter = 100;
__constant__ int table[4] = {1000, 2000, 3000, 4000};

__device__ int twice(int x) { return 2 * x; }

__device__ int *placeOfBlock() {
  __shared__ int places[3];
  return places + 1;
}

__device__ int sumOfBlock(int x) {
  __shared__ int sum;
  if (threadIdx.x == 0)
    sum = 0;
  __syncthreads();
  atomicAdd(&sum, x);
  __syncthreads();
  return sum;
}
