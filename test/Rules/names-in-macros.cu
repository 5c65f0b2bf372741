// What rules find by names and forms they find in bodies and arguments of macros and in templates, too, and change it at the place where
// it is spelled.
// RUN: not %cuport translate %s -o %t 2> %t.err
// RUN: %strip %t/names-in-macros.cu | FileCheck %s
// RUN: not %cuport report %s --format=json > %t.json
// RUN: %python %S/Inputs/places.py %t.json default-stream hip-overload indirect-call qualified-name unknown-name environment-name \
// RUN:   | FileCheck %s --check-prefix=PLACE --implicit-check-not=': '

#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cub/cub.cuh>
#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <stdlib.h>
#define AS_IS(x) x

// CHECK: #define FREE(p) hipFree(p)
#define FREE(p) cudaFree(p)
// CHECK: #define ZERO(h) h = __half2{}
#define ZERO(h) h = {}
// CHECK: #define SCAN(T) hipcub::BlockScan<T, 64>
#define SCAN(T) cub::BlockScan<T, 64>
// CHECK: #define COUNTER int
#define COUNTER register int
// PLACE: [[#@LINE+1]]:39: qualified-name cooperative_groups::reduce
#define SUM(t, v) cooperative_groups::reduce(t, v, 0)
// PLACE: [[#@LINE+1]]:17: indirect-call AREA(s)
#define AREA(s) (s)->area()
// PLACE: [[#@LINE+1]]:26: environment-name CUDA_VISIBLE_DEVICES
#define DEVICES() getenv("CUDA_VISIBLE_DEVICES")
// PLACE: [[#@LINE+1]]:16: unknown-name cudaFrobnicate
#define FROB() cudaFrobnicate()

struct Shape {
  __device__ virtual float area() const { return 0; }
};

#define OPERATOR inline __host__ __device__ float4 operator*(float4 a, float4 b) { return a; }
// PLACE: [[#@LINE+1]]:1: hip-overload
OPERATOR
#define DIVIDE(T) T operator/(T a, T b)
// PLACE: [[#@LINE+1]]:1: hip-overload
inline __host__ __device__ DIVIDE(int3) { return a; }

template <class T> __global__ void inTemplate(T *out, const Shape *s, float (*f)(float)) {
  __half2 h;
  ZERO(h);
  // CHECK: AS_IS(h = __half2{});
  AS_IS(h = {});
  // CHECK: for (COUNTER i = 0; i < 4; ++i)
  for (COUNTER i = 0; i < 4; ++i)
    // CHECK: for (int j = 0; j < i; ++j)
    for (register int j = 0; j < i; ++j)
      out[j] = (T)AREA(s);
  // PLACE: [[#@LINE+1]]:21: indirect-call f
  out[1] = (T)AS_IS(f(1));
  // PLACE: [[#@LINE+1]]:35: qualified-name cooperative_groups::tiled_partition
  auto tile = cooperative_groups::tiled_partition<16>(cooperative_groups::this_thread_block());
  out[2] = (T)SUM(tile, 1);
  // CHECK: typename hipcub::BlockReduce<T, 64>::TempStorage storage;
  typename cub::BlockReduce<T, 64>::TempStorage storage;
}

template <class T> void host(T *out) {
  cudaStream_t stream;
  // CHECK: AS_IS(hipStreamCreate(&stream));
  // PLACE: [[#@LINE+1]]:9: default-stream cudaStreamCreate
  AS_IS(cudaStreamCreate(&stream));
  // CHECK: inTemplate<T><<<1, 64, 0, stream>>>(out, nullptr, nullptr);
  inTemplate<T><<<1, 64, 0, stream>>>(out, nullptr, nullptr);
  inTemplate<T><<<1, 64>>>(out, nullptr, nullptr);
  // CHECK: AS_IS(hipMalloc(&out, sizeof(T)));
  AS_IS(cudaMalloc(&out, sizeof(T)));
  FREE(out);
}
void use(int *out) { host(out); }
