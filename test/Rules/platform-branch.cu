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

// A macro that the project derives from AMD's, whatever else may set it elsewhere.
#if defined(__HIP_PLATFORM_AMD__) || defined(__HIPCC__)
#define FOR_AMD 1
#else
#define FOR_AMD 0
#endif
#if FOR_AMD
#else
// CHECK: platform-branch.cu:[[#@LINE+1]]:42 warp-mask __shfl_sync as-is
__device__ int first(int value) { return __shfl_sync(0xffffffff, value, 0); }
#endif

#if !FOR_AMD && __CUDA_ARCH__ >= 800
// CHECK: platform-branch.cu:[[#@LINE-1]]:17 version-guard __CUDA_ARCH__ as-is
#endif

// PyTorch's, for extensions.
#ifndef USE_ROCM
// CHECK: platform-branch.cu:[[#@LINE+1]]:43 warp-mask __shfl_sync as-is
__device__ int second(int value) { return __shfl_sync(0xffffffff, value, 0); }
#endif

// A switch of the project's own: the other branch is for AMD's cards as well, where nobody turns it on.
#ifdef APP_WITH_HIP
// CHECK: platform-branch.cu:[[#@LINE+1]]:43 api-name __shfl as-is
__device__ int chosen(int value) { return __shfl(value, 0); }
#else
// CHECK: platform-branch.cu:[[#@LINE+2]]:43 warp-mask __shfl_sync review
// WARN: platform-branch.cu:[[#@LINE+1]]:43: warning: the mask of '__shfl_sync'
__device__ int chosen(int value) { return __shfl_sync(0xffffffff, value, 0); }
#endif

// The same for AMD's cards and for others.
#ifdef __HIP_PLATFORM_AMD__
#define WIDE 1
#else
#define WIDE 1
#endif
#if WIDE
// CHECK: platform-branch.cu:[[#@LINE+2]]:42 warp-mask __shfl_sync review
// WARN: platform-branch.cu:[[#@LINE+1]]:42: warning: the mask of '__shfl_sync'
__device__ int third(int value) { return __shfl_sync(0xffffffff, value, 0); }
#endif
