// Memory that device code allocates; the host may.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json device-heap | FileCheck %s --implicit-check-not=device-heap

#include <cstdlib>
#include <cuda_runtime.h>
__global__ void kernel(int **x, void *place) {
  // CHECK: [[#@LINE+1]]:17: device-heap malloc
  x[0] = (int *)malloc(16);
  // CHECK: [[#@LINE+1]]:10: device-heap new
  x[1] = new int[4];
  // CHECK: [[#@LINE+1]]:3: device-heap delete
  delete[] x[1];
  // CHECK: [[#@LINE+1]]:3: device-heap free
  free(x[0]);
}
template <class T> __device__ T *list(int n) {
  // CHECK: [[#@LINE+1]]:10: device-heap new
  return new T[n];
}
void host() { free(malloc(16)); }
