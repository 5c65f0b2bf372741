// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Constants of the host's whose constructors run when the program starts: they are no variables of the device's, which has none such.
// RUN: %cuport-cc -std=c++17 %s -o %t && %t | FileCheck %s
// RUN: %cuport-cc -std=c++17 -rdc=true %s -o %t.rdc && %t.rdc | FileCheck %s
// CHECK: 1 0.5 2 3 7
// RUN: not %cuport-cc -std=c++17 -DUSED %s -o %t.used 2>&1 | FileCheck %s --check-prefix=USED
// USED: {{twice|undefined}}
// RUN: not %cuport-cc -std=c++17 -DDEVICE -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=DEVICE
#include <cstdio>
#include <cuda_fp16.h>

int start();
template <int N> struct Traits;
template <> struct Traits<16> {
  static inline const half one = 1.0, less = half(0.5f);
};
static const half twice = __float2half(2.f);
const int later = start();
const int known = 7;
int start() { return 3; }
#ifdef DEVICE
__constant__ const half wrong = __float2half(2.f); // DEVICE: host-constants.cu:[[#@LINE]]:25: error: dynamic initialization is not supported
#endif

__global__ void use(int *out) {
  *out = known;
#ifdef USED
  *out += int(float(twice));
#endif
}

int main() {
  int *out;
  cudaMallocManaged(&out, sizeof(int));
  use<<<1, 1>>>(out);
  cudaDeviceSynchronize();
  std::printf("%g %g %g %d %d\n", float(Traits<16>::one), float(Traits<16>::less), float(twice), later, *out);
}
