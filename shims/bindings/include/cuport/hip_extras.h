// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What HIP has that CUDA has not, or has otherwise, over CUDA's names; cuport/hip_names.h has the others. CUDA's names may be macros
// of a card's own here.

#ifndef CUPORT_BINDINGS_HIP_EXTRAS_H
#define CUPORT_BINDINGS_HIP_EXTRAS_H

#include <cuda_runtime.h>
#ifndef CUPORT_NO_DRIVER_API
#include <cuda.h>

/// The driver's status as the runtime's: NVIDIA numbers both alike, and the cards whose API follows NVIDIA's are taken to.
static inline cudaError_t cuport_hip_error(CUresult status) { return (cudaError_t)status; }
#endif

#include <cuport/hip_names.h>
#include <cuport/hip_source.h>

#if defined(__CUDA_ARCH__) && !defined(__HIP_DEVICE_COMPILE__)
#define __HIP_DEVICE_COMPILE__ 1
#endif

#define hipDeviceptr_t CUdeviceptr

// HIP waits for a context as for its device.
#define hipCtxSynchronize hipDeviceSynchronize

#ifdef __cplusplus
template <class T> inline hipError_t hipHostMalloc(T **pointer, size_t size, unsigned flags = 0) {
  return cudaHostAlloc((void **)pointer, size, flags);
}
template <class T> inline hipError_t hipHostAlloc(T **pointer, size_t size, unsigned flags = 0) {
  return cudaHostAlloc((void **)pointer, size, flags);
}
#endif

// What `cuport translate` writes for __syncwarp() before HIP 7.
#define __builtin_amdgcn_wave_barrier() __syncwarp()

#endif
