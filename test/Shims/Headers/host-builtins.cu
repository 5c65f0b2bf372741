// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Host code beside kernels that calls the processor's own functions, as oneTBB's headers do.
// RUN: %cuport-cc -Wall -Werror %s -o %t && %t | FileCheck %s
// CHECK: 1f80, which is what MXCSR holds at the start (Intel SDM, 10.2.3)

#include <cstdio>
#include <immintrin.h>

static inline void host() {
  _mm_pause();
  _mm_sfence();
  _mm_setcsr(_mm_getcsr());
  printf("%x, which is what MXCSR holds at the start (Intel SDM, 10.2.3)\n", _mm_getcsr() & ~0x3fu); // apart from the flags of what was computed
}

__global__ void kernel() {}

int main() {
  host();
  kernel<<<1, 1>>>();
}
