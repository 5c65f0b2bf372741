// --warp=rewrite: shuffles and votes of all lanes become those of groups of 32. With warps of 32 the program prints what it printed before,
// with 64 and 128 it prints the same, and the program that was only renamed does not.
// RUN: rm -rf %t && mkdir %t
// RUN: { %cuport translate %s -o %t/plain --hip-version=7.0; test $? -eq 1; }
// RUN: { %cuport translate %s -o %t/new --hip-version=7.0 --warp=rewrite; test $? -eq 1; }
// RUN: { %cuport translate %s -o %t/old --hip-version=6.0 --warp=rewrite; test $? -eq 1; }
// RUN: { %cuport translate %S/Inputs/card-width.cu -o %t/card --hip-version=7.0 --warp=rewrite; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t/new/warp-rewrite.cu
// RUN: FileCheck %s --input-file=%t/old/warp-rewrite.cu
// RUN: FileCheck %S/Inputs/card-width.cu --input-file=%t/card/card-width.cu
// RUN: for kind in plain new old; do mv %t/$kind/warp-rewrite.cu %t/$kind.hip && %cuport-cc -std=c++17 %t/$kind.hip -o %t/$kind.out; done
// RUN: env CUPORT_WARP=32 %t/plain.out > %t/expected.txt
// RUN: FileCheck %s --check-prefix=RESULT --input-file=%t/expected.txt
// RUN: for kind in new old; do for width in 32 64 128; do env CUPORT_WARP=$width %t/$kind.out | diff %t/expected.txt - || exit 1; done; done
// RUN: env CUPORT_WARP=64 %t/plain.out | not diff %t/expected.txt -
// RESULT: sum 32640, kept 86, any 8, all 1, leaders 24

#include <cstdio>
#include <cuda_runtime.h>
// CHECK: {{^}}#include <cuport/warp.h>
#define FULL 0xffffffff

__device__ float warpSum(float v) {
  for (int d = 16; d > 0; d /= 2)
    // CHECK: v += __shfl_down(v, d, 32);
    v += __shfl_down_sync(FULL, v, d);
  return v;
}

__global__ void kernel(float *sum, int *counts) {
  __shared__ float sums[32];
  int lane = threadIdx.x & 31, warp = threadIdx.x >> 5;
  float v = warpSum(threadIdx.x);
  if (lane == 0)
    sums[warp] = v;
  __syncthreads();
  if (warp == 0) {
    v = lane < blockDim.x / 32 ? sums[lane] : 0;
    v = warpSum(v);
    if (lane == 0)
      *sum = v;
  }
  bool third = threadIdx.x % 3 == 0;
  // CHECK: unsigned kept = cuport::ballot(third);
  unsigned kept = __ballot_sync(0xffffffff, third);
  if (lane == 0)
    atomicAdd(&counts[0], __popc(kept));
  // CHECK: if (cuport::any(lane == 7) && lane == 0)
  if (__any_sync(FULL, lane == 7) && lane == 0)
    atomicAdd(&counts[1], 1);
  // CHECK: if (cuport::all(threadIdx.x < 32) && lane == 0)
  if (__all_sync(FULL, threadIdx.x < 32) && lane == 0)
    atomicAdd(&counts[2], 1);
  // CHECK: unsigned same = cuport::match_any(threadIdx.x % 3);
  unsigned same = __match_any_sync(FULL, threadIdx.x % 3);
  if (__ffs(same) - 1 == lane)
    atomicAdd(&counts[3], 1);
}

int main() {
  float *sum, host;
  int *counts, numbers[4];
  cudaMalloc(&sum, sizeof(float));
  cudaMalloc(&counts, sizeof(numbers));
  cudaMemset(counts, 0, sizeof(numbers));
  kernel<<<1, 256>>>(sum, counts);
  cudaMemcpy(&host, sum, sizeof(float), cudaMemcpyDeviceToHost);
  cudaMemcpy(numbers, counts, sizeof(numbers), cudaMemcpyDeviceToHost);
  printf("sum %g, kept %d, any %d, all %d, leaders %d\n", host, numbers[0], numbers[1], numbers[2], numbers[3]);
}
