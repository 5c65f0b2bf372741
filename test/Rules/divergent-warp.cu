// Shuffles and votes of all lanes under a condition of some; conditions of the block or warp, and masks of a ballot, stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json divergent-warp | FileCheck %s --implicit-check-not=divergent-warp

#include <cuda_runtime.h>
#define FULL 0xffffffff
__global__ void kernel(float *x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x, lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  float v = x[i];
  if (i < n) {
    // CHECK: [[#@LINE+1]]:10: divergent-warp i < n
    v += __shfl_down_sync(FULL, v, 1, 32);
  }
  if (lane < 16 && n > 3)
    // CHECK: [[#@LINE+1]]:10: divergent-warp lane < 16 && n > 3
    v += __all_sync(0xffffffffu, v > 0);
  if (warp == 0)
    v += __shfl_down_sync(FULL, v, 2, 32);
  if (blockIdx.x < n)
    v += __shfl_down_sync(FULL, v, 4, 32);
  unsigned mask = __ballot_sync(FULL, i < n);
  if (i < n)
    v += __shfl_down_sync(mask, v, 8, 32);
  if (threadIdx.x == 0)
    x[0] = v;
}
template <class T> __device__ T some(T v) {
  if (threadIdx.x > 3)
    // CHECK: [[#@LINE+1]]:10: divergent-warp threadIdx.x > 3
    v += __shfl_down_sync(-1, v, 1, 32);
  return v;
}
