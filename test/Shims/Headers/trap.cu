// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Nothing comes behind a trap, which clang has to know: nvcc 13.0 compiles this without a warning.
// RUN: %cuport-cc -Werror=all-warnings -c %s -o %t.o
// RUN: %cuport-cc -Werror=all-warnings -x hip -c %s -o %t.o

[[noreturn]] __device__ void refuse() { __trap(); }

__global__ void kernel(int *result) {
  if (*result > 3)
    refuse();
  *result = 1;
}
