// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// HIP's mathematical constants: each that a row names, and in a kernel.
// RUN: sed -n 's/^ *hip: \(HIP_[A-Z0-9_]*\)$/static_assert(sizeof(\1) == 4 || sizeof(\1) == 8);/p' %source-root/lib/Knowledge/data/api/device.yaml > %t.rows.h
// RUN: FileCheck %s --check-prefix=ROWS --input-file=%t.rows.h
// RUN: %cuport-cc -include hip/hip_math_constants.h -include %t.rows.h %s -o %t
// RUN: %t | FileCheck %s
// ROWS: sizeof(HIP_INF_F)
// ROWS: sizeof(HIP_PI)
// CHECK: inf -inf 3.141592653589793

#include <cstdio>

__global__ void constants(double *to) {
  to[0] = HIP_INF_F;
  to[1] = -HIP_INF;
  to[2] = HIP_PI;
}

int main() {
  double *numbers;
  if (hipMallocManaged((void **)&numbers, 3 * sizeof(double)) != hipSuccess)
    return 1;
  constants<<<1, 1>>>(numbers);
  if (hipDeviceSynchronize() != hipSuccess)
    return 1;
  std::printf("%g %g %.15f\n", numbers[0], numbers[1], numbers[2]);
  return hipFree(numbers);
}
