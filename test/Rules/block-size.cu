// Blocks of 32, 96, 160 threads, as numbers, constants and dim3; multiples of 64, other sizes and those of run time stay.
// RUN: not %cuport report %s --format=json > %t.json
// RUN: %python %S/Inputs/places.py %t.json block-size | FileCheck %s --implicit-check-not=block-size

#include <cuda_runtime.h>
#define THREADS 32
constexpr int Rows = 3;
__global__ void kernel(int *x) { *x = 1; }
template <class T> __global__ void generic(T *x) { *x = 1; }

void launch(int *x, int n) {
  // CHECK: [[#@LINE+1]]:9: block-size 32
  kernel<<<n, 32>>>(x);
  // CHECK: [[#@LINE+1]]:15: block-size 96
  generic<int><<<n, THREADS * Rows>>>(x);
  dim3 block(THREADS, 5);
  // CHECK: [[#@LINE+1]]:9: block-size 160
  kernel<<<n, block>>>(x);
  // CHECK: [[#@LINE+1]]:9: block-size 32
  kernel<<<dim3(n, 2), dim3(8, 4), 0, 0>>>(x);
  const int most = 1024;
  kernel<<<n, most>>>(x);
  kernel<<<n, dim3(32, 8)>>>(x);
  kernel<<<1, 1>>>(x);
  kernel<<<1, 100>>>(x);
  kernel<<<1, n>>>(x);
  kernel<<<1, dim3(32, n)>>>(x);
}
