// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where neighbours take a kernel's first branch apart, hardly a block goes one way with all of its threads: those that run side by side
// have masks instead.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v4 -mllvm -cuport-widen=always -S -emit-llvm %s -o - | FileCheck %s
// CHECK: call void @llvm.masked.store.v16i32
// RUN: %cuport-cc -std=c++17 -O2 -mllvm -cuport-widen=always -DRUN %s -o %t && %t | FileCheck %s --check-prefix=RESULT
// RESULT: 0 wrong

__global__ void everyOther(int *a, int length) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i / length % 2 == 0)
    a[i] += i;
}

#ifdef RUN
#include <cstdio>

int main() {
  constexpr int Count = 1 << 14;
  int *a, wrong = 0;
  cudaMallocManaged(&a, Count * sizeof(int));
  for (int length : {1, 3, 16, 100}) {
    for (int i = 0; i < Count; ++i)
      a[i] = 7;
    everyOther<<<Count / 128, 128>>>(a, length);
    wrong += cudaDeviceSynchronize() != cudaSuccess;
    for (int i = 0; i < Count; ++i)
      wrong += a[i] != (i / length % 2 == 0 ? 7 + i : 7);
  }
  printf("%d wrong\n", wrong);
}
#endif
