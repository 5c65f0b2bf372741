// Shuffles over the distances of a warp of 32; with a width, or from warpSize, they stay.
// RUN: not %cuport report %s --format=json > %t.json
// RUN: %python %S/Inputs/places.py %t.json shuffle-distance | FileCheck %s --implicit-check-not=shuffle-distance

#include <cuda_runtime.h>
#define WARP 32
#define ALL 0xffffffffu

__device__ float loops(float v) {
  // CHECK: [[#@LINE+1]]:12: shuffle-distance for (int d = 16; d > 0; d /= 2)
  for (int d = 16; d > 0; d /= 2) v += __shfl_down_sync(ALL, v, d);
  // CHECK: [[#@LINE+1]]:12: shuffle-distance for (int d = WARP / 2; d >= 1; d >>= 1)
  for (int d = WARP / 2; d >= 1; d >>= 1) v += __shfl_xor_sync(ALL, v, d);
  // CHECK: [[#@LINE+1]]:17: shuffle-distance for (unsigned d = 1; d < 32; d <<= 1)
  for (unsigned d = 1; d < 32; d <<= 1) v += __shfl_up_sync(ALL, v, d);
  for (int d = 16; d > 0; d /= 2) v += __shfl_down_sync(ALL, v, d, 32);
  for (int d = warpSize / 2; d > 0; d /= 2) v += __shfl_down_sync(ALL, v, d);
  for (int d = 4; d > 0; d /= 2) v += __shfl_down_sync(ALL, v, d);
  for (int i = 16; i > 0; i /= 2) v += i;
  return v;
}

template <class T> __device__ T unrolled(T v) {
  // CHECK: [[#@LINE+1]]:8: shuffle-distance __shfl_down_sync(ALL, v, 16)
  v += __shfl_down_sync(ALL, v, 16);
  v += __shfl_down_sync(ALL, v, 8);
  v += __shfl_sync(ALL, v, 16); // from a lane, over no distance
  return v;
}

__global__ void kernel(float *out) { *out = loops(*out) + unrolled(*out); }
