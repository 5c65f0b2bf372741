// The device pass sees the branches for __CUDA_ARCH__ that the host pass skips; both are known by the parse.
// RUN: { %cuport report %s --format=json > %t; test $? -eq 1; }
// RUN: %python %S/Inputs/findings.py < %t | FileCheck %s

#include <cuda_runtime.h>

#define BOTH __host__ __device__
BOTH float value(float x) {
#ifdef __CUDA_ARCH__
  return __fdividef(x, 2);
#else
  cudaDeviceReset();
  return x;
#endif
}
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 600
void old() { cudaDeviceSynchronize(); }
#else
// No architecture that is parsed for is that old.
void old() { cudaThreadSynchronize(); }
#endif
// CHECK: cuda-arch.cu:10:10 api-name __fdividef {{.*}} resolved
// CHECK: cuda-arch.cu:12:3 api-name cudaDeviceReset rename resolved
// CHECK: cuda-arch.cu:17:14 api-name cudaDeviceSynchronize rename resolved
// CHECK: cuda-arch.cu:20:14 api-name cudaThreadSynchronize {{.*}} inactive
