// A line for each hazard of device code that docs/Hazards.md says is found. HAZARD: its id, then the rule.
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cub/cub.cuh>
#include <cuda/atomic>
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>
#include <cuda_pipeline.h>
#include <cuda_runtime.h>
#include <curand_kernel.h>
#include <cutlass/cutlass.h> // HAZARD: mma-cutlass-cute-dependency include
#include <mma.h>
namespace cg = cooperative_groups;

#if __CUDA_ARCH__ >= 800 // HAZARD: lang-cuda-arch-guard version-guard
#define FAST 1
#endif
#ifdef __NVCC__ // HAZARD: lang-cudacc-nvcc-guard version-guard
#define HERE 1
#endif
#if CUDART_VERSION >= 11000 // HAZARD: lang-cuda-version-guard version-guard
#define NEW 1
#endif

inline __host__ __device__ float4 operator*(float4 a, float4 b) { return a; } // HAZARD: lang-vector-operator-conflict hip-overload
template <class T> struct Filter {
  static __constant__ T weights[4]; // HAZARD: mem-constant-64k-and-templates constant-memory
};
struct Big {
  float table[1500];
};
struct Shape {
  __device__ virtual float area() const;
};
texture<float, 1> table; // HAZARD: tex-reference-api api-name
__managed__ int counter; // HAZARD: lang-managed-attribute-clang api-name

__global__ void big(Big b) {} // HAZARD: mem-kernel-arg-4k kernel-argument
__global__ void __launch_bounds__(256, 4) bounded(float *x) {} // HAZARD: api-launch-bounds-second-arg launch-bounds
template <class T> __global__ void shared(T *x) {
  extern __shared__ T tile[]; // HAZARD: mem-extern-shared-template shared-memory
}

__global__ void arithmetic(float *x, int *i, size_t n, __half2 *h, __nv_bfloat16 *b) { // HAZARD: fp-bf16-type-and-ops api-name
  float v = __expf(x[0]);             // HAZARD: fp-fast-intrinsics-accuracy api-name
  v = __fadd_rd(v, 1.0f);             // HAZARD: fp-directed-rounding-intrinsics api-name
  v = v * 0.5;                        // HAZARD: fp-literal-double-constants double-precision
  v += __half2float(h->x);            // HAZARD: fp-half2-members field-meaning
  int most = max(n, 3);               // HAZARD: fp-mixed-minmax-via-double mixed-minmax
  int least = min(i[0], 3u);          // HAZARD: fp-nan-min-max mixed-minmax
  unsigned bytes = __vsub4(i[0], 1);  // HAZARD: fp-video-simd-intrinsics simd-in-word
  v += __ldg(x);                      // HAZARD: fp-cache-hint-intrinsics api-name
  __nv_fp8_e4m3 small;                // HAZARD: fp-fp8-fnuz-vs-ocp api-name
  v += umax(3u, i[0]);                // HAZARD: fp-libdevice-missing-functions api-name
  uint3 at = threadIdx;               // HAZARD: lang-dim3-uint3-threadidx-types index-value
  long long t = clock64();            // HAZARD: api-clock-and-nanosleep api-name
  x[at.x] = v + most + least + bytes + t;
}

__global__ void memory(float *x, int *i, unsigned *u, unsigned short *s, __half *h, const Shape *shape, cudaTextureObject_t tex) {
  atomicAdd(x, 1.0f);                              // HAZARD: atomic-fp-add-unsafe atomic-type
  atomicMax((int *)x, 3);                          // HAZARD: atomic-fp-min-max-via-int atomic-type
  atomicInc(u, 7);                                 // HAZARD: atomic-inc-dec-wrap api-name
  atomicAdd_block(i, 1);                           // HAZARD: atomic-scopes-block-system api-name
  atomicAdd(h, __half(1.0f));                      // HAZARD: atomic-half-bf16-missing atomic-type
  atomicCAS(s, (unsigned short)0, (unsigned short)1); // HAZARD: atomic-16bit-cas atomic-type
  __nv_atomic_add(i, 1, 0, 0);                     // HAZARD: atomic-nv-builtins-12.8 api-name
  cuda::atomic_ref<int> shared(*i);                // HAZARD: atomic-cuda-atomic-libcuxx qualified-name
  __pipeline_memcpy_async(x, x + 4, 4);            // HAZARD: mma-cp-async api-name
  void *p = malloc(16);                            // HAZARD: api-device-malloc-printf-assert device-heap
  x[0] = shape->area();                            // HAZARD: lang-function-pointers-virtual indirect-call
  x[1] = tex2D<float>(tex, 0, 0);                  // HAZARD: tex-object-on-no-image-hw api-name
  while (atomicCAS(i, 0, 1) != 0)                  // HAZARD: warp-spinlock-forward-progress spin-wait
    ;
  while (*(volatile int *)i == 0)                  // HAZARD: warp-grid-barrier-spin spin-wait
    ;
}

__global__ void groups(float *x) {
  auto tile = cg::tiled_partition<4>(cg::this_thread_block());
  x[0] = cg::reduce(tile, x[1], cg::plus<float>()); // HAZARD: cg-missing-collectives qualified-name
  cg::this_grid().sync();                           // HAZARD: cg-grid-sync-launch qualified-name
  typedef cub::WarpReduce<float> Reduce;            // HAZARD: lib-cub-warp-primitives qualified-name
  nvcuda::wmma::fragment<nvcuda::wmma::accumulator, 16, 16, 16, float> f; // HAZARD: mma-wmma-api qualified-name
  curandState state;
  curand_init(1, 2, 3, &state);                     // HAZARD: lib-curand-sequences api-name
}

__global__ void ptx(unsigned *u, float *x) {
  unsigned d;
  asm volatile("mov.u32 %0, %%laneid;" : "=r"(d));                        // HAZARD: asm-special-registers inline-ptx
  asm volatile("mov.u32 %0, %smid;" : "=r"(d));                           // HAZARD: asm-single-percent-escape inline-ptx
  asm volatile("add.u32 %0, %1, 1;" : "=r"(d) : "r"(u[0]));               // HAZARD: asm-inline-ptx inline-ptx
  asm volatile("mul.lo.u32 %0, %1, 3;" : "=r"(d) : "r"(u[0]));            // HAZARD: asm-survives-frontend inline-ptx
  asm volatile("bar.sync 1, 64;");                                        // HAZARD: asm-named-barriers inline-ptx
  asm volatile("fence.acq_rel.gpu;" ::: "memory");                        // HAZARD: asm-memory-clobber-fence inline-ptx
  asm volatile("prefetch.global.L2 [%0];" ::"l"(x));                      // HAZARD: asm-prefetch-discard-createpolicy inline-ptx
  asm volatile("cp.async.wait_all;");                                     // HAZARD: mma-cp-async inline-ptx
  asm volatile("ldmatrix.sync.aligned.m8n8.x1.shared.b16 {%0}, [%1];" : "=r"(d) : "r"(u[0])); // HAZARD: mma-ptx-mma-sync-ldmatrix inline-ptx
  asm volatile("wgmma.fence.sync.aligned;");                              // HAZARD: mma-tma-bulk-wgmma-tcgen05 inline-ptx
  u[0] = d;
}

__global__ void parent(float *x) {
  bounded<<<1, 64>>>(x); // HAZARD: api-dynamic-parallelism kernel-launch
}
