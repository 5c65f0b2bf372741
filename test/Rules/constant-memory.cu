// How much constant memory a variable takes, and variables of templates.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/needs.py %t.json constant-memory | FileCheck %s --implicit-check-not=constant-memory

#include <cuda_runtime.h>
#define MANY 4096
// CHECK: [[#@LINE+1]]: constant-memory: constant-memory 16384{{$}}
__constant__ float table[MANY];
__constant__ int few[4];
__device__ float global[MANY];
template <class T> struct Filter {
  // CHECK: [[#@LINE+1]]: constant-memory: nothing
  static __constant__ T weights[64];
  // A constant of the language is none of the device's memory.
  static constexpr bool Fixed = true;
  static const int Rank = 3;
};
