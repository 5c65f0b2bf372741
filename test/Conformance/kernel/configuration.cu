// A launch that cannot be is an error, and the next one works
// RUN: %conformance %s

#include "Check.h"

__global__ void set(int *number) { *number = 1; }

int main() {
  cudaDeviceProp properties;
  int *number = nullptr, back = 0;
  CHECK_OK(cudaGetDeviceProperties(&properties, 0));
  CHECK_OK(cudaMalloc(&number, sizeof *number));
  // cudaErrorInvalidConfiguration by CUDA's documentation; an H200 with CUDA 13.0 says cudaErrorInvalidValue (2026-11-28).
  set<<<1, properties.maxThreadsPerBlock + 1>>>(number);
  cudaError_t tooMany = cudaGetLastError();
  CHECK(tooMany == cudaErrorInvalidConfiguration || tooMany == cudaErrorInvalidValue);
  set<<<0, 1>>>(number);
  CHECK(cudaGetLastError() != cudaSuccess);
  set<<<1, 1>>>(number);
  CHECK_OK(cudaGetLastError());
  CHECK_OK(cudaMemcpy(&back, number, sizeof back, cudaMemcpyDeviceToHost));
  CHECK(back == 1);
  CHECK_OK(cudaFree(number));
}
