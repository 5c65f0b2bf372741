// Shared variables of classes with constructors and destructors: as with nvcc none runs, and the compiler says so.
// RUN: %cuport-cc %s -o %t 2> %t.err
// RUN: FileCheck %s --check-prefix=WARN --implicit-check-not=warning: --implicit-check-not=error: --input-file=%t.err
// RUN: %t | FileCheck %s
// RUN: %cuport-cc -w -rdc=true -G -g %s -o %t.debug
// RUN: %t.debug | FileCheck %s
// RUN: not %cuport-cc -DWRONG -c %s -o %t.o 2>&1 | FileCheck %s --check-prefix=ERROR
// CHECK: 2017
// CHECK-NEXT: 63 0
// CHECK-NEXT: 17 14
// CHECK-NEXT: 4 4
// CHECK-NEXT: 0 no error
#include <cstdio>
struct V { float x; int k = 7; __device__ V() { x = 3; } };
struct W { int k = 7; W() = default; };
struct Base { int b; __device__ Base() {} };
struct Empty : Base { int e; __device__ Empty() {} };
__device__ int dtor;
struct D { int v; __device__ D() : v(1) {} __device__ ~D() { atomicAdd(&dtor, 1); } };
template <class T> __global__ void sum(const float *in, float *out) {
  // WARN-DAG: shared-classes.cu:[[#@LINE+1]]:16: warning: no constructor runs for a __shared__ variable: its memory is as it was
  __shared__ T tile[64];
  extern __shared__ float more[];
  auto at = [=](int i) { return tile[i].x; };
  tile[threadIdx.x].x = in[threadIdx.x];
  more[threadIdx.x] = 1;
  __syncthreads();
  for (int s = 32; s; s /= 2) {
    if (threadIdx.x < s)
      tile[threadIdx.x].x += tile[threadIdx.x + s].x;
    __syncthreads();
  }
  if (threadIdx.x == 0)
    *out = at(0) + more[63];
}
template <class T> __global__ void plain(T *out) {
  __shared__ T t[64];
  auto at = [=](int i) { return t[i]; };
  t[threadIdx.x] = T(threadIdx.x);
  __syncthreads();
  switch (threadIdx.x % 2) {
  case 0:
    __shared__ T u;
    u = t[1];
    break;
  case 1:
    t[0] = 0;
  }
  __syncthreads();
  out[threadIdx.x] = at(63 - threadIdx.x);
}
__global__ void w(int *out) {
  __shared__ Empty e;
  // WARN-DAG: shared-classes.cu:[[#@LINE+1]]:16: warning: no constructor
  __shared__ W v[4];
  // WARN-DAG: shared-classes.cu:[[#@LINE+1]]:16: warning: no constructor
  __shared__ D d;
  v[threadIdx.x].k = threadIdx.x, e.e = 5, d.v = 9;
  __syncthreads();
  out[threadIdx.x] = v[3 - threadIdx.x].k + e.e + d.v;
}
struct In {
  __device__ void f(int *o) {
    // WARN-DAG: shared-classes.cu:[[#@LINE+1]]:18: warning: no constructor
    __shared__ V inner;
    if (!threadIdx.x)
      inner.k = 4;
    __syncthreads();
    o[threadIdx.x] = inner.k;
  }
};
__global__ void m(int *o) { In().f(o); }

#ifdef WRONG
__device__ int f();
// ERROR-DAG: :[[#@LINE+1]]:14: error: dynamic initialization is not supported for __device__
__device__ V dynamic;
// ERROR-DAG: :[[#@LINE+1]]:16: error: dynamic initialization is not supported for __device__
__device__ int called = f();
__device__ int fine = 3;
__global__ void wrong(float *o) {
  // ERROR-DAG: :[[#@LINE+1]]:16: error: initialization is not supported for __shared__ variables
  __shared__ V v = V();
  // ERROR-DAG: :[[#@LINE+1]]:18: error: initialization is not supported for __shared__ variables
  __shared__ int s = 3;
  *o = v.x + s + fine;
}
#endif

int main() {
  float *in, *out;
  int *ints, destroyed;
  cudaMallocManaged(&in, 256);
  cudaMallocManaged(&out, 256);
  cudaMallocManaged(&ints, 256);
  for (int i = 0; i < 64; i++)
    in[i] = i;
  sum<V><<<1, 64, 256>>>(in, out);
  cudaDeviceSynchronize();
  std::printf("%g\n", *out);
  plain<float><<<1, 64>>>(out);
  cudaDeviceSynchronize();
  std::printf("%g %g\n", out[0], out[63]);
  w<<<1, 4>>>(ints);
  cudaDeviceSynchronize();
  std::printf("%d %d\n", ints[0], ints[3]);
  m<<<1, 4>>>(ints);
  cudaDeviceSynchronize();
  std::printf("%d %d\n", ints[0], ints[3]);
  cudaMemcpyFromSymbol(&destroyed, dtor, sizeof(int));
  std::printf("%d %s\n", destroyed, cudaGetErrorString(cudaGetLastError()));
}
