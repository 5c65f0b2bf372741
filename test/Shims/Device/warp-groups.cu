// cuport/warp.h: each function means for groups of 32 lanes and fewer what CUDA's does for a warp of 32, whatever the card's warps have.
// RUN: cp %s %t.hip
// RUN: %cuport-cc -std=c++17 %s -o %t.cuda && %cuport-cc -std=c++17 %t.hip -o %t.hip.out
// RUN: env CUPORT_WARP=32 %t.cuda | FileCheck %s
// RUN: env CUPORT_WARP=32 %t.hip.out | FileCheck %s
// RUN: env CUPORT_WARP=64 %t.hip.out | FileCheck %s
// RUN: env CUPORT_WARP=128 %t.hip.out | FileCheck %s
// CHECK: {{[1-9][0-9]*}} checked, 0 wrong

#include <cstdio>
#include <cuport/warp.h>

__device__ int checked, wrong;
#define CHECK(...)                                                                                \
  do {                                                                                            \
    atomicAdd(&checked, 1);                                                                       \
    if (!(__VA_ARGS__) && atomicAdd(&wrong, 1) < 10)                                              \
      printf("line %d, thread %u\n", __LINE__, cuport::thread_in_block());                        \
  } while (0)

/// The bits of a group for which value(thread) is not 0.
template <int Width, class F> __device__ unsigned bitsOf(unsigned thread, F value) {
  unsigned bits = 0;
  for (unsigned lane = 0; lane < Width; ++lane)
    bits |= unsigned(value(thread / Width * Width + lane) != 0) << lane;
  return bits;
}

template <int Width> __device__ void groups() {
  unsigned thread = threadIdx.x + blockDim.x * threadIdx.y, lane = thread % Width, first = thread - lane;
  CHECK(cuport::lane<Width>() == lane && cuport::group<Width>() == thread / Width);
  CHECK(cuport::shfl<Width>(thread, 1) == first + 1 % Width);
  CHECK(cuport::shfl_up<Width>(thread, 1) == (lane >= 1 ? thread - 1 : thread));
  CHECK(cuport::shfl_down<Width>(double(thread), Width / 2) == (lane + Width / 2 < Width ? thread + Width / 2 : thread));
  CHECK(cuport::shfl_xor<Width>(thread, Width - 1) == first + (lane ^ (Width - 1)));
  auto third = [](unsigned t) { return t % 3 == 0; };
  CHECK(cuport::ballot<Width>(third(thread)) == bitsOf<Width>(thread, third));
  CHECK(cuport::active<Width>() == bitsOf<Width>(thread, [](unsigned) { return 1; }));
  CHECK(cuport::any<Width>(thread == 40) == (40 / Width == thread / Width));
  CHECK(cuport::all<Width>(thread < 64) == (first + Width <= 64));
  CHECK(cuport::match_any<Width>(thread % 5) == bitsOf<Width>(thread, [&](unsigned t) { return t % 5 == thread % 5; }));
}

__global__ void kernel() {
  groups<32>();
  groups<16>();
  groups<4>();
  unsigned thread = cuport::thread_in_block();
  CHECK(cuport::card_lane() == thread % warpSize && cuport::card_warp() == thread / warpSize);
  CHECK(cuport::full_mask() == cuport::lane_mask(-1) || (warpSize == 32 && cuport::full_mask() == 0xffffffffu));
  // Of some lanes: a group of the upper half of a warp of 64 beside one whose lanes are elsewhere.
  if (thread % 64 >= 40)
    CHECK(cuport::ballot(1) == (thread % 64 == thread % 32 ? 0 : 0xffffff00u) && cuport::any(thread % 2) && !cuport::all(thread % 2));
}

int main() {
#ifdef __CUDACC__
#define API(name) cuda##name
#else
#define API(name) hip##name
#endif
  kernel<<<2, dim3(64, 2)>>>();
  int numbers[2];
  API(DeviceSynchronize)();
#ifdef __CUDACC__
  cudaMemcpyFromSymbol(&numbers[0], checked, sizeof(int));
  cudaMemcpyFromSymbol(&numbers[1], wrong, sizeof(int));
#else
  (void)hipMemcpyFromSymbol(&numbers[0], HIP_SYMBOL(checked), sizeof(int));
  (void)hipMemcpyFromSymbol(&numbers[1], HIP_SYMBOL(wrong), sizeof(int));
#endif
  printf("%d checked, %d wrong\n", numbers[0], numbers[1]);
}
