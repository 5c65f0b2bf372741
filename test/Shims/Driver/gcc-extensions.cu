// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What nvcc 13.0 takes with gcc under it: typeof in device code without GNU's -std, and pointers to arrays of variable length in host code.
// RUN: %cuport-cc -std=c++17 %s -o %t && %t | FileCheck %s
// CHECK: 7 8
// CHECK-NEXT: 5 6 7 9 4
#include <cstdio>
#include <cstdlib>

__global__ void fill(int *out) {
  typeof(out) same = out;
  same[0] = 7;
  __typeof__(*out) next = 8;
  same[1] = next;
}

int rows(int *p, int n) {
  int (*first)[n] = (int (*)[n])p, (*const again)[n] = (int (*)[n])p;
  const int (*constant)[n] = (const int (*)[n])p;
  int (*second)[n];
  second = (int (*)[n])(p + n);
  if (n)
    second = (int (*)
                  [n])(p + n);
  int (*cubes)[n][n] = reinterpret_cast<int (*)[n][n]>(p);
  std::printf("%d %d %d %d %d\n", first[0][0], again[0][1], constant[1][0], second[0][1], cubes[0][1][2]);
  return __LINE__; // CHECK-NEXT: [[#@LINE]]
}

int main() {
  int *out;
  cudaMallocManaged(&out, 2 * sizeof(int));
  fill<<<1, 1>>>(out);
  cudaDeviceSynchronize();
  std::printf("%d %d\n", out[0], out[1]);
  int values[] = {5, 6, 3, 7, 9, 4, 2, 2, 2};
  std::printf("%d\n", rows(values, 3));
}
