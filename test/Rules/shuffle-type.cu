// Shuffles of halves, characters and structs; ints, floats and doubles stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json shuffle-type | FileCheck %s --implicit-check-not=shuffle-type

#include <cuda_fp16.h>
#include <cuda_runtime.h>
#define FULL 0xffffffff
struct Pair {
  int a, b;
};
__global__ void kernel(int *i, float *f, double *d, __half *h, __half2 *p, char *c) {
  i[0] = __shfl_sync(FULL, i[0], 0, 32);
  f[0] = __shfl_down_sync(FULL, f[0], 1, 32);
  d[0] = __shfl_xor_sync(FULL, d[0], 1, 32);
  // CHECK: [[#@LINE+1]]:10: shuffle-type __half
  h[0] = __shfl_sync(FULL, h[0], 0, 32);
  // CHECK: [[#@LINE+1]]:10: shuffle-type __half2
  p[0] = __shfl_xor_sync(FULL, p[0], 1, 32);
  // CHECK: [[#@LINE+1]]:10: shuffle-type char
  c[0] = __shfl_up_sync(FULL, c[0], 1, 32);
}
template <class T> __device__ T any(T x) { return __shfl_sync(FULL, x, 0, 32); }
