// The second and third argument of __launch_bounds__.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json launch-bounds | FileCheck %s --implicit-check-not=launch-bounds

#include <cuda_runtime.h>
#define BOUNDS __launch_bounds__(256, 2)
// CHECK: [[#@LINE-1]]:39: launch-bounds __launch_bounds__
// CHECK: [[#@LINE+1]]:44: launch-bounds __launch_bounds__
__global__ void __launch_bounds__(128 * 2, 4) two(float *x) {}
__global__ void __launch_bounds__(256) one(float *x) {}
// CHECK: [[#@LINE+1]]:55: launch-bounds __launch_bounds__
template <int N> __global__ void __launch_bounds__(N, N > 64 ? 1 : 2) inTemplate(float *x) {}
