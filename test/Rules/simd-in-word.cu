// Arithmetic on parts of a word: what is written gives the bits that CUDA's manual describes.
// RUN: rm -rf %t && split-file %s %t/in
// RUN: { %cuport translate %t/in -o %t/out 2>%t/err; test $? -eq 1; }
// RUN: FileCheck %t/in/forms.cu --input-file=%t/out/forms.cu
// RUN: FileCheck %t/in/forms.cu --input-file=%t/err --check-prefix=WARN
// RUN: %clangxx -std=c++17 -I%t/in -x c++ %t/out/bits.cu -o %t/bits && %t/bits
// RUN: %cuport translate %t/out/bits.cu -o %t/again && cmp %t/out/bits.cu %t/again/bits.cu

//--- forms.cu
#include <cuda_runtime.h>
// CHECK: {{^}}  return [](unsigned a, unsigned b) { unsigned r = 0; for (int i = 0; i < 32; i += 8) { int x = (signed char)(a >> i); int y = (signed char)(b >> i); r |= (unsigned)(unsigned char)(x > y ? x : y) << i; } return r; }(a, 0);
__device__ unsigned f(unsigned a) {
  return __vmaxs4(a, 0);
}
// WARN: warning: HIP has nothing for '__vavgu4'{{.*}} [api-name]
__device__ unsigned g(unsigned a) { return __vavgu4(a, 0); }
// A function of the project's own stays.
// CHECK: own.__vadd4(1, 2)
struct Own { int __vadd4(int, int); };
int h(Own own) { return own.__vadd4(1, 2); }
//--- hip/hip_runtime.h
#pragma once
#define __device__
#define __host__
//--- bits.cu
#include <cuda_runtime.h>
#include <stdio.h>
__host__ __device__ unsigned add4(unsigned a, unsigned b) { return __vadd4(a, b); }
__host__ __device__ unsigned sub2(unsigned a, unsigned b) { return __vsub2(a, b); }
__host__ __device__ unsigned addss4(unsigned a, unsigned b) { return __vaddss4(a, b); }
__host__ __device__ unsigned subus2(unsigned a, unsigned b) { return __vsubus2(a, b); }
__host__ __device__ unsigned maxs4(unsigned a, unsigned b) { return __vmaxs4(a, b); }
__host__ __device__ unsigned minu2(unsigned a, unsigned b) { return __vminu2(a, b); }
__host__ __device__ unsigned gts4(unsigned a, unsigned b) { return __vcmpgts4(a, b); }
__host__ __device__ unsigned eq2(unsigned a, unsigned b) { return __vcmpeq2(a, b); }
// As a macro's argument, and one inside of another.
#define SAME(x) (x)
__host__ __device__ unsigned subss2(unsigned a, unsigned b) { return SAME(__vsubss2(a, b)); }
__host__ __device__ unsigned addus4(unsigned a, unsigned b) { return __vaddus4(__vmaxu4(a, a), b); }

int clamp(int v, int low, int high) { return v < low ? low : v > high ? high : v; }

template <class F> unsigned parts(int bits, unsigned a, unsigned b, F each) {
  unsigned result = 0, mask = (1u << bits) - 1;
  for (int at = 0; at < 32; at += bits)
    result |= (unsigned(each(int(a >> at & mask), int(b >> at & mask))) & mask) << at;
  return result;
}
int s8(int v) { return (signed char)v; }

int main() {
  unsigned a = 1, bad = 0;
  for (int i = 0; i < 100000; ++i) {
    a = a * 1664525u + 1013904223u;
    unsigned b = i % 7 ? a * 22695477u + 1u : a ^ (i % 3 ? 0xff00u : 0);
    bad += add4(a, b) != parts(8, a, b, [](int x, int y) { return x + y; });
    bad += sub2(a, b) != parts(16, a, b, [](int x, int y) { return x - y; });
    bad += addss4(a, b) != parts(8, a, b, [](int x, int y) { return clamp(s8(x) + s8(y), -128, 127); });
    bad += subus2(a, b) != parts(16, a, b, [](int x, int y) { return clamp(x - y, 0, 65535); });
    bad += maxs4(a, b) != parts(8, a, b, [](int x, int y) { return s8(x) > s8(y) ? x : y; });
    bad += minu2(a, b) != parts(16, a, b, [](int x, int y) { return x < y ? x : y; });
    bad += subss2(a, b) != parts(16, a, b, [](int x, int y) { return clamp((short)x - (short)y, -32768, 32767); });
    bad += addus4(a, b) != parts(8, a, b, [](int x, int y) { return clamp(x + y, 0, 255); });
    bad += gts4(a, b) != parts(8, a, b, [](int x, int y) { return s8(x) > s8(y) ? -1 : 0; });
    bad += eq2(a, b) != parts(16, a, b, [](int x, int y) { return x == y ? -1 : 0; });
  }
  printf("%u wrong\n", bad);
  return bad != 0;
}
