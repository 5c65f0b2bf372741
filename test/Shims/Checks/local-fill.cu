// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fills and copies of a thread's own array, of a length that the compiler does not know, are no race of the threads that share a stack.
// REQUIRES: sanitizers
// RUN: %cuport-cc --check=thread -O1 %s -o %t
// RUN: %t 2>&1 | FileCheck %s --implicit-check-not=race
// CHECK: {{^}}7 9 7 9

#include <cstdio>

__global__ void fill(const char *from, int count, int at, int *to) {
  char own[64], copy[64];
  for (int i = 0; i < count; ++i)
    own[i] = 7;
  for (int i = 0; i < count; ++i)
    copy[i] = from[i];
  to[2 * threadIdx.x] = own[at];
  to[2 * threadIdx.x + 1] = copy[at];
}

int main(int argc, char **) {
  char *from;
  int *to;
  cudaMallocManaged(&from, 64);
  cudaMallocManaged(&to, 4 * sizeof(int));
  for (int i = 0; i < 64; ++i)
    from[i] = 9;
  fill<<<1, 2>>>(from, 32 * argc, 16 + argc, to);
  cudaDeviceSynchronize();
  std::printf("%d %d %d %d\n", to[0], to[1], to[2], to[3]);
}
