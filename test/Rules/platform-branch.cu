// What a project keeps for CUDA beside its own for AMD's cards, and that one, asks nothing of a person; names are renamed there all the same.
// RUN: rm -rf %t
// RUN: { %cuport report %s --format=json -o %t.json; test $? -eq 1; }
// RUN: %python %S/../Frontend/Inputs/findings.py < %t.json | FileCheck %s --implicit-check-not='{{review|unsupported|redesign}}'
// RUN: { %cuport translate %s -o %t 2>%t.err; test $? -eq 1; }
// RUN: FileCheck %s --check-prefix=CODE --input-file=%t/platform-branch.cu
// RUN: FileCheck %s --check-prefix=WARN --input-file=%t.err --implicit-check-not=warning:

#include <cuda_runtime.h>

__device__ int lowered(int value) {
#ifdef __HIP_PLATFORM_AMD__
  // CHECK: platform-branch.cu:[[#@LINE+1]]:10 api-name __shfl_down as-is
  return __shfl_down(value, 16, 32);
#else
  // CODE: return __shfl_down_sync(0xffffffff, value, 16);
  return __shfl_down_sync(0xffffffff, value, 16);
  // CHECK: platform-branch.cu:[[#@LINE-1]]:10 warp-mask __shfl_down_sync as-is
#endif
}

// The line that decides it, whatever else it asks.
#if !defined(__HIP_PLATFORM_AMD__) && CUDART_VERSION >= 11000
// CHECK: platform-branch.cu:[[#@LINE-1]]:39 version-guard CUDART_VERSION as-is
int version() { return __CUDACC_VER_MAJOR__; }
#endif

#if defined(__HIP_PLATFORM_AMD__) || defined(__HIPCC__)
typedef hipStream_t Stream;
#elif CUDART_VERSION >= 12000
// CHECK: platform-branch.cu:[[#@LINE-1]]:7 version-guard CUDART_VERSION as-is
// CODE: typedef hipStream_t Stream;
// CODE: typedef hipStream_t Stream;
typedef cudaStream_t Stream;
#endif

// What other compilers than hipcc may compile is another matter.
#ifdef __HIPCC__
#else
// CHECK: platform-branch.cu:[[#@LINE+2]]:41 warp-mask __shfl_sync review
// WARN: platform-branch.cu:[[#@LINE+1]]:41: warning: the mask of '__shfl_sync'
__device__ int same(int value) { return __shfl_sync(0xffffffff, value, 0); }
#endif
