// A HIP program: HIP's names, launches, vectors with operators, what HIP's structures have besides CUDA's.

// RUN: %cuport-cc %s -o %t && %t | FileCheck %s

#include <hip/hip_fp16.h>
#include <hip/hip_runtime.h>

// HIP has no versions of CUDA's.
#if defined(CUDART_VERSION) || defined(CUDA_VERSION)
#error a version of CUDA's
#endif

__device__ float offset;

template <class T, int N> __global__ void shift(T *out, T by) {
  HIP_DYNAMIC_SHARED(T, tile)
  int i = hipBlockIdx_x * hipBlockDim_x + hipThreadIdx_x;
  tile[hipThreadIdx_x] = by * 2.0f + by / 2.0f;
  tile[hipThreadIdx_x] -= by;
  if (i < N)
    out[i] = tile[hipThreadIdx_x] + offset;
}

// A program's own operator goes before HIP's.
__host__ __device__ float2 operator+(float2 a, float2 b) { return make_float2(a.x + b.x + 100, a.y + b.y); }

// What CUDA has and HIP has not is a program's own.
static unsigned umin(unsigned a, unsigned b) { return a < b ? a : b; }
static __device__ long long llmax(long long a, long long b) { return a > b ? a : b; }
static __device__ unsigned __hgt2_mask(__half2 a, __half2 b) { return (a.x > b.x ? 1 : 0) + (a.y > b.y ? 2 : 0); }
__global__ void pairs(unsigned *out) { *out = __hgt2_mask(__floats2half2_rn(1, 2), __floats2half2_rn(0, 2)); }
__global__ void largest(long long *out) { *out = llmax(*out, 3); }

int main() {
  float4 *device, *host;
  float one = 1;
  hipMalloc(&device, 4 * sizeof *device);
  hipHostAlloc(&host, 4 * sizeof *host, hipHostMallocMapped);
  hipHostFree(host);
  hipHostMalloc(&host, 4 * sizeof *host, hipHostMallocCoherent);
  hipMemcpyToSymbol(HIP_SYMBOL(offset), &one, sizeof one);
  hipLaunchKernelGGL(HIP_KERNEL_NAME(shift<float4, 4>), dim3(umin(2, 3)), dim3(2), 2 * sizeof(float4), 0, device,
                     make_float4(2, 4, 6, 8));
  hipError_t error = hipMemcpy(host, device, 4 * sizeof *host, hipMemcpyDeviceToHost);
  printf("%g %g %s\n", host[0].x, host[3].w, hipGetErrorName(error));
  // CHECK: 4 13 hipSuccess

  hipLaunchKernelGGL((shift<float4, 2>), 1, 2, 2 * sizeof(float4), hipStreamDefault, device, -host[0]);
  hipDeviceSynchronize();
  hipMemcpyWithStream(host, device, sizeof *host, hipMemcpyDeviceToHost, nullptr);
  printf("%g\n", host[0].x);
  // CHECK-NEXT: -5

  hipEvent_t start, stop;
  hipEventCreateWithFlags(&start, hipEventReleaseToSystem);
  hipEventCreate(&stop);
  float ms = -1;
  hipExtLaunchKernelGGL(shift<float4, 1>, dim3(1), dim3(1), sizeof(float4), nullptr, start, stop, 0, device, host[0]);
  hipEventSynchronize(stop);
  hipEventElapsedTime(&ms, start, stop);
  printf("%d\n", ms >= 0);
  // CHECK-NEXT: 1

  int4 a = {7, 8, 9, 10}, b = (a << 1) % 5;
  float2 own = make_float2(1, 2) + make_float2(3, 4);
  printf("%d %d %d %g\n", b.x, (3 * a - a / 2).w, a == a && a != b, own.x);
  // CHECK-NEXT: 4 25 1 104

  hipDeviceProp_t properties;
  error = hipGetDeviceProperties(&properties, 0);
  cudaDeviceProp cuda;
  cudaGetDeviceProperties(&cuda, 0);
  printf("%d %d %d %zu\n", error, properties.warpSize == cuda.warpSize, properties.arch.hasWarpShuffle,
         strlen(properties.gcnArchName));
  // CHECK-NEXT: 0 1 1 3
  int wall;
  printf("%s\n", hipGetErrorName(hipDeviceGetAttribute(&wall, hipDeviceAttributeAsicRevision, 0)));
  // CHECK-NEXT: hipErrorInvalidValue

  hipPointerAttribute_t attributes;
  hipPointerGetAttributes(&attributes, device);
  printf("%d %d\n", attributes.type == hipMemoryTypeDevice, attributes.isManaged);
  // CHECK-NEXT: 1 0
  switch (hipGetLastError()) {
  case hipErrorInvalidValue: printf("was an invalid value\n"); break;
  case hipSuccess: break;
  default: return 1;
  }
  // CHECK-NEXT: was an invalid value
}
