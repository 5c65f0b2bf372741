// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The driver API: the same devices, streams, memory and functions under other names.
//
//   cuMemAlloc_v2 --> driver(body): cuInit was called, there is a context --> body: cudaMalloc --> the code in the driver's numbers
//
// Handles are the runtime's own. The driver API has no last error, and none of its calls makes a primary context current by itself, so what
// a body leaves of both is taken back.

#ifndef CUPORT_RUNTIME_DRIVER_H
#define CUPORT_RUNTIME_DRIVER_H

#include "Device.h"

namespace cuport {

/// CUDA_ERROR_NOT_INITIALIZED before cuInit or a call of the runtime API.
CUresult driverStarted();
/// The same, and CUDA_ERROR_INVALID_CONTEXT where the thread has no context.
CUresult driverReady();

template <class Body> CUresult withoutTraces(Body &&body) {
  const cudaError_t before = lastError();
  const bool runtimeUsed = currentContext().runtimeUsed;
  cudaError_t error = body();
  lastError() = before;
  currentContext().runtimeUsed &= runtimeUsed;
  return driverCode(error);
}

/// The body of an entry point that needs a context.
template <class Body> CUresult driver(Body &&body) {
  if (CUresult error = driverReady())
    return error;
  return withoutTraces(body);
}

/// The body of one that does not.
template <class Body> CUresult driverAnywhere(Body &&body) {
  if (CUresult error = driverStarted())
    return error;
  return withoutTraces(body);
}

inline void *pointerOf(CUdeviceptr address) { return reinterpret_cast<void *>(address); }

inline cudaArray_t arrayOf(CUarray handle) { return reinterpret_cast<cudaArray_t>(handle); }

} // namespace cuport

/// Older and newer name of one function.
#define CUPORT_SAME(name, as) decltype(as) name __attribute__((alias(#as)))

#endif
