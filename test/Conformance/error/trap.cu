// A kernel that traps is an error that stays, and the process lives
// RUN: %conformance %s

#include "Check.h"

__global__ void trap() { __trap(); }

int main() {
  int *numbers = nullptr;
  CHECK_OK(cudaMalloc(&numbers, 64));
  trap<<<1, 1>>>();
  cudaError_t first = cudaDeviceSynchronize();
  CHECK(first == cudaErrorLaunchFailure || first == cudaErrorIllegalInstruction);
  cudaGetLastError();
  CHECK_IS(first, cudaDeviceSynchronize());
  int host = 0;
  CHECK_IS(first, cudaMemcpy(&host, numbers, sizeof host, cudaMemcpyDeviceToHost));
}
