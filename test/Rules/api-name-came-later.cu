// A function that HIP has by the same name in a later version.
// RUN: { %cuport translate %s -o %t --hip-version=6.3 2>%t.err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not=warning:

#include <cuda_runtime.h>
__global__ void kernel(unsigned *x) {
  // CHECK: came-later.cu:[[#@LINE+1]]:8: warning: HIP 6.3 has no '__reduce_add_sync'; it came with HIP 7.0 [api-name]
  *x = __reduce_add_sync(~0u, *x);
}
