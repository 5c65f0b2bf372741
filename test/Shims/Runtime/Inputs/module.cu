// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A module for the driver API.

__device__ int offset = 1;

extern "C" __global__ void scaled(int *place, int factor, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    place[i] = place[i] * factor + offset;
}
