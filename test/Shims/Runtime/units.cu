// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Two files may each have a static kernel and a static variable of the same name; each launches its own.
//
// RUN: %cuport-cc -I%S/Inputs -c %s -o %t.a.o
// RUN: %cuport-cc -I%S/Inputs -DSECOND -c %s -o %t.b.o
// RUN: %cuport-cc %t.a.o %t.b.o -o %t.ab && %t.ab | FileCheck %s
// RUN: %cuport-cc %t.b.o %t.a.o -o %t.ba && %t.ba | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#ifdef SECOND
#define VALUE 2
#else
#define VALUE 1
#endif

static __device__ int variable = VALUE * 100;
static __global__ void kernel(int *out) { *out = VALUE + variable; }
template <class T> __global__ void both(T *out) { *out += 1000; }

static int run() {
  int *place, host = 0;
  OK(cudaMalloc(&place, 4));
  kernel<<<1, 1>>>(place);
  both<<<1, 1>>>(place);
  OK(cudaMemcpy(&host, place, 4, cudaMemcpyDeviceToHost));
  int value = 0;
  OK(cudaMemcpyFromSymbol(&value, variable, 4));
  IS(value, VALUE * 100);
  OK(cudaFree(place));
  return host;
}

#ifdef SECOND
int second() { return run(); }
#else
int second();
int main() {
  IS(run(), 1101);
  IS(second(), 1202);
  return done();
}
#endif
