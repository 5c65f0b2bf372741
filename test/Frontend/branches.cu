// Both branches of an #if are translated; what is not compiled is said to be known by its tokens alone.
// RUN: rm -rf %t && %cuport translate %s -o %t | FileCheck %s --check-prefix=SUMMARY
// RUN: %strip %t/branches.cu | FileCheck %s
// RUN: %cuport report %s --format=json | %python %S/Inputs/findings.py | FileCheck %s --check-prefix=FOUND
// RUN: %cuport report %s --format=json -- -DFOO | %python %S/Inputs/findings.py | FileCheck %s --check-prefix=WITH-FOO
// SUMMARY: 7 places of CUDA in 1 file: 7 rename; 4 of them known by their tokens alone

#include <cuda_runtime.h>
void f(void *p) {
// CHECK: #if 0
// CHECK-NEXT: hipDeviceReset();
// FOUND: branches.cu:[[#@LINE+3]]:3 api-name cudaDeviceReset rename inactive
// WITH-FOO: branches.cu:[[#@LINE+2]]:3 api-name cudaDeviceReset rename inactive
#if 0
  cudaDeviceReset();
#endif
// CHECK: #ifdef FOO
// CHECK-NEXT: hipFree(p);
// FOUND: branches.cu:[[#@LINE+3]]:3 api-name cudaFree rename inactive
// WITH-FOO: branches.cu:[[#@LINE+2]]:3 api-name cudaFree rename resolved
#ifdef FOO
  cudaFree(p);
#elif defined(BAR)
// CHECK: #elif defined(BAR)
// CHECK-NEXT: hipFreeArray
// FOUND: branches.cu:[[#@LINE+2]]:3 api-name cudaFreeArray rename inactive
// WITH-FOO: branches.cu:[[#@LINE+1]]:3 api-name cudaFreeArray rename inactive
  cudaFreeArray((cudaArray_t)p);
#else
// CHECK: #else
// CHECK-NEXT: hipHostFree(p);
// FOUND: branches.cu:[[#@LINE+2]]:3 api-name cudaFreeHost rename resolved
// WITH-FOO: branches.cu:[[#@LINE+1]]:3 api-name cudaFreeHost rename inactive
  cudaFreeHost(p);
#endif
}
// A branch without balance on its own.
// CHECK: {{^}}void g(hipStream_t s,
void g(cudaStream_t s,
#ifdef FOO
       int) {
#else
       long) {
#endif
}
