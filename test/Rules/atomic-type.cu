// Atomics by what they work on; integers of 32 and 64 bits stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json atomic-type | FileCheck %s --implicit-check-not=atomic-type
// RUN: FileCheck %s --check-prefix=SAID --input-file=%t.json
// SAID: "message": "'atomicAdd' of 'float' gives a sum

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_runtime.h>
__global__ void kernel(float *f, double *d, __half2 *h, __nv_bfloat16 *b, unsigned short *s, int *i, unsigned long long *u) {
  __shared__ float sums[4];
  // CHECK: [[#@LINE+1]]:3: atomic-type atomicAdd of 'float'
  atomicAdd(f, 1.0f);
  // CHECK: [[#@LINE+1]]:3: atomic-type atomicAdd of 'float'
  atomicAdd(&sums[1], 1.0f);
  // CHECK: [[#@LINE+1]]:3: atomic-type atomicAdd of 'double'
  atomicAdd(d, 1.0);
  // CHECK: [[#@LINE+1]]:3: atomic-type atomicAdd of '__half2'
  atomicAdd(h, __half2());
  // CHECK: [[#@LINE+1]]:3: atomic-type atomicAdd of '__nv_bfloat16'
  atomicAdd(b, __nv_bfloat16());
  // CHECK: [[#@LINE+1]]:3: atomic-type atomicCAS of 'unsigned short'
  atomicCAS(s, (unsigned short)0, (unsigned short)1);
  // CHECK: [[#@LINE+1]]:3: atomic-type atomicMax of 'int'
  atomicMax((int *)f, 1);
  atomicAdd(i, 1);
  atomicMax(u, 1ull);
  atomicMax((int *)i, 1);
}
template <class T> __global__ void generic(T *x, float *f) {
  atomicAdd(x, T(1));
  // CHECK: [[#@LINE+1]]:3: atomic-type atomicExch of 'float'
  atomicExch(f, 1.0f);
}
__device__ float atomicMine(float *f, float v);
__global__ void own(float *f) { atomicMine(f, 1.0f); }
