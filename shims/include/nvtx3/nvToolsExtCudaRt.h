// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// NVTX's names for devices, streams and events, where no tool listens (nvToolsExt.h).

#ifndef CUPORT_NVTX3_NVTOOLSEXTCUDART_H
#define CUPORT_NVTX3_NVTOOLSEXTCUDART_H

#include <cuda_runtime_api.h>
#include <nvtx3/nvToolsExt.h>

#define CUPORT_NVTX_NAMES(what, Type, member)                                                      \
  static __inline__ __attribute__((unused)) void nvtxNameCuda##what##A(Type member, const char *name) {}                 \
  static __inline__ __attribute__((unused)) void nvtxNameCuda##what##W(Type member, const wchar_t *name) {}
CUPORT_NVTX_NAMES(Device, int, device)
CUPORT_NVTX_NAMES(Stream, cudaStream_t, stream)
CUPORT_NVTX_NAMES(Event, cudaEvent_t, event)
#undef CUPORT_NVTX_NAMES

#ifdef UNICODE
#define nvtxNameCudaDevice nvtxNameCudaDeviceW
#define nvtxNameCudaStream nvtxNameCudaStreamW
#define nvtxNameCudaEvent nvtxNameCudaEventW
#else
#define nvtxNameCudaDevice nvtxNameCudaDeviceA
#define nvtxNameCudaStream nvtxNameCudaStreamA
#define nvtxNameCudaEvent nvtxNameCudaEventA
#endif

#endif
