// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A macro may stand for a pragma, as nvcc has it; clang knows that the pragma is there.
// RUN: %cuport-cc %s -o %t && %t | FileCheck %s
// CHECK: 16
// What lines say stays, and what is no loop under the pragma is told.
// RUN: not %cuport-cc -fsyntax-only -DWRONG %s 2>&1 | FileCheck %s --check-prefix=LINE

#include <cstdio>

#define UNROLL #pragma unroll
  #  define	UNROLL_BY_FOUR  #	pragma unroll 4 // by four
#define define /* of no pragma */
#define TEXT(x) #x

__global__ void sum(int *into, int n) {
  int total = 0;
  UNROLL
  for (int i = 0; i < 4; ++i)
    total += i;
  UNROLL_BY_FOUR
  for (int i = 0; i < n; ++i)
    total += i;
#ifdef WRONG
  UNROLL
  missing; // LINE: pragma-macro.cu:[[#@LINE]]:3: error: use of undeclared identifier 'missing'
#endif
  *into = total;
}

int main() {
  int *into;
  cudaMallocManaged(&into, sizeof(int));
  sum<<<1, 1>>>(into, 5);
  cudaDeviceSynchronize();
  std::printf("%d%s\n", *into, TEXT());
}
