// HIP's structs and enums behind `struct` and `enum`, as code from C has them, and by name alone: in C++ and in C.
// RUN: %cuport-cc -w %s -o %t
// RUN: %t | FileCheck %s
// RUN: cp %s %t.c
// RUN: %cuport-cc -w -DIN_C -c %t.c -o %t.o
// CHECK: 1 2 3: no error

#include <hip/hip_runtime_api.h>
#include <stdio.h>

#ifdef IN_C
#define TAG
#else
#define TAG enum
#endif
static void copy(int *to, const int *from, TAG hipMemcpyKind kind) { hipMemcpy(to, from, sizeof(int), kind); }

int main() {
#ifndef IN_C
  struct hipExtent tagged = make_hipExtent(1, 2, 3);
  struct hipFuncAttributes attributes;
  struct hipDeviceProp_t properties;
  (void)attributes, (void)properties;
#endif
  hipExtent extent = {1, 2, 3};
  int a = 3, b = 0;
  copy(&b, &a, hipMemcpyHostToHost);
  printf("%d %d %d: %s\n", (int)extent.width, (int)extent.height, b, hipGetErrorString(hipGetLastError()));
  return 0;
}
