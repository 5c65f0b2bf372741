// cudaDeviceReset frees what the device holds, and the device can be used again
// RUN: %conformance %s

#include "Check.h"

int main() {
  int *numbers = nullptr;
  CHECK_OK(cudaMalloc(&numbers, 1024));
  CHECK_OK(cudaDeviceSynchronize());
  CHECK_OK(cudaDeviceReset());
  CHECK_OK(cudaMalloc(&numbers, 1024));
  CHECK_OK(cudaMemset(numbers, 0, 1024));
  CHECK_OK(cudaFree(numbers));
}
