// Shared arrays of 32 that are indexed by lane or warp, and arrays with an element a warp of 32; others stay.
// RUN: not %cuport report %s --format=json > %t.json
// RUN: %python %S/Inputs/places.py %t.json warp-array | FileCheck %s --implicit-check-not=warp-array

#include <cuda_runtime.h>
constexpr int Block = 256;

__global__ void kernel(float *out, int n) {
  // CHECK: [[#@LINE+1]]:20: warp-array sums
  __shared__ float sums[32];
  // CHECK: [[#@LINE+1]]:20: warp-array parts
  __shared__ float parts[Block / 32];
  // CHECK: [[#@LINE+1]]:20: warp-array more
  __shared__ float more[Block >> 5];
  __shared__ float table[32], tile[32][33], all[Block];
  int lane = threadIdx.x & 31, warp = threadIdx.x / 32;
  sums[warp] = out[lane];
  table[n % 32] = 1;
  tile[threadIdx.y][threadIdx.x] = 2;
  all[threadIdx.x] = 3;
  parts[warp] = more[warp] = 4;
  __syncthreads();
  out[n] = sums[lane] + parts[0] + more[0] + table[n] + tile[n][n] + all[n];
}
