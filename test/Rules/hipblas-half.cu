// hipBLAS's half is uint16_t without a definition: the call is renamed, and what to define is told. Its names of statuses are its own.
// RUN: rm -rf %t && mkdir %t
// RUN: not %cuport translate %s -o %t/out 2>%t/err
// RUN: %strip %t/out/hipblas-half.cu | FileCheck %s
// RUN: FileCheck %s --input-file=%t/err --check-prefix=SAID
#include <cublas_v2.h>
#include <cuda_fp16.h>

const char *multiply(cublasHandle_t handle, int n, const __half *one, const __half *a, __half *c) {
  // CHECK: hipblasStatus_t status = hipblasHgemm(handle, HIPBLAS_OP_N
  // SAID: hipblas-half.cu:[[@LINE+1]]:27: warning: {{.*}}HIPBLAS_USE_HIP_HALF is defined before hipblas/hipblas.h{{.*}} [api-name]
  cublasStatus_t status = cublasHgemm(handle, CUBLAS_OP_N, CUBLAS_OP_N, n, n, n, one, a, n, a, n, one, c, n);
  // CHECK: return hipblasStatusToString(status);
  // SAID: hipblas-half.cu:[[@LINE+1]]:10: warning: {{.*}}gives the status's name, HIPBLAS_STATUS_..., and no sentence{{.*}} [api-name]
  return cublasGetStatusString(status);
}
