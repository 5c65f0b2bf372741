// min and max of different types, one an integer.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json mixed-minmax | FileCheck %s --implicit-check-not=mixed-minmax

#include <algorithm>
#include <cuda_runtime.h>
__global__ void kernel(int *x, size_t n, float f) {
  unsigned u = threadIdx.x;
  // CHECK: [[#@LINE+1]]:10: mixed-minmax min(unsigned int, int)
  x[0] = min(u, 3);
  // CHECK: [[#@LINE+1]]:10: mixed-minmax max(unsigned long, unsigned int)
  x[1] = max(n, u);
  x[2] = min(u, 3u) + max(f, 1.0f) + fmaxf(f, 1) + std::max(1, 2);
}
template <class T> __device__ T atLeast(T x) { return max(x, 1); }
int host(unsigned u) {
  // CHECK: [[#@LINE+1]]:10: mixed-minmax max(unsigned int, int)
  return max(u, 1);
}
