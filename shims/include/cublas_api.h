// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What cublas_v2.h and cublas.h have in common, for C and C++.

#ifndef CUPORT_CUBLAS_API_HEADER
#define CUPORT_CUBLAS_API_HEADER

#include <cuComplex.h>
#include <cuda_runtime_api.h>
#include <stdio.h>

#ifdef __cplusplus
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#else
#include <cuport/half_in_c.h>
#endif

#include <cuport/cublas_api.h>

#ifdef __cplusplus
// The forms of before version 11, which say how is calculated by a type of data; and the emulation's strategy in the runtime's numbers.
inline cublasStatus_t cublasGemmEx(cublasHandle_t handle, cublasOperation_t opA, cublasOperation_t opB, int m, int n, int k, const void *alpha,
                                   const void *a, cudaDataType typeA, int lda, const void *b, cudaDataType typeB, int ldb, const void *beta,
                                   void *c, cudaDataType typeC, int ldc, cudaDataType type, cublasGemmAlgo_t algorithm) {
  cublasComputeType_t compute = CUBLAS_COMPUTE_32F;
  cublasStatus_t status = cublasMigrateComputeType(handle, type, &compute);
  return status ? status
                : cublasGemmEx(handle, opA, opB, m, n, k, alpha, a, typeA, lda, b, typeB, ldb, beta, c, typeC, ldc, compute, algorithm);
}
inline cublasStatus_t cublasGemmBatchedEx(cublasHandle_t handle, cublasOperation_t opA, cublasOperation_t opB, int m, int n, int k,
                                          const void *alpha, const void *const a[], cudaDataType typeA, int lda, const void *const b[],
                                          cudaDataType typeB, int ldb, const void *beta, void *const c[], cudaDataType typeC, int ldc, int matrices,
                                          cudaDataType type, cublasGemmAlgo_t algorithm) {
  cublasComputeType_t compute = CUBLAS_COMPUTE_32F;
  cublasStatus_t status = cublasMigrateComputeType(handle, type, &compute);
  return status ? status
                : cublasGemmBatchedEx(handle, opA, opB, m, n, k, alpha, a, typeA, lda, b, typeB, ldb, beta, c, typeC, ldc, matrices, compute,
                                      algorithm);
}
inline cublasStatus_t cublasGemmStridedBatchedEx(cublasHandle_t handle, cublasOperation_t opA, cublasOperation_t opB, int m, int n, int k,
                                                 const void *alpha, const void *a, cudaDataType typeA, int lda, long long strideA, const void *b,
                                                 cudaDataType typeB, int ldb, long long strideB, const void *beta, void *c, cudaDataType typeC,
                                                 int ldc, long long strideC, int matrices, cudaDataType type, cublasGemmAlgo_t algorithm) {
  cublasComputeType_t compute = CUBLAS_COMPUTE_32F;
  cublasStatus_t status = cublasMigrateComputeType(handle, type, &compute);
  return status ? status
                : cublasGemmStridedBatchedEx(handle, opA, opB, m, n, k, alpha, a, typeA, lda, strideA, b, typeB, ldb, strideB, beta, c, typeC, ldc,
                                             strideC, matrices, compute, algorithm);
}
inline cublasStatus_t cublasGetEmulationStrategy(cublasHandle_t handle, cudaEmulationStrategy *strategy) {
  cublasEmulationStrategy_t own = CUBLAS_EMULATION_STRATEGY_DEFAULT;
  cublasStatus_t status = cublasGetEmulationStrategy(handle, strategy ? &own : static_cast<cublasEmulationStrategy_t *>(nullptr));
  if (status == CUBLAS_STATUS_SUCCESS)
    *strategy = static_cast<cudaEmulationStrategy>(own);
  return status;
}
inline cublasStatus_t cublasSetEmulationStrategy(cublasHandle_t handle, cudaEmulationStrategy strategy) {
  return cublasSetEmulationStrategy(handle, static_cast<cublasEmulationStrategy_t>(strategy));
}
#endif

#endif
