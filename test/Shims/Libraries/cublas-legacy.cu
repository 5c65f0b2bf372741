// cuBLAS's legacy interface (cublas.h). A program of which one file has it, in C, and another cublas_v2.h; then the tests of levels 1 to
// 3 through it, by a cublas_v2.h of the tests' own, which compare with plain loops.
// REQUIRES: cublas
// RUN: rm -rf %t && mkdir %t
// RUN: %cuport-cc -c %S/Inputs/legacy/triangle.c -o %t/triangle.o
// RUN: %cuport-cc %s %t/triangle.o -lcublas -o %t/program
// RUN: %t/program | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t/program | FileCheck %s
// RUN: awk -f %S/Inputs/legacy/functions.awk %toolkit/include/cuport/cuport/cublas_legacy_api.h \
// RUN:   %toolkit/include/cuport/cuport/cublas_names_api.h > %t/functions.h
// RUN: grep -c namespace %t/functions.h | FileCheck %s --check-prefix=COUNT
// RUN: %clangxx %S/cublas-vectors.cpp -I%S/Inputs/legacy -I%t %library-program -lcuport-cublas -o %t/vectors
// RUN: %t/vectors | FileCheck %s --check-prefix=TESTS
// RUN: %clangxx %S/cublas-matrices.cpp -I%S/Inputs/legacy -I%t %library-program -lcuport-cublas -o %t/matrices
// RUN: %t/matrices | FileCheck %s --check-prefix=TESTS
// RUN: env CUPORT_SEPARATE=1 %t/matrices | FileCheck %s --check-prefix=TESTS
// RUN: not %cuport-cc -c %s -include cublas.h -o %t/both.o 2>&1 | FileCheck %s --check-prefix=BOTH
//
// The matrix is 1 2 3 / 0 4 5 / 0 0 -6 by rows, its first column 1 0 0; here it is scaled by 2 with a kernel first.
// CHECK: dot 4, norm 2, sum 42
// CHECK-NEXT: largest 9, smallest 2
// CHECK-NEXT: trmv 4 8 12
// CHECK-NEXT: scaled 8 16 24
// CHECK-NEXT: today 42
// CHECK-NEXT: fails: 0
// COUNT: 151
// TESTS: all as it should be
// BOTH: error: "cublas.h and cublas_v2.h give the same names to different functions; include one of them"

#include <cublas_v2.h>
#include <stdio.h>

extern "C" int useLegacy(const float *host);

__global__ void twice(float *x) { x[threadIdx.x] *= 2; }

int main() {
  float host[] = {1, 0, 0, 2, 4, 0, 3, 5, -6}, sum = 0, *device;
  cudaMalloc(&device, sizeof host);
  cudaMemcpy(device, host, sizeof host, cudaMemcpyHostToDevice);
  twice<<<1, 9>>>(device);
  cudaMemcpy(host, device, sizeof host, cudaMemcpyDeviceToHost);
  int fails = useLegacy(host);
  cublasHandle_t handle;
  fails += cublasCreate(&handle) != CUBLAS_STATUS_SUCCESS;
  fails += cublasSasum(handle, 9, device, 1, &sum) != CUBLAS_STATUS_SUCCESS;
  printf("today %g\nfails: %d\n", sum, fails);
  return cublasDestroy(handle);
}
