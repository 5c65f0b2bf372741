// cudaFuncGetAttributes, cudaOccupancyMaxActiveBlocksPerMultiprocessor, cudaOccupancyMaxPotentialBlockSize
// RUN: %conformance %s

#include "Check.h"

__global__ void shared_sum(int *out) {
  __shared__ int part[100];
  part[threadIdx.x % 100] = 1;
  __syncthreads();
  out[threadIdx.x] = part[threadIdx.x % 100];
}

int main() {
  cudaFuncAttributes attributes;
  CHECK_OK(cudaFuncGetAttributes(&attributes, shared_sum));
  CHECK(attributes.sharedSizeBytes >= 400 && attributes.maxThreadsPerBlock >= 64);
  int blocks = 0, size = 0, grid = 0;
  CHECK_OK(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, shared_sum, 64, 0));
  CHECK(blocks >= 1);
  CHECK_OK(cudaOccupancyMaxPotentialBlockSize(&grid, &size, shared_sum, 0, 0));
  CHECK(grid >= 1 && size >= 32 && size <= attributes.maxThreadsPerBlock);
}
