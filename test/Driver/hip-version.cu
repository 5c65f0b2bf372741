// A name that the asked-for HIP does not have yet is a finding and stays; the next version has it.
// RUN: { %cuport translate %s -o %t51 --hip-version=5.1 2>%t.err; test $? -eq 1; }
// RUN: %strip %t51/hip-version.cu | FileCheck %s --check-prefix=OLD
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not=warning:
// RUN: %cuport translate %s -o %t52 --hip-version=5.2
// RUN: %strip %t52/hip-version.cu | FileCheck %s --check-prefix=NEW
// RUN: %cuport translate %s -o %tpatch --hip-version=5.2.3 && diff -r %t52 %tpatch
// RUN: { %cuport report %s --hip-version=5.1 --format=json >%t.json; test $? -eq 1; } && grep '"hip": "5.1"' %t.json

#include <cuda_runtime.h>
void f(void **p, cudaStream_t s) {
  // OLD: cudaMallocAsync(p, 4, s);
  // NEW: hipMallocAsync(p, 4, s);
  // CHECK: hip-version.cu:[[#@LINE+1]]:3: warning: HIP 5.1 has no 'hipMallocAsync' for 'cudaMallocAsync'; it came with HIP 5.2 [api-name]
  cudaMallocAsync(p, 4, s);
  // OLD-NEXT: hipMalloc(p, 4);
  // NEW-NEXT: hipMalloc(p, 4);
  cudaMalloc(p, 4);
}
