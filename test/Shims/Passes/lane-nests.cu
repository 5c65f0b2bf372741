// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A nest of loops whose inner one goes down a column, within bounds, is left to threads side by side, and not cut for the loop over threads.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -S -emit-llvm %s -o - 2>&1 >%t.ll | FileCheck %s
// CHECK: threads of _Z6filterPKfPfiii run side by side

__global__ void filter(const float *in, float *out, int w, int h, int r) {
  const int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
  if (x >= w || y >= h)
    return;
  float sum = 0;
  for (int i = -r; i <= r; ++i)
    for (int j = -r; j <= r; ++j) {
      int column = x + i, row = y + j;
      if (column < 0)
        column = -column;
      if (row < 0)
        row = -row;
      if (column > w - 1)
        column = w - 1 - i;
      if (row > h - 1)
        row = h - 1 - j;
      sum += expf(-in[row * w + column]);
    }
  out[y * w + x] = sum;
}
