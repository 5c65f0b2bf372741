// Brackets of a launch that an editor has taken apart: nvcc takes them, clang and hipcc do not. They are read as whole ones and
// written so; what only looks like them stays. The translation is what clang takes.
// RUN: %cuport translate %s -o %t/keep 2>&1 | FileCheck %s --check-prefix=SAID --implicit-check-not=parse-error
// RUN: %strip %t/keep/kernel-launch-apart.cu | FileCheck %s
// RUN: %clangxx -x hip --cuda-host-only -nogpuinc -nohipwrapperinc -nogpulib -fsyntax-only -I%S/Inputs/hip %t/keep/kernel-launch-apart.cu
// RUN: %cuport translate %s -o %t/macro --launch=macro
// RUN: %strip %t/macro/kernel-launch-apart.cu | FileCheck %s --check-prefix=MACRO
// RUN: %cuport translate %s --diff | FileCheck %s --check-prefix=DIFF --match-full-lines
// SAID: 0 of them known by their tokens alone

#include <cuda_runtime.h>
template <typename T> struct Box {
  template <typename U> int operator<<(U) { return 0; }
};
template <typename T> int operator<< (Box<T>, T) { return 1; }

__global__ void scale(float *p, int n);
template <typename T, int N> __global__ void pair(T *p);

// CHECK: #define LAUNCH(k, g, b) k <<<g, b>>>
// MACRO: #define LAUNCH(k, g, b) k <<<g, b>>>
#define LAUNCH(k, g, b) k << <g, b>> >

void run(float *p, int n, dim3 grid, dim3 block, cudaStream_t s) {
  // CHECK: scale <<<grid, block >>>(p, n);
  // MACRO: hipLaunchKernelGGL(scale, grid, block, 0, 0, p, n);
  // DIFF: -  scale << <grid, block >> >(p, n);
  // DIFF: +  scale <<<grid, block >>>(p, n);
  scale << <grid, block >> >(p, n);
  // CHECK-NEXT: scale<<<dim3(n, 1), block, n * sizeof(float), s >>> (p, n);
  // MACRO-NEXT: hipLaunchKernelGGL(scale, dim3(n, 1), block, n * sizeof(float), s, p, n);
  scale<<<dim3(n, 1), block, n * sizeof(float), s >>	> (p, n);
  // CHECK-NEXT: pair<float, 4> <<< 1, 2 >> 1>>>(p);
  // MACRO-NEXT: hipLaunchKernelGGL(HIP_KERNEL_NAME(pair<float, 4>), 1, 2 >> 1, 0, 0, p);
  pair<float, 4> << < 1, 2 >> 1>>>(p);
  LAUNCH(scale, 1, 2)(p, n);
  // CHECK: operator<< <float>(Box<float>(), 1.0f);
  operator<< <float>(Box<float>(), 1.0f);
  // CHECK-NEXT: Box<Box<Box<int>> > nested;
  Box<Box<Box<int>> > nested;
  // CHECK-NEXT: "scale << <grid, block >> >(p, n)";
  const char *text = "scale << <grid, block >> >(p, n)";
  // A shift and a comparison that are no bracket.
  // CHECK: bool less = n >> (n >> 1) > 2;
  bool less = n >> (n >> 1) > 2;
}
