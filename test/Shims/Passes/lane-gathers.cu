// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What threads side by side load from anywhere is a gather where that is fast; AMD's processors take longer for one than for its parts, and so
// do Intel's of 2015 to 2022.

// RUN: %device-half -w -std=c++17 -O3 -march=sapphirerapids -mllvm -cuport-widen=always -S %s -o - | FileCheck %s
// CHECK-DAG: vgather
// CHECK-DAG: vscatter
// RUN: %device-half -w -std=c++17 -O3 -march=znver4 -mllvm -cuport-widen=always -S %s -o - | FileCheck %s --check-prefix=PARTS \
// RUN:   --implicit-check-not=vgather --implicit-check-not=vscatter --implicit-check-not=vpgather --implicit-check-not=vpscatter
// RUN: %device-half -w -std=c++17 -O3 -march=icelake-server -mllvm -cuport-widen=always -S %s -o - | FileCheck %s --check-prefix=PARTS-OF-INTEL \
// RUN:   --implicit-check-not=vgather --implicit-check-not=vscatter --implicit-check-not=vpgather --implicit-check-not=vpscatter
// PARTS: zmm
// PARTS-OF-INTEL: ymm

__global__ void follow(const int *next, const float *weight, float *sum, int n, int steps) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  float total = 0;
  int at = i;
  for (int step = 0; step < steps; ++step) {
    total += weight[at];
    at = next[at];
  }
  sum[at] = total;
}
