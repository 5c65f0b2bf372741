// A launch that cannot be is cudaErrorInvalidConfiguration, and the next one works
// RUN: %conformance %s

#include "Check.h"

__global__ void set(int *number) { *number = 1; }

int main() {
  cudaDeviceProp properties;
  int *number = nullptr, back = 0;
  CHECK_OK(cudaGetDeviceProperties(&properties, 0));
  CHECK_OK(cudaMalloc(&number, sizeof *number));
  set<<<1, properties.maxThreadsPerBlock + 1>>>(number);
  CHECK_IS(cudaErrorInvalidConfiguration, cudaGetLastError());
  set<<<0, 1>>>(number);
  CHECK_IS(cudaErrorInvalidConfiguration, cudaGetLastError());
  set<<<1, 1>>>(number);
  CHECK_OK(cudaGetLastError());
  CHECK_OK(cudaMemcpy(&back, number, sizeof back, cudaMemcpyDeviceToHost));
  CHECK(back == 1);
  CHECK_OK(cudaFree(number));
}
