// A file that counts with warpSize keeps the card's warps.
#include <cuda_runtime.h>
__global__ void kernel(float *x) {
  float v = x[threadIdx.x];
  for (int d = warpSize / 2; d > 0; d /= 2)
    // CHECK: v += __shfl_down_sync(0xffffffffffffffffull, v, d);
    v += __shfl_down_sync(0xffffffff, v, d);
  x[threadIdx.x] = v;
}
