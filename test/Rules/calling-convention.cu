// Windows' calling conventions have no word in HIP, and go.
// RUN: %cuport translate %s -o %t
// RUN: %strip %t/calling-convention.cu | FileCheck %s

#include <cuda.h>
#include <cuda_runtime.h>
// CHECK: void then(hipStream_t, hipError_t, void *) {}
void CUDART_CB then(cudaStream_t, cudaError_t, void *) {}
// CHECK-NEXT: typedef void (*Host)(void *);
typedef void (CUDA_CB *Host)(void *);
// CHECK-NEXT: extern "C" hipError_t make(hipDeviceptr_t *p);
extern "C" CUresult CUDAAPI make(CUdeviceptr *p);
// CHECK-NEXT: hipError_t
// CHECK-NEXT: early();
cudaError_t CUDARTAPI
early();
