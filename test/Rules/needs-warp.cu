// What the rules of the warp-width audit ask of a card: each place that is right with 32 lanes says so, others ask for nothing.
// RUN: not %cuport report %s --hip-version=7.0 --format=json > %t.json
// RUN: %python %S/Inputs/needs.py %t.json block-size lane-mask shuffle-distance warp-array warp-constant warp-index warp-mask \
// RUN:   warp-synchronous warp-tile > %t.txt
// RUN: FileCheck %s --input-file=%t.txt
// RUN: not %cuport report %s --hip-version=6.0 --format=json > %t.old.json
// RUN: %python %S/Inputs/needs.py %t.old.json warp-mask | FileCheck %s --check-prefix=OLD

#include <cooperative_groups.h>
#include <cuda_runtime.h>
// CHECK: [[#@LINE+1]]: warp-constant: warp-width 32{{$}}
#define WARP_SIZE 32

__global__ void kernel(float *out, unsigned some) {
  // CHECK: [[#@LINE+1]]: warp-array: warp-width 32{{$}}
  __shared__ float sums[32];
  __shared__ volatile float parts[256];
  // CHECK: [[#@LINE+1]]: warp-index: warp-width 32{{$}}
  int lane = threadIdx.x % WARP_SIZE;
  float v = out[threadIdx.x];
  // CHECK: [[#@LINE+1]]: shuffle-distance: warp-width 32{{$}}
  for (int d = 16; d > 0; d /= 2)
    // CHECK: [[#@LINE+2]]: warp-mask: warp-width 32{{$}}
    // OLD: [[#@LINE+1]]: warp-mask: warp-width 32{{$}}
    v += __shfl_down_sync(0xffffffff, v, d);
  // CHECK: [[#@LINE+3]]: lane-mask: warp-width 32{{$}}
  // CHECK: [[#@LINE+2]]: warp-mask: warp-width 32, lane-mask-bits 32{{$}}
  // OLD: [[#@LINE+1]]: warp-mask: nothing{{$}}
  unsigned votes = __ballot_sync(some, v > 0);
  // CHECK: [[#@LINE+2]]: warp-mask: warp-width 32{{$}}
  // OLD: [[#@LINE+1]]: warp-mask: nothing{{$}}
  __syncwarp(0xffffffff);
  sums[lane] = v;
  auto block = cooperative_groups::this_thread_block();
  // CHECK: [[#@LINE+1]]: warp-tile: warp-width 32{{$}}
  auto tile = cooperative_groups::tiled_partition<32>(block);
  out[threadIdx.x] = tile.thread_rank() + votes + sums[0] + parts[0];
}

__device__ void fold(volatile float *s, int t) {
  // CHECK: [[#@LINE+1]]: warp-synchronous: nothing{{$}}
  s[t] += s[t + 8];
  s[t] += s[t + 4];
}

void run(float *out) {
  // CHECK: [[#@LINE+1]]: block-size: warp-width 32{{$}}
  kernel<<<1, 32>>>(out, 3);
}
