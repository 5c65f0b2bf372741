// A file that leans on nvcc's own include gets the line; one that reaches it otherwise does not.
// RUN: rm -rf %t && split-file %s %t/in
// RUN: %cuport translate %t/in -o %t/out
// RUN: %strip %t/out/bare.cu | FileCheck %t/in/bare.cu
// RUN: %strip %t/out/guarded.cu | FileCheck %t/in/guarded.cu
// RUN: %strip %t/out/late.cu | FileCheck %t/in/late.cu
// RUN: %strip %t/out/leaning.cu | FileCheck %t/in/leaning.cu
// RUN: %strip %t/out/through.cu | FileCheck %t/in/through.cu --implicit-check-not=hip_runtime
// RUN: %strip %t/out/standard.cu | FileCheck %t/in/standard.cu
// RUN: %strip %t/out/piece.cu | FileCheck %t/in/piece.cu --implicit-check-not=hip_runtime
// RUN: %strip %t/out/floats.cu | FileCheck %t/in/floats.cu --implicit-check-not=hip_fp16
// RUN: %strip %t/out/carrier.cu | FileCheck %t/in/carrier.cu --implicit-check-not=hip_bf16
// RUN: %strip %t/out/own-include.cu | FileCheck %t/in/own-include.cu

//--- bare.cu
// CHECK: a comment stays first
// a comment stays first
// CHECK-NEXT: {{^}}#include <hip/hip_runtime.h>{{$}}
// CHECK-NEXT: #include <stddef.h>
#include <stddef.h>
#include "piece.cu"
__global__ void k(size_t n);
//--- late.cu
// CHECK: {{^}}#include <hip/hip_runtime.h>{{$}}
// CHECK-NEXT: #include "names.h"
#include "names.h"
#include <cuda_runtime.h>
//--- leaning.cu
// CHECK: {{^}}#include <hip/hip_runtime.h>{{$}}
// CHECK-NEXT: #include "names.h"
#include "names.h"
int nothing() { return 0; }
//--- names.h
inline cudaError_t check(cudaError_t e) { return e; }
//--- guarded.cu
// CHECK: {{^}}#include <hip/hip_runtime.h>{{$}}
// CHECK-NEXT: #ifdef WITH_STDDEF
#ifdef WITH_STDDEF
#include <stddef.h>
#endif
__global__ void k();
//--- common.h
#include <cuda_runtime.h>
//--- through.cu
// CHECK: #include "common.h"
#include "common.h"
__global__ void k();
//--- piece.cu
// CHECK: __device__ int piece();
__device__ int piece();
//--- callbacks.h
#include <functional>
inline int call(std::function<int(int)> f) { return f(1); }
//--- standard.cu
// Names of std's lean on nothing of CUDA's.
// CHECK: lean on nothing of CUDA's.
// CHECK-NEXT: {{^}}#include "callbacks.h"
// CHECK-NEXT: {{^}}#include <hip/hip_runtime.h>
#include "callbacks.h"
#include <cuda_runtime.h>
__global__ void s();
//--- blas.h
#include <cublas_v2.h>
//--- floats.cu
// bfloat16 comes by way of a header of the user's that brings cuBLAS.
// CHECK: that brings cuBLAS.
// CHECK-NEXT: {{^}}#include <hip/hip_bf16.h>
// CHECK-NEXT: {{^}}#include <hip/hip_runtime.h>
// CHECK-NEXT: {{^}}#include "blas.h"
#include "blas.h"
__global__ void scale(__nv_bfloat16 *x) { *x = __float2bfloat16(2); }
//--- carrier.cu
// CHECK: {{^}}#include <hip/hip_fp16.h>
// CHECK-NEXT: {{^}}#include <hip/hip_runtime.h>
// CHECK-NEXT: {{^}}#include <hipblas/hipblas.h>
#include <cuda_runtime.h>
#include <cublas_v2.h>
__half *nothing();
//--- own-include.cu
// CHECK: {{^}}#include <hipblas/hipblas.h>
// CHECK-NEXT: {{^}}#include <hip/hip_bf16.h>
#include <cublas_v2.h>
#include <cuda_bf16.h>
__nv_bfloat16 *none();
