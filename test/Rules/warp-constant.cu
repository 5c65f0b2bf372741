// The macro or constant behind the 32s that count lanes, once each; a 32 that counts something else stays.
// RUN: not %cuport report %s --format=json > %t.json
// RUN: %python %S/Inputs/places.py %t.json warp-constant | FileCheck %s --implicit-check-not=warp-constant

#include <cuda_runtime.h>
// CHECK: [[#@LINE+1]]:19: warp-constant WARP_SIZE
#define WARP_SIZE 32
// CHECK: [[#@LINE+1]]:32: warp-constant WarpThreads
static const int WarpThreads = 32;
// CHECK: [[#@LINE+1]]:16: warp-constant Lanes
enum { Lanes = 32, Rows = 32 };
#define TILE 32

__global__ void kernel(int *out, int n) {
  int lane = threadIdx.x % WARP_SIZE, again = threadIdx.x & (WARP_SIZE - 1);
  int warp = threadIdx.x / WarpThreads;
  int count = blockDim.x / Lanes;
  out[n % TILE] = lane + again + warp + count + n % Rows;
}

// CHECK: [[#@LINE+1]]:27: warp-constant THREADS_PER_WARP
#define THREADS_PER_WARP (32u)
#define WARPS_PER_BLOCK 32
int main() {
  // CHECK: [[#@LINE+1]]:25: warp-constant warp_size
  const int warp_size = 32, warpCount = 32;
  kernel<<<1, 3 * warp_size>>>(nullptr, warpCount * THREADS_PER_WARP / WARPS_PER_BLOCK);
}
