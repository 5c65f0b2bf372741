// Asynchronous copies of what malloc, new, arrays and vectors hold; pinned memory and what comes from elsewhere stays.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json pageable-copy | FileCheck %s --implicit-check-not=pageable-copy

#include <cstdlib>
#include <cuda_runtime.h>
// CHECK: [[#@LINE+1]]:24: pageable-copy h
#define COPY(to, from) cudaMemcpyAsync(to, from, 64, cudaMemcpyHostToDevice, 0)
void copies(float *d, float *given, size_t n, cudaStream_t s) {
  float *heap = (float *)malloc(n), *made = new float[n], *pinned, *registered = (float *)malloc(n);
  float local[16];
  cudaMallocHost(&pinned, n);
  cudaHostRegister(registered, n, 0);
  // CHECK: [[#@LINE+1]]:3: pageable-copy heap
  cudaMemcpyAsync(d, heap, n, cudaMemcpyHostToDevice, s);
  // CHECK: [[#@LINE+1]]:3: pageable-copy made
  cudaMemcpyAsync(made, d, n, cudaMemcpyDeviceToHost, s);
  // CHECK: [[#@LINE+1]]:3: pageable-copy local
  cudaMemcpyAsync(&local[0], d, n, cudaMemcpyDeviceToHost, s);
  cudaMemcpyAsync(d, pinned, n, cudaMemcpyHostToDevice, s);
  cudaMemcpyAsync(registered, d, n, cudaMemcpyDeviceToHost, s);
  cudaMemcpyAsync(d, given, n, cudaMemcpyHostToDevice, s);
  cudaMemcpyAsync(d, d, n, cudaMemcpyDeviceToDevice, s);
  cudaMemcpy(d, heap, n, cudaMemcpyHostToDevice);
}
template <class T> void inTemplate(float *d, T n) {
  float *h = new float[16];
  // CHECK: [[#@LINE+1]]:3: pageable-copy h
  cudaMemcpyAsync(d, h, 64, cudaMemcpyHostToDevice, 0);
}
void inMacro(float *d) {
  float *h = new float[16];
  COPY(d, h);
}
