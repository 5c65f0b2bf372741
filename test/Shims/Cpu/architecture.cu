// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUB asks a kernel for the architecture that it was compiled for, and launches blocks of the size that it has there.
// RUN: %cuport-cc -arch=sm_60 %s -o %t.60
// RUN: env CUPORT_DEVICE=major=8,minor=0 %t.60 | FileCheck %s --check-prefix=OLD
// RUN: %cuport-cc -gencode arch=compute_80,code=sm_80 %s -o %t.80
// RUN: env CUPORT_DEVICE=major=9,minor=0 %t.80 | FileCheck %s --check-prefix=NEW
// OLD: PTX 60, binary 80, kernel 600
// NEW: PTX 80, binary 90, kernel 800

#include <cstdio>

__global__ void ask(int *architecture) {
#ifdef __CUDA_ARCH__
  *architecture = __CUDA_ARCH__;
#endif
}

int main() {
  cudaFuncAttributes attributes;
  if (cudaError_t error = cudaFuncGetAttributes(&attributes, ask))
    return error;
  int *architecture;
  cudaMallocManaged(&architecture, sizeof(int));
  ask<<<1, 1>>>(architecture);
  cudaDeviceSynchronize();
  printf("PTX %d, binary %d, kernel %d\n", attributes.ptxVersion, attributes.binaryVersion, *architecture);
}
