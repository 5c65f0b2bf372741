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

// Of what has no gather, as bytes, the index is taken out of the vector for each thread, not the address.
// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -mllvm -cuport-widen=whole -S -emit-llvm %s -o - | FileCheck %s --check-prefix=INDEX --implicit-check-not='extractelement <16 x ptr>'
// INDEX-LABEL: define internal {{.*}}@_Z10substitutePKhPhii.cuport.block(
// INDEX: [[INDEX:%[0-9]+]] = extractelement <16 x i8>
// INDEX: [[WIDE:%[0-9]+]] = zext {{.*}}i8 [[INDEX]] to i64
// INDEX: getelementptr i8, ptr %{{[0-9]+}}, i64 [[WIDE]]
__global__ void substitute(const unsigned char *table, unsigned char *text, int n, int rounds) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  unsigned char at = text[i];
  for (int round = 0; round < rounds; ++round)
    at = table[at];
  text[i] = at;
}
