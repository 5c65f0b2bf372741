// What HIP code calls of clang's builtins for AMD's processors does what their instructions do.
// RUN: %cuport-cc -std=c++17 %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_WARP=64 %t | FileCheck %s
// CHECK: no error, 0 wrong of {{[1-9][0-9]*}}

#include <cstdio>
#include <hip/hip_runtime.h>

__device__ int checked, wrong;
#define CHECK(...)                                                                                                     \
  do {                                                                                                                 \
    atomicAdd(&checked, 1);                                                                                            \
    if (!(__VA_ARGS__) && atomicAdd(&wrong, 1) < 10)                                                                   \
      printf("line %d, thread %u\n", __LINE__, threadIdx.x);                                                           \
  } while (0)

__global__ void lanes() {
  __shared__ int shared[64];
  const int lane = threadIdx.x % warpSize, first = threadIdx.x - lane;
  CHECK(__builtin_amdgcn_wavefrontsize() == warpSize);
  CHECK(__builtin_amdgcn_mbcnt_hi(~0u, __builtin_amdgcn_mbcnt_lo(~0u, 0)) == lane);
  CHECK(__builtin_amdgcn_mbcnt_lo(5, 100) == 100 + (lane > 0) + (lane > 2));
  CHECK(__builtin_amdgcn_mbcnt_hi(5, 0) == (lane > 32) + (lane > 34));
  CHECK(__builtin_amdgcn_readlane(lane * 3, 7) == 21);
  CHECK(__builtin_amdgcn_readfirstlane(lane * 3 + 1) == 1);
  CHECK(__builtin_amdgcn_ds_bpermute((lane ^ 1) * 4, lane + 50) == (lane ^ 1) + 50);
  if (lane >= 5)
    CHECK(__builtin_amdgcn_readfirstlane(lane) == 5);
  shared[threadIdx.x] = lane;
  __builtin_amdgcn_wave_barrier();
  CHECK(shared[first + (lane + 1) % warpSize] == (lane + 1) % warpSize);
  __builtin_amdgcn_s_barrier();
  CHECK(shared[63 - threadIdx.x] == (63 - threadIdx.x) % warpSize);
  __builtin_amdgcn_fence(__ATOMIC_SEQ_CST, "workgroup");
}

__global__ void arithmetic(int *global) {
  __shared__ int shared;
  CHECK(__builtin_amdgcn_is_shared(&shared));
  CHECK(!__builtin_amdgcn_is_shared(global));
  CHECK(__builtin_amdgcn_sdot4(0xff020304, 0x01020304, 10, false) == 10 - 1 + 4 + 9 + 16);
  CHECK(__builtin_amdgcn_udot4(0xff020304, 0x01020304, 10, false) == 10 + 255 + 4 + 9 + 16);
  CHECK(__builtin_amdgcn_sad_u8(0x01ff0005, 0x0400ff05, 7) == 7 + 3 + 255 + 255);
  CHECK(__builtin_amdgcn_rcpf(4.0f) == 0.25f);
  const auto before = __builtin_amdgcn_s_memtime();
  __builtin_amdgcn_s_sleep(2);
  CHECK(__builtin_amdgcn_s_memtime() >= before);
}

int main() {
  int *global, counts[2];
  (void)hipMalloc(&global, 4);
  lanes<<<1, 64>>>();
  arithmetic<<<1, 1>>>(global);
  const hipError_t error = hipDeviceSynchronize();
  (void)hipMemcpyFromSymbol(&counts[0], checked, 4);
  (void)hipMemcpyFromSymbol(&counts[1], wrong, 4);
  std::printf("%s, %d wrong of %d\n", hipGetErrorString(error), counts[1], counts[0]);
  return hipFree(global);
}
