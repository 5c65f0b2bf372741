// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The C library's names, in std and without, in functions for host and device: each takes the one of where it runs.
// RUN: %cuport-cc %s -o %t
// RUN: %t | FileCheck %s

#include <cstdio>
#include <cstdlib>
#include <cstring>

__host__ __device__ int middle(int n) {
  int *plain = static_cast<int *>(malloc(n * sizeof(int))), *copy = static_cast<int *>(std::malloc(n * sizeof(int)));
  std::memset(plain, 0, n * sizeof(int));
  for (int i = 0; i < n; ++i)
    plain[i] += i;
  std::memcpy(copy, plain, n * sizeof(int));
  const int result = std::memcmp(copy, plain, n * sizeof(int)) == 0 ? copy[n / 2] : -1;
  free(plain);
  std::free(copy);
  std::printf("middle of %d\n", n);
  return result;
}

__global__ void onDevice(int *out) { *out = middle(10); }

int main() {
  int *out;
  cudaMallocManaged(&out, sizeof(int));
  // CHECK: middle of 10
  onDevice<<<1, 1>>>(out);
  cudaDeviceSynchronize();
  // CHECK: middle of 20
  const int here = middle(20);
  // CHECK: 5 10
  std::printf("%d %d\n", *out, here);
}
