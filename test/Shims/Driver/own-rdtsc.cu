// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// gcc has __rdtsc in a header alone: a program that includes none may have its own.
// RUN: %cuport-cc %s -o %t && %t
// RUN: %cuport-cc -DFROM_HEADER %s -o %t.header && %t.header
#if defined(FROM_HEADER) && defined(__x86_64__)
#include <x86intrin.h>
#else
static inline unsigned long long __rdtsc() { return 7; }
#endif

__global__ void one(int *out) { *out = 1; }

int main() {
  int *out;
  cudaMallocManaged(&out, sizeof *out);
  one<<<1, 1>>>(out);
  if (cudaDeviceSynchronize() || *out != 1)
    return 1;
#if defined(FROM_HEADER) && defined(__x86_64__)
  const unsigned long long before = __rdtsc();
  return _rdtsc() <= before;
#else
  return __rdtsc() != 7;
#endif
}
