// Returns of some threads before a barrier; returns of whole blocks, and behind the last barrier, stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json divergent-barrier | FileCheck %s --implicit-check-not=divergent-barrier

#include <cuda_runtime.h>
__global__ void kernel(float *x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (blockIdx.x > n)
    return;
  // CHECK: [[#@LINE+1]]:3: divergent-barrier i >= n
  if (i >= n)
    return;
  x[i] = 1;
  __syncthreads();
  if (i == 3)
    return;
  x[i] = x[i + 1];
}
template <class T> __global__ void inTemplate(T *x, int n) {
  // CHECK: [[#@LINE+1]]:3: divergent-barrier threadIdx.x > n
  if (threadIdx.x > n) {
    x[0] = 0;
    return;
  }
  for (int k = 0; k < n; ++k)
    __syncthreads();
}
#define LEAVE(n) if (threadIdx.x > n) return
__global__ void inMacro(float *x, int n) {
  // CHECK: [[#@LINE-2]]:18: divergent-barrier
  LEAVE(n);
  x[0] = 1;
  __syncthreads();
}
__global__ void both(float *x, int n) {
  if (threadIdx.x < n) {
    x[threadIdx.x] = 0;
    __syncthreads(); // that of the others
    return;
  }
  x[threadIdx.x] = 1;
  __syncthreads();
}
__global__ void none(float *x, int n) {
  if (threadIdx.x > n)
    return;
  x[0] = 1;
}
