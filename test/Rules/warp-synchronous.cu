// Threads that count on running in step with their warp; with barriers between the steps, or a whole block, they do not.
// RUN: not %cuport report %s --format=json > %t.json
// RUN: %python %S/Inputs/places.py %t.json warp-synchronous | FileCheck %s --implicit-check-not=warp-synchronous

#include <cuda_runtime.h>

__device__ void lastWarp(volatile float *s, int tid) {
  // CHECK: [[#@LINE+1]]:3: warp-synchronous s[tid] += s[tid + 32]
  s[tid] += s[tid + 32];
  s[tid] += s[tid + 16];
  s[tid] += s[tid + 8];
}

__device__ void withBarriers(volatile float *s, int tid) {
  s[tid] += s[tid + 32];
  __syncwarp();
  s[tid] += s[tid + 16];
}

__device__ float sum(float v) { return v + __shfl_down_sync(0xffffffff, v, 8); }

__global__ void kernel(float *out, int n) {
  __shared__ float s[256];
  unsigned tid = threadIdx.x;
  s[tid] = out[tid];
  __syncthreads();
  // CHECK: [[#@LINE+1]]:3: warp-synchronous tid < 32
  if (tid < 32) lastWarp(s, tid);
  // CHECK: [[#@LINE+1]]:3: warp-synchronous n > 0 && tid < 32
  if (n > 0 && tid < 32) {
    s[tid] = s[tid] + s[tid + 32];
    s[tid] = s[tid] + s[tid + 16];
  }
  // CHECK: [[#@LINE+1]]:3: warp-synchronous threadIdx.x <= 31
  if (threadIdx.x <= 31) out[tid] = __shfl_xor_sync(0xffffffff, s[tid], 4);
  if (tid < 32) s[tid] = 0; // the first 32 of any warp
  if (n < 32) withBarriers(s, tid);
}
