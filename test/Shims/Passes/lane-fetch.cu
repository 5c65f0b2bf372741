// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads side by side that load rows far from each other in each iteration ask for them some iterations early, but not for rows that
// follow each other.
// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -S -emit-llvm %s -o - | FileCheck %s
// RUN: %device-half -w -std=c++17 -O3 -march=sapphirerapids -S -emit-llvm %s -o - | FileCheck %s

#include <cuda_runtime.h>

// CHECK-LABEL: define {{.*}}_Z4walkPKfPfS1_iiii.cuport.block
// CHECK: call void @llvm.prefetch
__global__ void walk(const float *push, float *at, float *hits, int bodies, int steps, int cells, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  float x = at[i];
  for (int step = 0; step < steps; ++step) {
    x += push[step * bodies + i] / 1000 - 0.05f;
    const int cell = floorf(x);
    if (cell >= 0 && cell < cells && x - truncf(x) < 0.3f)
      hits[i * cells + cell] += 1;
  }
  at[i] = x;
}

// CHECK-LABEL: define {{.*}}_Z4nearPKfPfiii.cuport.block
// CHECK-NOT: call void @llvm.prefetch
__global__ void near(const float *in, float *out, int steps, int cells, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  float x = out[i];
  for (int step = 0; step < steps; ++step) {
    x += in[step + i] / 1000 - 0.05f;
    const int cell = floorf(x);
    if (cell >= 0 && cell < cells && x - truncf(x) < 0.3f)
      out[i * cells + cell] += 1;
  }
}
