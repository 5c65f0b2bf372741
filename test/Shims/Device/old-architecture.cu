// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A program from before Pascal: it brings an atomicAdd of double of its own for the cards of its time.
// RUN: %cuport-cc %s -arch=sm_35 -o %t
// RUN: %t | FileCheck %s --check-prefix=OLD
// RUN: %cuport-cc %s -gencode arch=compute_35,code=sm_35 -gencode arch=compute_60,code=sm_60 -o %t
// RUN: %t | FileCheck %s --check-prefix=NEW
// OLD: 350: 2016, own: 64
// NEW: 600: 2016, own: 0

#include <cooperative_groups.h>
#include <cstdio>
#include <cuda_fp16.h>

__device__ int own;

#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ < 600
__device__ double atomicAdd(double *address, double value) {
  atomicAdd(&own, 1);
  auto *bits = reinterpret_cast<unsigned long long *>(address);
  unsigned long long old = *bits, assumed;
  do {
    assumed = old;
    old = atomicCAS(bits, assumed, __double_as_longlong(value + __longlong_as_double(assumed)));
  } while (assumed != old);
  return __longlong_as_double(old);
}
#endif

__global__ void sum(double *total, int *architecture) {
  atomicAdd(total, double(threadIdx.x));
#ifdef __CUDA_ARCH__
  *architecture = __CUDA_ARCH__;
#endif
}

int main() {
  double *total;
  int *architecture, owns;
  cudaMallocManaged(&total, sizeof(double));
  cudaMallocManaged(&architecture, sizeof(int));
  *total = 0;
  sum<<<1, 64>>>(total, architecture);
  cudaDeviceSynchronize();
  cudaMemcpyFromSymbol(&owns, own, sizeof(int));
  std::printf("%d: %g, own: %d\n", *architecture, *total, owns);
}
