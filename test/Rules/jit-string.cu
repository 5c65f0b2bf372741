// Options, files and names for compilers and loaders at run time; other strings stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json jit-string | FileCheck %s --implicit-check-not=jit-string

#include <cuda_runtime.h>
#define ARCH "--gpu-architecture=compute_80"
// CHECK: [[#@LINE-1]]:14: jit-string --gpu-architecture=compute_80
const char *options[] = {
  // CHECK: [[#@LINE+1]]:3: jit-string -arch=sm_70
  "-arch=sm_70",
  // CHECK: [[#@LINE+1]]:3: jit-string --use_fast_math
  "--use_fast_math", "-std=c++17", "sm_ is no architecture", "compute_fast"};
// CHECK: [[#@LINE+1]]:20: jit-string _Z6kernelPf
const char *name = "_Z6kernelPf", *own = "_Zero", *ptr = "x_Z6kernel";
// CHECK: [[#@LINE+1]]:20: jit-string kernels.ptx
const char *file = "kernels.ptx", *text = "kernels.txt";
