// Launches are kept, or written with the macro; brackets stay balanced, also in macros.
// RUN: %cuport translate %s -o %t/keep
// RUN: %strip %t/keep/kernel-launch.cu | FileCheck %s --check-prefix=KEEP
// RUN: %cuport translate %s -o %t/macro --launch=macro
// RUN: %strip %t/macro/kernel-launch.cu | FileCheck %s --check-prefix=MACRO
// RUN: %clangxx -x hip --cuda-host-only -nogpuinc -nohipwrapperinc -nogpulib -fsyntax-only -I%S/Inputs/hip %t/keep/kernel-launch.cu
// RUN: %clangxx -x hip --cuda-host-only -nogpuinc -nohipwrapperinc -nogpulib -fsyntax-only -I%S/Inputs/hip %t/macro/kernel-launch.cu

#include <cuda_runtime.h>
__global__ void scale(float *p, int n);
__global__ void none();
template <typename T, int N> __global__ void pair(T *p);
namespace deep { __global__ void inner(int); }

#define LAUNCH(k, g, b, ...) k<<<g, b>>>(__VA_ARGS__)
// KEEP: #define LAUNCH(k, g, b, ...) k<<<g, b>>>(__VA_ARGS__)
// MACRO: #define LAUNCH(k, g, b, ...) hipLaunchKernelGGL(k, g, b, 0, 0, ##__VA_ARGS__)

void run(float *p, int n, dim3 grid, dim3 block, cudaStream_t s) {
  // KEEP: scale<<<grid, block>>>(p, n);
  // MACRO: hipLaunchKernelGGL(scale, grid, block, 0, 0, p, n);
  scale<<<grid, block>>>(p, n);
  // MACRO-NEXT: hipLaunchKernelGGL(scale, dim3(n, 1), block, n * sizeof(float), s, p, n);
  scale<<<dim3(n, 1), block, n * sizeof(float), s>>>(p, n);
  // KEEP: none<<<1, 2>>>();
  // MACRO: hipLaunchKernelGGL(none, 1, 2, 0, 0);
  none<<<1, 2>>>();
  // MACRO-NEXT: hipLaunchKernelGGL(HIP_KERNEL_NAME(pair<float, 4>), 1, 2, 0, 0, p);
  pair<float, 4><<<1, 2>>>(p);
  // MACRO-NEXT: hipLaunchKernelGGL(deep::inner, 1, 2, 0, 0, 3);
  deep::inner<<<1, 2>>>(3);
  // KEEP: LAUNCH(scale, grid, block, p, n);
  // MACRO: LAUNCH(scale, grid, block, p, n);
  LAUNCH(scale, grid, block, p, n);
  // MACRO-NEXT: LAUNCH(none, 1, 1);
  LAUNCH(none, 1, 1);
}
// Half a launch in a macro of its own is left.
#define CONFIG <<<1, 2>>>
// MACRO: #define CONFIG <<<1, 2>>>
void half() { none CONFIG (); }
// MACRO-NEXT: void half() { none CONFIG (); }
