// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// NVTX's names for the driver API's devices, contexts, streams and events, where no tool listens (nvToolsExt.h).

#ifndef CUPORT_NVTX3_NVTOOLSEXTCUDA_H
#define CUPORT_NVTX3_NVTOOLSEXTCUDA_H

#include <cuda.h>
#include <nvtx3/nvToolsExt.h>

#define CUPORT_NVTX_NAMES(what, Type, member)                                                      \
  static __inline__ __attribute__((unused)) void nvtxNameCu##what##A(Type member, const char *name) {}                   \
  static __inline__ __attribute__((unused)) void nvtxNameCu##what##W(Type member, const wchar_t *name) {}
CUPORT_NVTX_NAMES(Device, CUdevice, device)
CUPORT_NVTX_NAMES(Context, CUcontext, context)
CUPORT_NVTX_NAMES(Stream, CUstream, stream)
CUPORT_NVTX_NAMES(Event, CUevent, event)
#undef CUPORT_NVTX_NAMES

#ifdef UNICODE
#define nvtxNameCuDevice nvtxNameCuDeviceW
#define nvtxNameCuContext nvtxNameCuContextW
#define nvtxNameCuStream nvtxNameCuStreamW
#define nvtxNameCuEvent nvtxNameCuEventW
#else
#define nvtxNameCuDevice nvtxNameCuDeviceA
#define nvtxNameCuContext nvtxNameCuContextA
#define nvtxNameCuStream nvtxNameCuStreamA
#define nvtxNameCuEvent nvtxNameCuEventA
#endif

#endif
