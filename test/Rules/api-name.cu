// Names are renamed where they are CUDA's, in every branch, and left where they are not.
// RUN: { %cuport translate %s -o %t 2>%t.err; test $? -eq 1; }
// RUN: %strip %t/api-name.cu | FileCheck %s
// RUN: FileCheck %s --input-file=%t.err --check-prefix=WARN --implicit-check-not=warning:

#include <cuda_runtime.h>

// CHECK: hipError_t copy(float *d, const float *h, size_t n, hipStream_t s) {
cudaError_t copy(float *d, const float *h, size_t n, cudaStream_t s) {
  // CHECK-NEXT: return hipMemcpyAsync(d, h, n, hipMemcpyHostToDevice, s);
  return cudaMemcpyAsync(d, h, n, cudaMemcpyHostToDevice, s);
}

// A member function called cudaMalloc is the user's.
// CHECK: struct Pool {
struct Pool {
  // CHECK-NEXT: int cudaMalloc(int n) { return n; }
  int cudaMalloc(int n) { return n; }
};
int member(Pool &p, Pool *q) {
  // CHECK: return p.cudaMalloc(1) + q->cudaMalloc(2);
  return p.cudaMalloc(1) + q->cudaMalloc(2);
}
namespace mine {
// CHECK: int cudaFree(int);
int cudaFree(int);
// CHECK: int twice(int x) { return cudaFree(x) + mine::cudaFree(x); }
int twice(int x) { return cudaFree(x) + mine::cudaFree(x); }
} // namespace mine

// A name that hangs on a template argument is the argument's.
template <typename T> void dependent(T t) {
  // CHECK: t.cudaFree(0);
  t.cudaFree(0);
  // CHECK-NEXT: hipFree(t.pointer);
  cudaFree(t.pointer);
}

// using, typedef, extern "C", addresses of functions.
// CHECK: typedef hipStream_t Stream;
typedef cudaStream_t Stream;
// CHECK-NEXT: using Event = hipEvent_t;
using Event = cudaEvent_t;
// CHECK: using ::hipEventCreate;
namespace api {
using ::cudaEventCreate;
}
// CHECK: hipError_t (*launcher)(void *) = &hipFree;
cudaError_t (*launcher)(void *) = &cudaFree;
// CHECK-NEXT: extern "C" hipError_t hipFree(void *);
extern "C" cudaError_t cudaFree(void *);

// CHECK: #if 0
#if 0
// CHECK-NEXT: void dead(void *p) { hipFree(p); }
void dead(void *p) { cudaFree(p); }
#endif

// HIP lacks it: the name stays and is a warning with its place.
// CHECK: cudaDeviceGetNvSciSyncAttributes
// WARN: api-name.cu:[[#@LINE+1]]:{{[0-9]+}}: warning: HIP has nothing for 'cudaDeviceGetNvSciSyncAttributes': {{.+}} [api-name]
int attributes() { return cudaDeviceGetNvSciSyncAttributes(0, 0, 0); }

// HIP's dim3 cannot be made of a vector.
// CHECK: dim3 grid = dim3(1, 2, 3);
dim3 grid = make_uint3(1, 2, 3);
// CHECK: uint3 plain = make_uint3(1, 2, 3);
uint3 plain = make_uint3(1, 2, 3);
