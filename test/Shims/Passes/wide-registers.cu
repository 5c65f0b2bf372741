// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Intel's servers from 2023 on take vectors of 512 bits, if the command line says nothing else; LLVM alone would take 256.

// RUN: %device-half -w -std=c++17 -O3 -march=sapphirerapids -S %s -o - | FileCheck %s
// CHECK: vfmadd{{.*}}zmm
// RUN: %device-half -w -std=c++17 -O3 -march=sapphirerapids -mprefer-vector-width=256 -S %s -o - | FileCheck %s --check-prefix=TOLD --implicit-check-not=zmm
// RUN: %device-half -w -std=c++17 -O3 -march=icelake-server -S %s -o - | FileCheck %s --check-prefix=TOLD --implicit-check-not=zmm
// TOLD: vfmadd{{.*}}ymm

__global__ void polynomials(float *x, int n, int degree) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  const float at = x[i];
  float sum = 1;
  for (int k = 0; k < degree; ++k)
    sum = fmaf(sum, at, 1.0f);
  x[i] = sum;
}
