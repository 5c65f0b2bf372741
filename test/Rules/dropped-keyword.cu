// Keywords that HIP needs no word for go, and what stands around them stays.
// RUN: rm -rf %t && %cuport translate %s -o %t 2>&1 | FileCheck %s --check-prefix=SAID --implicit-check-not=warning:
// RUN: FileCheck %s --input-file=%t/dropped-keyword.cu
// RUN: %cuport translate %t/dropped-keyword.cu -o %t/again && diff %t/dropped-keyword.cu %t/again/dropped-keyword.cu
// SAID: edit

#include <cuda_runtime.h>
struct Parameters { float scale[64]; };
// CHECK: __global__ void scale(const Parameters parameters, float *x) { x[threadIdx.x] *= parameters.scale[threadIdx.x]; }
__global__ void scale(const __grid_constant__ Parameters parameters, float *x) { x[threadIdx.x] *= parameters.scale[threadIdx.x]; }
// CHECK: template <typename T> __global__ void fill(const T value, T *x) { *x = value; }
template <typename T> __global__ void fill(__grid_constant__ const T value, T *x) { *x = value; }
