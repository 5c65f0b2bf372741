// PyTorch's own names that say CUDA are counted and stay; what stood in THC is for a person.
// RUN: rm -rf %t && mkdir %t
// RUN: { %cuport report %s --rules=pytorch-name --format=json > %t/report.json; test $? = 1; }
// RUN: %python %S/Inputs/places.py %t/report.json pytorch-name | FileCheck %s --implicit-check-not=pytorch-name
// RUN: not %cuport translate %s -o %t/out --rules=pytorch-name 2>&1 | FileCheck %s --check-prefix=SAID --implicit-check-not=warning:
// RUN: diff %s %t/out/pytorch-name.cu
// RUN: not %cuport translate %s -o %t/musa --to=musa --rules=pytorch-name 2>&1 | FileCheck %s --check-prefix=MUSA
// MUSA: pytorch-name.cu:[[#@LINE+4]]:10: warning: 'c10/cuda/CUDAGuard.h' is PyTorch's; Moore Threads MUSA has part of it: torch_musa has names and headers of its own {{.*}}; it stays as it is [pytorch-name]

#include <cuda_runtime.h>
// CHECK: [[#@LINE+1]]:10: pytorch-name c10/cuda/CUDAGuard.h
#include <c10/cuda/CUDAGuard.h>
// CHECK: [[#@LINE+1]]:10: pytorch-name ATen/cuda/CUDAContext.h
#include "ATen/cuda/CUDAContext.h"
#include <torch/extension.h>
// CHECK: [[#@LINE+2]]:10: pytorch-name THC/THC.h
// SAID: pytorch-name.cu:[[#@LINE+1]]:10: warning: 'THC/THC.h' is PyTorch's, which has not had it since 1.11: ATen/cuda/ has what stands for it [pytorch-name]
#include <THC/THC.h>

// CHECK: [[#@LINE+1]]:17: pytorch-name at::cuda
using namespace at::cuda;

struct Mine {
  struct { int cuda; } at;
};

void run(float *x, Mine &mine) {
  // CHECK: [[#@LINE+1]]:9: pytorch-name c10::cuda::CUDAGuard
  const c10::cuda::CUDAGuard guard(0);
  // CHECK: [[#@LINE+1]]:25: pytorch-name at::cuda::getCurrentCUDAStream
  cudaStream_t stream = at::cuda::getCurrentCUDAStream();
  // CHECK: [[#@LINE+1]]:3: pytorch-name C10_CUDA_CHECK
  C10_CUDA_CHECK(cudaMemsetAsync(x, 0, 4, stream));
  mine.at.cuda = 1;
  at::native::add(x);
}
