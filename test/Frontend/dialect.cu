// What nvcc takes and clang alone does not: the file has no error, so that every name in it is known by the parse.
// RUN: { %cuport translate %s --dry-run > %t.log 2>&1; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t.log --implicit-check-not=parse-error
// CHECK: 0 of them known by their tokens alone
// RUN: (%cuport report %s --format=json || test $? -eq 1) | %python -c "import json, sys; print(json.load(sys.stdin)['files'][0]['state'])" \
// RUN:   | grep -qx parsed

// No include of cuda_runtime.h: nvcc does that itself.
#include <algorithm>
#include <vector>

__device__ __managed__ int counter;
__managed__ float *pointers[4];
__constant__ float table[16];
texture<float, 2, cudaReadModeElementType> image;
texture<int> line;
surface<void, 2> target;

// ::min, ::max, ::isnan ... on the host.
int host(int a, size_t b, float f) {
  int m = ::min(a, 3) + ::max(a, 4) + min(a, 2) + max(1u, 2u);
  return m + ::isnan(f) + ::isfinite(f) + isinf(f) + abs(a);
}

// One % where a special register has two.
__host__ __device__ unsigned processor() {
  unsigned id = 0;
#ifdef __CUDA_ARCH__
  asm volatile("mov.u32 %0, %smid;" : "=r"(id));
#endif
  return id;
}

// A launch in a kernel.
__global__ void child(int n) { counter += n; }
__global__ void parent(int n) {
  if (threadIdx.x == 0)
    child<<<1, n>>>(n);
  cudaDeviceSynchronize();
}
__global__ void __launch_bounds__(256, 2) bounded(float *__restrict__ out) {
  extern __shared__ float tile[];
  out[threadIdx.x] = tex2D(image, 1.0f, 2.0f) + tex1Dfetch(line, 3) + tile[0] + table[1];
  printf("%f\n", out[0]);
  surf2Dwrite(1.0f, target, 0, 0);
}
// Escapes that only the device compiler knows.
__forceinline__ __device__ unsigned lane() {
  unsigned r;
  asm volatile("mov.u32 %0, %%laneid;" : "=r"(r));
  return r;
}
struct Functor {
  __device__ float operator()(float x) const { return __expf(x) * __fdividef(x, 2.f); }
};
template <class F> __global__ void apply(F f, float *p) { p[0] = f(p[0]); }
// Lambdas of both kinds (--extended-lambda).
void lambdas(float *p) {
  auto f = [] __device__(float x) { return x + 1; };
  apply<<<1, 1>>>(f, p);
  apply<<<dim3(1), 1, 0, cudaStreamPerThread>>>(Functor(), p);
  auto g = [=] __host__ __device__(float x) { return x + p[0]; };
  apply<<<1, 32>>>(g, p);
}
// Host constexpr functions in kernels (--expt-relaxed-constexpr), and a host function in a function of both.
constexpr int square(int x) { return x * x; }
__global__ void relaxed(int *p) { p[0] = square(3) + std::max(1, 2); }
void onHost();
template <typename T> __host__ __device__ void maybe(T) { onHost(); }
void callMaybe() { maybe(1); }
// Atomics that are builtins of nvcc.
__device__ int atomics(int *p) {
  return atomicAdd(p, 1) + __nv_atomic_load_n(p, __NV_ATOMIC_RELAXED, __NV_THREAD_SCOPE_DEVICE);
}
__device__ void stop() { __trap(); }
__global__ void parameter(const __grid_constant__ float4 q) {}
uint3 u = {1u, 2u, 3u};
float4 q = make_float4(1, 2, 3, 4);
__align__(16) struct Aligned { float x[4]; };
// #pragma unroll with a macro, #pragma nv_diag_suppress.
#define FACTOR 4
#pragma nv_diag_suppress 177
__global__ void unrolled(float *p) {
#pragma unroll FACTOR
  for (int i = 0; i < 16; ++i)
    p[i] = 0;
}
