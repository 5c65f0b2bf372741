// Braces assigned to a half get its type; initialisers and other types stay.
// RUN: %cuport translate %s -o %t
// RUN: %strip %t/braced-assignment.cu | FileCheck %s
// RUN: %cuport translate %t/braced-assignment.cu -o %t/again && cmp %t/braced-assignment.cu %t/again/braced-assignment.cu

#include <cuda_fp16.h>
__global__ void k() {
  // CHECK: half2 a = {};
  half2 a = {};
  // CHECK: a = __half2{};
  a = {};
  half b;
  // CHECK: b = __half{};
  b = {};
  float4 c;
  // CHECK: {{^}}  c = {};
  c = {};
  // CHECK: {{^}}  a = a;
  a = a;
}
