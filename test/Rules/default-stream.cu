// One finding where blocking streams and the default stream meet in a file.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json default-stream | FileCheck %s --implicit-check-not=default-stream

#include <cuda_runtime.h>
__global__ void kernel(int *x) {}
void run(int *x) {
  cudaStream_t s, t;
  // CHECK: [[#@LINE+1]]:3: default-stream cudaStreamCreate
  cudaStreamCreate(&s);
  cudaStreamCreate(&t);
  kernel<<<1, 64, 0, s>>>(x);
  kernel<<<1, 64>>>(x);
}
