// More shared memory than HIP has, or than is usual; less, and what is no number, stays.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/needs.py %t.json shared-memory | FileCheck %s --implicit-check-not=shared-memory
// RUN: FileCheck %s --input-file=%t.json --check-prefix=NONE --implicit-check-not=parse-error
// NONE: "findings"

#include <cuda_runtime.h>
#define TILE 96

// CHECK: [[#@LINE+1]]: shared-memory: shared-memory 40960{{$}}
__global__ void large(float *x) {
  __shared__ float tile[10240];
  x[0] = tile[0];
}
__global__ void small(float *x) {
  __shared__ float tile[1024];
  x[0] = tile[0];
}
template <class T> struct Shared {
  __device__ T *get() {
    // CHECK: [[#@LINE+1]]: shared-memory: nothing
    extern __shared__ T memory[];
    return memory;
  }
};
template <class T, int N> __global__ void sized(T *x) {
  __shared__ T tile[N]; // known for instances only
  extern __shared__ float rest[];
  x[0] = tile[0] + rest[0];
}

// Classes with constructors, also as a template's argument; what one of them does nothing for stays.
struct Sum {
  float value = 0;
};
struct Point {
  float x, y;
  __device__ Point() {}
};
template <class T> __global__ void reduced(float *x) {
  // CHECK: [[#@LINE+1]]: shared-memory: nothing
  __shared__ T sums[4];
  __shared__ Point points[4];
  atomicAdd(&sums[0].value, points[1].x); // known through and through
  x[0] = sums[0].value;
}
template __global__ void reduced<Sum>(float *);

void attributes(int bytes) {
  // CHECK: [[#@LINE+1]]: shared-memory: shared-memory 98304{{$}}
  cudaFuncSetAttribute(large, cudaFuncAttributeMaxDynamicSharedMemorySize, TILE * 1024);
  // CHECK: [[#@LINE+1]]: shared-memory: shared-memory 65536{{$}}
  cudaFuncSetAttribute(small, cudaFuncAttributeMaxDynamicSharedMemorySize, 64 * 1024);
  cudaFuncSetAttribute(small, cudaFuncAttributeMaxDynamicSharedMemorySize, bytes);
  cudaFuncSetAttribute(small, cudaFuncAttributePreferredSharedMemoryCarveout, 100);
}
