// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What comes before ROCm's headers when CUDA source is bound to them directly: what an old HIP expects of its own compiler and a new
// clang does not have, and, behind them, what a .cu file may ask for.

#ifndef CUPORT_ROCM_PRELUDE_H
#define CUPORT_ROCM_PRELUDE_H

#ifdef __HIP__
// hip_fp16.h of HIP 5 calls these; clang made builtins of them.
extern "C" __attribute__((device, const)) _Float16 __llvm_amdgcn_rcp_f16(_Float16);
typedef _Float16 cuport_float16_2 __attribute__((ext_vector_type(2)));
extern "C" __attribute__((device, const)) cuport_float16_2 __llvm_amdgcn_rcp_2f16(cuport_float16_2);
#endif

#include <hip/hip_runtime.h>

#if HIP_VERSION_MAJOR < 6
#ifdef __HIP__
// In a device library that clang does not link any more.
extern "C" __device__ __attribute__((weak, always_inline)) void
__atomic_work_item_fence(__cl_mem_fence_flags, __memory_order, __memory_scope scope) {
  switch (scope) {
  case __memory_scope_work_group: __builtin_amdgcn_fence(__ATOMIC_SEQ_CST, "workgroup"); break;
  case __memory_scope_device: __builtin_amdgcn_fence(__ATOMIC_SEQ_CST, "agent"); break;
  default: __builtin_amdgcn_fence(__ATOMIC_SEQ_CST, ""); break;
  }
}
#endif

// C++ forms that CUDA has and this release has not.
template <class T> inline hipError_t hipHostAlloc(T **pointer, size_t size, unsigned flags) {
  return hipHostMalloc(reinterpret_cast<void **>(pointer), size, flags);
}
template <class T> inline hipError_t hipMallocPitch(T **pointer, size_t *pitch, size_t width, size_t height) {
  return hipMallocPitch(reinterpret_cast<void **>(pointer), pitch, width, height);
}
template <class T> inline hipError_t hipHostGetDevicePointer(T **device, void *host, unsigned flags) {
  return hipHostGetDevicePointer(reinterpret_cast<void **>(device), host, flags);
}
#endif

// nvcc's own header brings these, and code relies on it.
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cuport/warp.h>

#ifndef __CUDACC__
#define __CUDACC__ 1
#endif

#endif
