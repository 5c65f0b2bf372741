// Device code in FP64, by its types or by literals without f; host code stays.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/needs.py %t.json double-precision | FileCheck %s --implicit-check-not=double-precision

#include <cuda_runtime.h>
#define HALF 0.5 // CHECK: [[#@LINE]]: double-precision: fp64 0
// CHECK: [[#@LINE+1]]: double-precision: fp64 0
__global__ void inDouble(double *x) { x[0] += 1.0; }
__device__ float literal(float x) {
  // CHECK: [[#@LINE+1]]: double-precision: fp64 0
  float y = x * 2.0;
  y = x * 2.0f;
  y += HALF * x;
  return y;
}
// CHECK: [[#@LINE+1]]: double-precision: fp64 0
template <class T> __device__ T both(T x) {
  double y = x;
  return y;
}
template <class T> __device__ T generic(T x) { return x * 2; }
double host(double x) { return x * 2.0; }
