// Functions that HIP's headers define on AMD stand behind a guard; others stay as they are.
// RUN: { %cuport translate %s -o %t 2>%t.err; test $? -eq 1; }
// RUN: %strip %t/hip-overload.cu | FileCheck %s --implicit-check-not=PLATFORM --implicit-check-not='{{^}}#endif'
// RUN: FileCheck %s --input-file=%t.err --check-prefix=WARN --implicit-check-not=warning:
// RUN: { %cuport translate %t/hip-overload.cu -o %t/again 2>/dev/null; test $? -eq 1; }
// RUN: cmp %t/hip-overload.cu %t/again/hip-overload.cu

#include <cuda_runtime.h>
struct Own { float x; };

// CHECK: {{^}}#ifndef __HIP_PLATFORM_AMD__
// CHECK-NEXT: inline __host__ __device__ float4 operator*(float4 a, float4 b) {
// WARN: hip-overload.cu:[[#@LINE+1]]:1: warning: 2 functions of the project's own that HIP's headers define{{.*}} [hip-overload]
inline __host__ __device__ float4 operator*(float4 a, float4 b) {
  return make_float4(a.x * b.x, a.y * b.y, a.z * b.z, a.w * b.w);
}
inline __host__ __device__ void operator+=(float2 &a, const float2 &b) { a.x += b.x; } // and on
// CHECK: a.x += b.x; } // and on
// CHECK-NEXT: {{^}}#endif

// With a scalar, for the device alone, for another operator or another type HIP's do not stand in the way.
// CHECK: float4 operator*(float4 a, float b)
inline __host__ __device__ float4 operator*(float4 a, float b) { return a; }
__device__ float3 operator*(float3 a, float3 b) { return a; }
inline __host__ __device__ float4 operator+(float4 a, float4 b) { return a; }
inline __host__ __device__ Own operator*(Own a, Own b) { return a; }

// CHECK: {{^}}#ifndef __HIP_PLATFORM_AMD__
// CHECK-NEXT: __host__ __device__ int3 operator/(int3 a, int3 b);
// CHECK-NEXT: {{^}}#endif
// WARN: hip-overload.cu:[[#@LINE+1]]:1: warning: 1 function of the project's own that HIP's headers define{{.*}} [hip-overload]
__host__ __device__ int3 operator/(int3 a, int3 b);

// WARN: hip-overload.cu:[[#@LINE+1]]:8: warning: 1 function of the project's own that HIP's headers define{{.*}} [hip-overload]
int v; __host__ __device__ void operator*=(int2 &a, int2 b) {}
int w;

// What CUDA has no function for, and what it had none for once.
// CHECK: {{^}}#ifndef __HIP_PLATFORM_AMD__
// CHECK-NEXT: __device__ float atomicMin(float *p, float v) { return v; }
// WARN: hip-overload.cu:[[#@LINE+1]]:1: warning: 2 functions of the project's own that HIP's headers define{{.*}} [hip-overload]
__device__ float atomicMin(float *p, float v) { return v; }
__device__ double atomicAdd(double *p, double v) { return v; }
// CHECK: __device__ double atomicAdd
// CHECK-NEXT: {{^}}#endif
// CHECK: __device__ long atomicMin(long *p, long v)
__device__ long atomicMin(long *p, long v) { return v; }
