// Kernels with more than 4 KiB of parameters.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/needs.py %t.json kernel-argument | FileCheck %s --implicit-check-not=kernel-argument

#include <cuda_runtime.h>
struct Table {
  float values[1100];
};
// CHECK: [[#@LINE+1]]: kernel-argument: kernel-arguments 4408{{$}}
__global__ void byValue(Table t, float *x) { x[0] = t.values[0]; }
__global__ void byPointer(const Table *t, float *x) { x[0] = t->values[0]; }
void host(Table t);
template <class T> __global__ void unknown(T t) {}
#define KERNEL(name) __global__ void name(Table a, Table b)
// CHECK: [[#@LINE+1]]: kernel-argument: kernel-arguments 8800{{$}}
KERNEL(two) {}
