// Out of memory is an error, and the device is as usable as before
// RUN: %conformance %s

#include "Check.h"

int main() {
  void *much = nullptr;
  CHECK_IS(cudaErrorMemoryAllocation, cudaMalloc(&much, size_t(1) << 46));
  CHECK_IS(cudaErrorMemoryAllocation, cudaGetLastError());
  int *numbers = nullptr, host[4] = {1, 2, 3, 4}, back[4] = {};
  CHECK_OK(cudaMalloc(&numbers, sizeof host));
  CHECK_OK(cudaMemcpy(numbers, host, sizeof host, cudaMemcpyHostToDevice));
  CHECK_OK(cudaMemcpy(back, numbers, sizeof host, cudaMemcpyDeviceToHost));
  CHECK(back[3] == 4);
  CHECK_OK(cudaFree(numbers));
}
