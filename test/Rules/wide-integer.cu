// Device code that computes with integers of 64 bits, once a function; host code and 32 bits stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/needs.py %t.json wide-integer | FileCheck %s --implicit-check-not=wide-integer

#include <cuda_runtime.h>
#define TWICE(x) ((x) + (x))
typedef unsigned long long word;
__global__ void index32(float *x) { x[blockIdx.x * blockDim.x + threadIdx.x] = 0; }
// CHECK: [[#@LINE+1]]: wide-integer: int64 0
__global__ void index64(float *x) {
  size_t i = blockIdx.x * size_t(blockDim.x) + threadIdx.x;
  i *= 2;
  x[i] = 0;
}
// CHECK: [[#@LINE+1]]: wide-integer: int64 0
__device__ word inMacro(word x) { return TWICE(x); }
// CHECK: [[#@LINE+1]]: wide-integer: int64 0
__device__ void counts(long long *x) { ++*x; }
// CHECK: [[#@LINE+1]]: wide-integer: int64 0
__device__ word inverts(word x) { return ~x; }
__device__ bool compares(word x, word y) { return x < y; }
__device__ word copies(word x) { return x; }
template <class T> __device__ T generic(T x) { return x * 2; }
// CHECK: [[#@LINE+1]]: wide-integer: int64 0
template <class T> __device__ T both(T x, word seed) { return x + T(seed >> 32); }
enum class Big : word { One = 1 };
__device__ bool ofEnum(Big x) { return x == Big::One; }
size_t host(size_t n) { return n * 2; }
