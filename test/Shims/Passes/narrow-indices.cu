// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// An index that begins anew, as threadIdx.x & 3, beside one of more bits: LLVM 22 makes vectors of such loops as if it went on. In kernels, in
// the host's half, and in files without kernels.

// RUN: %cuport-cc -O2 -march=x86-64-v3 -mllvm -cuport-widen=never %s -o %t && %t | FileCheck %s --check-prefixes=CHECK,KERNEL
// RUN: %cuport-cc -O2 %s -o %t && %t | FileCheck %s --check-prefixes=CHECK,KERNEL
// RUN: %cuport-cc -O2 -x c++ %s -o %t && %t | FileCheck %s

#include <cstdio>

constexpr unsigned Count = 96;

#define LOOPS(BEGIN)                                                                                                                                 \
  BEGIN(masked, in[i & 3])                                                                                                                           \
  BEGIN(maskedAbove, in[i & 12])                                                                                                                     \
  BEGIN(byte, in[static_cast<unsigned char>(i * 8)])                                                                                                 \
  BEGIN(negative, in[static_cast<signed char>(i * 4) + 128])                                                                                         \
  BEGIN(remainder, in[i % 8])                                                                                                                        \
  BEGIN(two, in[i & 7] + in[(i + 1) & 15])

#define FUNCTION(NAME, VALUE)                                                                                                                        \
  __attribute__((noinline)) void NAME(unsigned n, unsigned c, const int *__restrict in, int *__restrict out) {                                       \
    for (unsigned i = 0; i < n; ++i)                                                                                                                 \
      out[i + c] = VALUE;                                                                                                                            \
  }                                                                                                                                                  \
  int NAME##One(unsigned i, const volatile int *in) { return VALUE; }
LOOPS(FUNCTION)

static int in[1024], out[1024];

template <typename One> void compare(const char *where, const char *name, One one) {
  unsigned wrong = 0;
  for (unsigned i = 0; i < Count; ++i)
    wrong += out[i + 1] != one(i, in);
  std::printf("%s %s: %u wrong\n", where, name, wrong);
}

#ifdef __CUDACC__
#include <cuda_runtime.h>

#define KERNEL(NAME, VALUE)                                                                                                                          \
  __global__ void NAME##Kernel(unsigned c, const int *__restrict in, int *__restrict out) {                                                          \
    const unsigned i = threadIdx.x;                                                                                                                  \
    out[i + c] = VALUE;                                                                                                                              \
  }
LOOPS(KERNEL)
#endif

int main() {
  for (int i = 0; i < 1024; ++i)
    in[i] = i * 7 + 3;
#define RUN(NAME, VALUE)                                                                                                                             \
  NAME(Count, 1, in, out);                                                                                                                           \
  compare("loop", #NAME, NAME##One);
  LOOPS(RUN)
  // CHECK: loop masked: 0 wrong
  // CHECK-NEXT: loop maskedAbove: 0 wrong
  // CHECK-NEXT: loop byte: 0 wrong
  // CHECK-NEXT: loop negative: 0 wrong
  // CHECK-NEXT: loop remainder: 0 wrong
  // CHECK-NEXT: loop two: 0 wrong
#ifdef __CUDACC__
  int *from, *to;
  cudaMalloc(&from, sizeof in);
  cudaMalloc(&to, sizeof out);
  cudaMemcpy(from, in, sizeof in, cudaMemcpyHostToDevice);
#define LAUNCH(NAME, VALUE)                                                                                                                          \
  NAME##Kernel<<<1, Count>>>(1, from, to);                                                                                                           \
  cudaMemcpy(out, to, sizeof out, cudaMemcpyDeviceToHost);                                                                                           \
  compare("kernel", #NAME, NAME##One);
  LOOPS(LAUNCH)
  // KERNEL-NEXT: kernel masked: 0 wrong
  // KERNEL-NEXT: kernel maskedAbove: 0 wrong
  // KERNEL-NEXT: kernel byte: 0 wrong
  // KERNEL-NEXT: kernel negative: 0 wrong
  // KERNEL-NEXT: kernel remainder: 0 wrong
  // KERNEL-NEXT: kernel two: 0 wrong
#endif
  return 0;
}
