// What clang says about both halves is shown once, what it says about one is not lost, and the count is right.

// RUN: not %cuport-cc -c %s -o %t.o 2>&1 | FileCheck %s
// RUN: not %cuport-cc -fsyntax-only %s 2>&1 | FileCheck %s
// CHECK-COUNT-1: messages.cu:[[#]]:{{[0-9]+}}: error: use of undeclared identifier 'both'
// CHECK-NOT: undeclared identifier 'both'
// CHECK: error: use of undeclared identifier 'device_only'
// CHECK: 2 errors generated.
// CHECK-NOT: generated

// RUN: %cuport-cc -c -DCOMPILES -Wall -Wunused-variable %s -o %t.o 2>&1 | FileCheck %s --check-prefix=WARNING
// WARNING-COUNT-1: warning: unused variable 'unused'
// WARNING: 1 warning generated.

// What compiles says nothing.
// RUN: %cuport-cc -c -DCOMPILES %s -o %t.o 2>&1 | count 0

// Nothing is left of what was made on the way.
// RUN: rm -rf %t.tmp && mkdir %t.tmp && env TMPDIR=%t.tmp not %cuport-cc -c %s -o %t.o && ls %t.tmp | count 0

__global__ void kernel(int *out) {
#ifndef COMPILES
  *out = both;
#ifdef __CUDA_ARCH__
  *out = device_only;
#endif
#else
  int unused;
#endif
}
