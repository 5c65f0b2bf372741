// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// CUPORT_SEPARATE=1 together with --check=address: kernels and copies reach device memory, the host does not.
// REQUIRES: sanitizers
// RUN: %cuport-cc --check=address %s -o %t
// RUN: env CUPORT_SEPARATE=1 %t | FileCheck %s
// RUN: not env CUPORT_SEPARATE=1 %t touch 2>&1 | FileCheck %s --check-prefix=TOUCH
// CHECK: no error, 7
// TOUCH: {{AddressSanitizer: SEGV|the host touches device memory}}

#include <cstdio>

__global__ void write(int *data) { *data = 7; }

int main(int argc, char **) {
  int *data, back = 0;
  cudaError_t status = cudaMalloc(&data, sizeof back);
  if (status != cudaSuccess) {
    std::printf("%s\n", cudaGetErrorString(status));
    return 0;
  }
  write<<<1, 1>>>(data);
  cudaMemcpy(&back, data, sizeof back, cudaMemcpyDeviceToHost);
  if (argc > 1)
    back = *data;
  std::printf("%s, %d\n", cudaGetErrorString(cudaGetLastError()), back);
  cudaFree(data);
}
