// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One explicit time step on a tile in shared memory, with the sum of squared changes of each block.
#ifndef HEAT_KERNELS_CUH
#define HEAT_KERNELS_CUH

#include <cuda_runtime.h>

constexpr int TileX = 32;
constexpr int TileY = 8;

__constant__ float coefficients[2]; // along x, along y

// Sum over a warp of 32 lanes; valid in lane 0.
__device__ __forceinline__ float warpSum(float value) {
  for (int offset = 16; offset > 0; offset /= 2)
    value += __shfl_down_sync(0xffffffff, value, offset);
  return value;
}

// Sum over the block; valid in thread 0.
__device__ inline float blockSum(float value) {
  __shared__ float sums[TileX * TileY / 32];
  const int thread = threadIdx.y * blockDim.x + threadIdx.x;
  const int lane = thread & 31;
  const int warp = thread >> 5;

  value = warpSum(value);
  if (lane == 0)
    sums[warp] = value;
  __syncthreads();

  value = thread < TileX * TileY / 32 ? sums[lane] : 0.0f;
  if (warp == 0)
    value = warpSum(value);
  return value;
}

template <bool WithResidual>
__global__ void __launch_bounds__(TileX *TileY)
    stepKernel(const float *__restrict__ now, float *__restrict__ next, int width, int height,
               float *__restrict__ partial) {
  __shared__ float tile[TileY + 2][TileX + 2];

  const int x = blockIdx.x * TileX + threadIdx.x;
  const int y = blockIdx.y * TileY + threadIdx.y;
  const int tx = threadIdx.x + 1;
  const int ty = threadIdx.y + 1;
  const bool inside = x < width && y < height;

  if (inside) {
    const int cell = y * width + x;
    tile[ty][tx] = now[cell];
    if (threadIdx.x == 0 && x > 0)
      tile[ty][0] = now[cell - 1];
    if (threadIdx.x == TileX - 1 && x < width - 1)
      tile[ty][TileX + 1] = now[cell + 1];
    if (threadIdx.y == 0 && y > 0)
      tile[0][tx] = now[cell - width];
    if (threadIdx.y == TileY - 1 && y < height - 1)
      tile[TileY + 1][tx] = now[cell + width];
  }
  __syncthreads();

  float change = 0.0f;
  if (inside) {
    const float here = tile[ty][tx];
    if (x > 0 && x < width - 1 && y > 0 && y < height - 1)
      change = coefficients[0] * (tile[ty][tx - 1] + tile[ty][tx + 1] - 2.0f * here) +
               coefficients[1] * (tile[ty - 1][tx] + tile[ty + 1][tx] - 2.0f * here);
    next[y * width + x] = here + change;
  }

  if (WithResidual) {
    const float sum = blockSum(change * change);
    if (threadIdx.x == 0 && threadIdx.y == 0)
      partial[blockIdx.y * gridDim.x + blockIdx.x] = sum;
  }
}

#endif
