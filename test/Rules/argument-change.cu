// Symbols are wrapped and kernels are cast where HIP wants it; what has the form already stays.
// RUN: %cuport translate %s -o %t
// RUN: %strip %t/argument-change.cu | FileCheck %s

#include <cuda_runtime.h>
__constant__ float coeff[16];
template <int N> __global__ void kernel(float *p);
template <int A, int B> struct Table { static __device__ float data[A]; };

void use(const float *h, void **where) {
  // CHECK: hipMemcpyToSymbol(HIP_SYMBOL(coeff), h, sizeof(coeff));
  cudaMemcpyToSymbol(coeff, h, sizeof(coeff));
  // CHECK-NEXT: hipGetSymbolAddress(where, HIP_SYMBOL(coeff));
  cudaGetSymbolAddress(where, coeff);
  // CHECK-NEXT: hipMemcpyToSymbol(HIP_SYMBOL((Table<4, 5>::data)), h, 4);
  cudaMemcpyToSymbol((Table<4, 5>::data), h, 4);
  // CHECK-NEXT: hipFuncSetAttribute((const void *)kernel<4>, hipFuncAttributeMaxDynamicSharedMemorySize, 1024);
  cudaFuncSetAttribute(kernel<4>, cudaFuncAttributeMaxDynamicSharedMemorySize, 1024);
  // CHECK-NEXT: hipFuncSetAttribute((void *)kernel<4>, hipFuncAttributeMaxDynamicSharedMemorySize, 1024);
  cudaFuncSetAttribute((void *)kernel<4>, cudaFuncAttributeMaxDynamicSharedMemorySize, 1024);
}
#define UPLOAD(symbol, from) cudaMemcpyToSymbol(symbol, from, sizeof(symbol))
// CHECK: #define UPLOAD(symbol, from) hipMemcpyToSymbol(HIP_SYMBOL(symbol), from, sizeof(symbol))
