// threadIdx and its kin as whole values; their members stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json index-value | FileCheck %s --implicit-check-not=index-value

#include <cuda_runtime.h>
__device__ unsigned flat(uint3 at) { return at.x; }
__global__ void kernel(unsigned *x) {
  // CHECK: [[#@LINE+1]]:15: index-value threadIdx
  x[0] = flat(threadIdx);
  // CHECK: [[#@LINE+1]]:15: index-value blockDim
  dim3 size = blockDim;
  x[1] = threadIdx.x + blockIdx.y * blockDim.x + size.x;
}
template <class T> __device__ void store(T *x) {
  // CHECK: [[#@LINE+1]]:10: index-value blockIdx
  x[0] = blockIdx;
}
