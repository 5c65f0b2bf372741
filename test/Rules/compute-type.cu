// What cuBLAS computes in may be given as a data type, as before CUDA 11; hipBLAS takes a compute type.
// RUN: { %cuport translate %s -o %t 2>%t.err; test $? -eq 1; }
// RUN: %strip %t/compute-type.cu | FileCheck %s
// RUN: FileCheck %s --input-file=%t.err --check-prefix=WARN --implicit-check-not=computeType
#include <cublas_v2.h>

void f(cublasHandle_t h, const void *a, void *c, const void *const *as, void *const *cs, cudaDataType type) {
  float one = 1;
  // CHECK: hipblasGemmEx_v2({{.*}}HIP_R_16F, 4, HIPBLAS_COMPUTE_16F, HIPBLAS_GEMM_DEFAULT);
  cublasGemmEx(h, CUBLAS_OP_N, CUBLAS_OP_N, 4, 4, 4, &one, a, CUDA_R_16F, 4, a, CUDA_R_16F, 4, &one, c, CUDA_R_16F, 4, CUDA_R_16F, CUBLAS_GEMM_DEFAULT_TENSOR_OP);
  // CHECK: hipblasGemmStridedBatchedEx_v2({{.*}}HIP_R_32F, 4, 16, 2, HIPBLAS_COMPUTE_32F,
  cublasGemmStridedBatchedEx(h, CUBLAS_OP_N, CUBLAS_OP_N, 4, 4, 4, &one, a, CUDA_R_16F, 4, 16, a, CUDA_R_16F, 4, 16, &one, c, CUDA_R_32F, 4, 16, 2, CUDA_R_32F,
                             CUBLAS_GEMM_DEFAULT);
  // CHECK: hipblasGemmBatchedEx_v2({{.*}}HIP_C_64F, 4, 2, HIPBLAS_COMPUTE_64F, HIPBLAS_GEMM_DEFAULT);
  cublasGemmBatchedEx(h, CUBLAS_OP_N, CUBLAS_OP_N, 4, 4, 4, &one, as, CUDA_C_64F, 4, as, CUDA_C_64F, 4, &one, cs, CUDA_C_64F, 4, 2, CUDA_C_64F, CUBLAS_GEMM_DEFAULT);
  // Not what is no name of a type: it is told.
  // CHECK: hipblasGemmEx_v2({{.*}}HIP_R_32F, 4, type, HIPBLAS_GEMM_DEFAULT);
  // WARN: compute-type.cu:[[#@LINE+1]]:{{.*}} 'computeType' of 'cublasGemmEx' is not constant here{{.*}}a data type, as before CUDA 11, has to become a compute type
  cublasGemmEx(h, CUBLAS_OP_N, CUBLAS_OP_N, 4, 4, 4, &one, a, CUDA_R_16F, 4, a, CUDA_R_16F, 4, &one, c, CUDA_R_32F, 4, type, CUBLAS_GEMM_DEFAULT);
}
