// Nothing here has to do with warps: 32 is the width of rows.
// RUN: %cuport report %s --format=json > %t.json || test $? -eq 1
// RUN: %python %S/Inputs/places.py %t.json warp-index warp-constant warp-array | FileCheck %s --allow-empty --implicit-check-not=warp-

#include <cuda_runtime.h>
#define LOW_BITS(x) ((x) & 31)

template <int Columns = 32> __device__ int columnOf() { return threadIdx.x % Columns; }

__global__ void transpose(float *out, const float *in, int n) {
  __shared__ float tile[8][32];
  int row = threadIdx.x / 32, column = threadIdx.x % 32;
  for (; row < 8; row += blockDim.x / 32)
    tile[row][column] = in[row * n + LOW_BITS(threadIdx.x)];
  __syncthreads();
  out[column * n + row] = tile[row][columnOf()];
}
