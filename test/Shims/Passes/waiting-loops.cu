// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loops that wait for what another thread or block writes let it run, in both modes; other loops around atomics stay as they are.
// RUN: %device-half -w -O2 -S -emit-llvm %s -o - | FileCheck %s --check-prefixes=CHECK,BLOCK
// RUN: %device-half -w -O0 -S -emit-llvm %s -o - | FileCheck %s --check-prefixes=CHECK,THREAD
// RUN: %cuport-cc -w -O2 %s -o %t && %t | FileCheck %s --check-prefix=OUTPUT
// RUN: env CUPORT_THREADS=1 %t | FileCheck %s --check-prefix=OUTPUT
// RUN: env CUPORT_THREADS=1 CUPORT_WARP=64 %t | FileCheck %s --check-prefix=OUTPUT
// RUN: env CUPORT_MODE=thread %t | FileCheck %s --check-prefix=OUTPUT
// RUN: env CUPORT_THREADS=1 CUPORT_ORDER=backward %t | FileCheck %s --check-prefix=OUTPUT
// RUN: %cuport-cc -w -O0 -g %s -o %t.0 && %t.0 | FileCheck %s --check-prefix=OUTPUT

// Flags 16: it waits.
// CHECK: @cuport.kernels =
// BLOCK-SAME: i32 17, ptr @_Z14flagOfTheBlockPi.cuport.thread, ptr @_Z14flagOfTheBlockPi.cuport.block,
// BLOCK-SAME: i32 17, ptr @_Z11otherBlocksPjPi.cuport.thread, ptr @_Z11otherBlocksPjPi.cuport.block,
// THREAD-SAME: i32 17, ptr @_Z14flagOfTheBlockPi.cuport.thread, ptr null,
// THREAD-SAME: i32 17, ptr @_Z11otherBlocksPjPi.cuport.thread, ptr null,
// CHECK-SAME: i32 17, ptr @_Z13flagOfTheWarpPi.cuport.thread,
// CHECK-SAME: i32 17, ptr @_Z5chainPVjPii.cuport.thread,
// CHECK-SAME: i32 17, ptr @_Z5rolesPii.cuport.thread,
// CHECK-SAME: i32 18, ptr @_Z6lockedPiS_.cuport.thread,
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

// Lane by lane, the last one first.
__global__ void flagOfTheWarp(int *out) {
  __shared__ volatile int turn;
  if (threadIdx.x == 31)
    turn = 31;
  __syncthreads();
  while (turn != threadIdx.x)
    ;
  out[31 - threadIdx.x] = threadIdx.x;
  __threadfence_block();
  turn = threadIdx.x - 1;
}

// Tiles in turn, each block several: what is before a tile is known when the tile before is done.
__global__ void chain(volatile unsigned *flags, int *out, int tiles) {
  __shared__ int all, before;
  for (int tile = blockIdx.x; tile < tiles; tile += gridDim.x) {
    if (threadIdx.x == 0)
      all = 0;
    __syncthreads();
    int mine = (tile * blockDim.x + threadIdx.x) % 3;
    atomicAdd(&all, mine);
    __syncthreads();
    if (threadIdx.x == 0) {
      unsigned flag;
      while ((flag = flags[tile]) == 0)
        ;
      before = flag - 1;
      flags[tile + 1] = flag + all;
    }
    __syncthreads();
    if (threadIdx.x < blockDim.x / 2)
      out[tile] = before;
    __syncthreads();
  }
}

// The first warp fills two buffers, the others empty them, and all meet at the end.
__global__ void roles(int *out, int rounds) {
  __shared__ volatile int full[2], empty[2];
  __shared__ int data[2][32];
  int t = threadIdx.x, sum = 0;
  if (t < 2)
    full[t] = 0, empty[t] = 96;
  __syncthreads();
  for (int round = 0; round < rounds; ++round) {
    int at = round % 2;
    if (t < 32) {
      while (empty[at] < 96 * (round / 2 + 1))
        ;
      data[at][t] = round * 32 + t;
      __threadfence_block();
      atomicAdd((int *)&full[at], 1);
    } else {
      while (full[at] < 32 * (round / 2 + 1))
        ;
      sum += data[at][(t + round) % 32];
      __threadfence_block();
      atomicAdd((int *)&empty[at], 1);
    }
  }
  __syncthreads();
  out[t] = sum;
}

// Who has the lock meets its warp before it gives it back.
__global__ void locked(int *lock, int *out) {
  for (int lane = 0; lane < 32; ++lane)
    if (threadIdx.x % 32 == lane) {
      while (atomicCAS(lock, 0, 1) != 0)
        ;
      __threadfence();
      int value = *(volatile int *)out;
      value += __shfl_sync(__activemask(), 1, threadIdx.x % warpSize);
      *(volatile int *)out = value;
      __threadfence();
      atomicExch(lock, 0);
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
  cudaMallocManaged(&out, 1000 * sizeof(int));
  cudaMallocManaged(&count, 1000 * sizeof(unsigned));
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

  flagOfTheWarp<<<1, 32>>>(out);
  status = cudaDeviceSynchronize();
  wrong = 0;
  for (int i = 0; i < 32; ++i)
    wrong += out[i] != 31 - i;
  // OUTPUT-NEXT: warp wrong 0, no error
  printf("warp wrong %d, %s\n", wrong, cudaGetErrorString(status));

  for (int i = 0; i <= 900; ++i)
    count[i] = i == 0;
  chain<<<7, 96>>>(count, out, 900);
  status = cudaDeviceSynchronize();
  wrong = 0;
  // Of 96 numbers a third each is 0, 1 and 2.
  for (int i = 0; i < 900; ++i)
    wrong += out[i] != i * 96;
  // OUTPUT-NEXT: chain wrong 0, no error
  printf("chain wrong %d, %s\n", wrong, cudaGetErrorString(status));

  roles<<<2, 128>>>(out, 50);
  status = cudaDeviceSynchronize();
  wrong = 0;
  for (int t = 32; t < 128; ++t) {
    int sum = 0;
    for (int round = 0; round < 50; ++round)
      sum += round * 32 + (t + round) % 32;
    wrong += out[t] != sum;
  }
  // OUTPUT-NEXT: roles wrong 0, no error
  printf("roles wrong %d, %s\n", wrong, cudaGetErrorString(status));

  out[0] = out[1] = 0;
  locked<<<5, 64>>>(out, out + 1);
  status = cudaDeviceSynchronize();
  // OUTPUT-NEXT: locked 320, no error
  printf("locked %d, %s\n", out[1], cudaGetErrorString(status));
}
