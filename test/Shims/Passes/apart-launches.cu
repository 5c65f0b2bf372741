// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Launches whose brackets an editor has taken apart, which nvcc takes: also in a header and by a macro; errors keep their places.
// RUN: %cuport-cc -std=c++17 %s -o %t
// RUN: %t | FileCheck %s
// RUN: not %cuport-cc -std=c++17 -DWRONG %s -o %t 2>&1 | FileCheck %s --check-prefix=WRONG
// CHECK: 5 6 7 11

#include <cstdio>

template <typename T> __global__ void fill(T *values, T value) { values[blockIdx.x * blockDim.x + threadIdx.x] = value; }

#include "Inputs/apart.h"

#define LAUNCH(kernel, grid, block) kernel << <grid, block >> >

int main() {
  int *values;
  cudaMallocManaged(&values, 4 * 32 * sizeof(int));
  launch(values, 4);
  cudaDeviceSynchronize();
  fill << <3, 32, 0, 0>>>(values + 32, 6);
  cudaDeviceSynchronize();
  LAUNCH(fill<int>, 2, 8 >> (3 > 2) << 3)(values + 64, 7);
  cudaDeviceSynchronize();
  Sink<int> sink;
  sink.operator<< <int>(5) << 6;
#ifdef WRONG
  // WRONG: apart-launches.cu:[[@LINE+1]]:42: error: use of undeclared identifier 'nowhere'
  fill << <1, 1 >>	>(values, 1); int i = nowhere;
#endif
  std::printf("%d %d %d %d\n", values[0], values[32], values[64], sink.sum);
}
