// using, typedef, aliases, templates, macros' arguments, overloads: whose a name is says the parse, and all of it is
// known by the parse.
// RUN: rm -rf %t && %cuport translate %s -o %t | FileCheck %s --check-prefix=SUMMARY
// RUN: %strip %t/name-forms.cu | FileCheck %s
// SUMMARY: 0 of them known by their tokens alone

#include <cuda_runtime.h>
#include <stdio.h>
using namespace std;
// CHECK: typedef hipStream_t Stream;
typedef cudaStream_t Stream;
// CHECK: using Err = hipError_t;
using Err = cudaError_t;
namespace rt {
// CHECK: using ::hipFree;
using ::cudaFree;
namespace deep {
using namespace rt;
}
} // namespace rt
namespace alias = rt;
#define API(x) x

// CHECK: hipMalloc(&p, n * sizeof(T));
template <typename T> T *alloc(size_t n) {
  T *p;
  cudaMalloc(&p, n * sizeof(T));
  return p;
}
template <typename T> struct Holder {
  // CHECK: typename T::cudaThing *p;
  typename T::cudaThing *p;
  // CHECK: hipEvent_t e;
  cudaEvent_t e;
  // CHECK: hipEventDestroy(e);
  // CHECK: T::cudaFree(p);
  ~Holder() {
    cudaEventDestroy(e);
    T::cudaFree(p);
  }
};

// The project's own overloads of CUDA's names stay, and so do their calls; CUDA's own are renamed beside them.
// CHECK: hipError_t cudaMemset(float *p, int v);
cudaError_t cudaMemset(float *p, int v);
// CHECK: cudaMemset(f, 1);
// CHECK: hipMemset(p, 0, 4);
void overloads(float *f, void *p) {
  cudaMemset(f, 1);
  cudaMemset(p, 0, 4);
}
// CHECK: inline hipError_t cudaMalloc(int **p, long n, bool zero) {
// CHECK: return hipMalloc((void **)p, n);
inline cudaError_t cudaMalloc(int **p, long n, bool zero) {
  return cudaMalloc((void **)p, n);
}
struct Wrapper {
  // CHECK: hipStream_t s = hipStreamPerThread;
  cudaStream_t s = cudaStreamPerThread;
  // CHECK: operator hipStream_t() const
  operator cudaStream_t() const { return s; }
};
void uses(void *p) {
  // CHECK: rt::hipFree(p);
  rt::cudaFree(p);
  // CHECK: alias::hipFree(p);
  alias::cudaFree(p);
  // CHECK: rt::deep::hipFree(p);
  rt::deep::cudaFree(p);
  // CHECK: API(hipFree)(p);
  API(cudaFree)(p);
  // CHECK: auto function = hipFree;
  auto function = cudaFree;
  // CHECK: [](hipStream_t s) { return ::hipStreamSynchronize(s); };
  auto lambda = [](cudaStream_t s) { return ::cudaStreamSynchronize(s); };
  // CHECK: enum hipMemcpyKind kind = hipMemcpyDefault;
  enum cudaMemcpyKind kind = cudaMemcpyDefault;
  // CHECK: struct hipPitchedPtr local;
  struct cudaPitchedPtr local;
}
// A local variable hides the type.
// CHECK: int cudaStream_t = 3;
// CHECK: cudaStream_t++;
void hides() {
  int cudaStream_t = 3;
  cudaStream_t++;
}
