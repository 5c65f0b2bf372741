// The words that clang has as keywords of its own are known by the parse like the others.
// RUN: %cuport report %s --format=json | %python %S/Inputs/findings.py | FileCheck %s --implicit-check-not=unresolved
// CHECK: __noinline__ as-is resolved
// CHECK: __forceinline__ as-is resolved
#include <cuda_runtime.h>
__noinline__ __device__ void f() {}
__forceinline__ __device__ void g() {}
