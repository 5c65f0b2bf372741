// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Host code beside kernels that calls the processor's own functions, as oneTBB's headers do.
// RUN: %cuport-cc -fsyntax-only -Wall -Werror %s

#include <immintrin.h>

static inline void host() {
  _mm_pause();
  _mm_sfence();
  _mm_setcsr(_mm_getcsr());
}

__global__ void kernel() {}

int main() {
  host();
  kernel<<<1, 1>>>();
}
