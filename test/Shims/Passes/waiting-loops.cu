// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loops that wait for what another thread or block writes let it run; other loops around atomics stay as they are, in block mode.
// RUN: %device-half -w -O2 -S -emit-llvm %s -o - | FileCheck %s
// RUN: %device-half -w -O0 -S -emit-llvm %s -o - | FileCheck %s
// RUN: %cuport-cc -w -O2 %s -o %t && %t | FileCheck %s --check-prefix=OUTPUT
// RUN: env CUPORT_THREADS=1 CUPORT_ORDER=backward %t | FileCheck %s --check-prefix=OUTPUT
// RUN: %cuport-cc -w -O0 -g %s -o %t.0 && %t.0 | FileCheck %s --check-prefix=OUTPUT

// Flags 16: it waits, and so has no `block`.
// CHECK: @cuport.kernels =
// CHECK-SAME: i32 17, ptr @_Z14flagOfTheBlockPi.cuport.thread, ptr null,
// CHECK-SAME: i32 17, ptr @_Z11otherBlocksPjPi.cuport.thread, ptr null,
// CHECK-SAME: i32 0, ptr @_Z5tablePii.cuport.thread,
// CHECK-SAME: i32 0, ptr @_Z5claimPjPii.cuport.thread,
// CHECK-SAME: i32 0, ptr @_Z6searchPVii.cuport.thread,
// CHECK-SAME: i32 1, ptr @_Z6roundsPVi.cuport.thread,

#include <cstdio>

__global__ void flagOfTheBlock(int *out) {
  __shared__ volatile int flag;
  if (threadIdx.x == 0)
    flag = 0;
  __syncthreads();
  if (threadIdx.x == 3) {
    while (flag == 0)
      ;
    out[0] = flag;
  }
  if (threadIdx.x == 64)
    flag = 7;
}

__global__ void otherBlocks(unsigned *count, int *out) {
  out[blockIdx.x] = blockIdx.x;
  __syncthreads();
  if (threadIdx.x == 0) {
    __threadfence();
    atomicAdd(count, 1);
    while (atomicAdd(count, 0) < gridDim.x)
      ;
    out[gridDim.x + blockIdx.x] = out[(blockIdx.x + 1) % gridDim.x];
  }
}

// What changes memory itself does not wait, nor does what reads another place every time, or meets a barrier.
__global__ void table(int *keys, int key) {
  int at = key % 16;
  while (atomicCAS(&keys[at], 0, key) != 0)
    at = (at + 1) % 16;
}

__global__ void claim(unsigned *next, int *out, int n) {
  unsigned i;
  while ((i = atomicAdd(next, 1)) < n)
    out[i] = i;
}

__global__ void search(volatile int *values, int n) {
  int i = 0;
  while (i < n && values[i] != 3)
    ++i;
  values[n] = i;
}

__global__ void rounds(volatile int *again) {
  while (*again) {
    __syncthreads();
    if (threadIdx.x == 0)
      *again = *again - 1;
    __syncthreads();
  }
}

int main() {
  int *out;
  unsigned *count;
  cudaMallocManaged(&out, 200 * sizeof(int));
  cudaMallocManaged(&count, sizeof(unsigned));
  flagOfTheBlock<<<1, 128>>>(out);
  cudaError_t status = cudaDeviceSynchronize();
  // OUTPUT: block 7, no error
  printf("block %d, %s\n", out[0], cudaGetErrorString(status));
  *count = 0;
  otherBlocks<<<50, 32>>>(count, out);
  status = cudaDeviceSynchronize();
  int wrong = 0;
  for (int i = 0; i < 50; ++i)
    wrong += out[50 + i] != (i + 1) % 50;
  // OUTPUT-NEXT: wrong 0, no error
  printf("wrong %d, %s\n", wrong, cudaGetErrorString(status));
}
