// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The runtime's header of a HIP before 6, and around it what that expects of its own compiler and a new clang does not have. Included
// before all else, in HIP source too.

#ifndef CUPORT_ROCM_HIP5_H
#define CUPORT_ROCM_HIP5_H

#ifdef __HIP__
// hip_fp16.h of HIP 5 calls these; clang made builtins of them.
extern "C" __attribute__((device, const)) _Float16 __llvm_amdgcn_rcp_f16(_Float16);
typedef _Float16 cuport_float16_2 __attribute__((ext_vector_type(2)));
extern "C" __attribute__((device, const)) cuport_float16_2 __llvm_amdgcn_rcp_2f16(cuport_float16_2);
#endif

#include <hip/hip_runtime.h>

#if HIP_VERSION_MAJOR < 6 && defined(__HIP__)
#ifdef __HIP_DEVICE_COMPILE__
// Its functions of mathematics ask whether denormals are flushed; clang links the library with the answer no more.
extern "C" __attribute__((constant, weak)) const unsigned char __oclc_daz_opt = 0;
#endif

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

#endif
