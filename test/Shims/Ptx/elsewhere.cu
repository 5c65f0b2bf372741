// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Constraints of a float, in a header, in a macro and in a template; the host's own assembly stays what it is.
// RUN: split-file %s %t && %cuport-cc -O1 %t/main.cu -I %t -o %t/program && %t/program | FileCheck %t/main.cu

//--- add.h
template <class T> __device__ T add(T a, T b) {
  T r;
  asm("add.f32 %0, %1, %2;" : "=f"(r) : "f"(a), "f"(b));
  return r;
}
#define ADD(r, a, b) \
  asm volatile("add.f64 %0, " \
               "%1, %2;" : "=d"(r) : "d"(a), "d"(b))
//--- main.cu
#include "add.h"
#include <cstdio>

__global__ void k(float *f) {
  double d;
  ADD(d, 1.5, 2.0);
  unsigned short h;
  asm("add.u16 %0, %1, %2;" : "=h"(h) : "h"((unsigned short)65535), "h"((unsigned short)3));
  f[0] = add(1.0f, 2.0f), f[1] = d, f[2] = h;
}

int main() {
  float *f;
  cudaMallocManaged((void **)&f, 3 * sizeof(float));
  k<<<1, 1>>>(f);
  cudaDeviceSynchronize();
  int five;
#ifdef __x86_64__
  asm("movl %1, %0" : "=d"(five) : "r"(5));
#else
  five = 5;
#endif
  std::printf("%g %g %g %d\n", f[0], f[1], f[2], five);
  // CHECK: 3 3.5 2 5
}
