// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA's error state.
//
//   entry point --> api(body): the current device, ready and without a fault --> body --> a failure becomes the last error
//
// The last error belongs to the host thread; success does not clear it. A fault belongs to the device and is sticky: every
// call on the device returns it until cudaDeviceReset.

#ifndef CUPORT_RUNTIME_ERROR_H
#define CUPORT_RUNTIME_ERROR_H

#include "Api.h"

namespace cuport {

struct Device;

/// The last error of this host thread.
cudaError_t &lastError();

/// Notes a failure; success and what it returns pass through.
inline cudaError_t noted(cudaError_t error) {
  if (error != cudaSuccess) [[unlikely]]
    lastError() = error;
  return error;
}

/// The current device of this host thread, initialised, in \p device; fails if there is none, in a forked child, or with the
/// device's fault.
inline cudaError_t enter(Device *&device); // in Device.h

/// The body of an entry point that works on the current device.
template <class Body> cudaError_t api(Body &&body) {
  Device *device = nullptr;
  cudaError_t error = enter(device);
  if (error == cudaSuccess) [[likely]]
    error = body(*device);
  return noted(error);
}

/// cudaErrorNotSupported for something that is not a whole entry point: "cudaLimit 5". Logged once a name on stderr.
cudaError_t notSupported(const char *name);

/// The driver's code for what the runtime's body returned. Most numbers are the same; those below 100 are not all.
CUresult driverCode(cudaError_t error);

} // namespace cuport

/// What the weak definitions of functions that nobody wrote call: log \p name once, fail.
CUPORT_EXPORT cudaError_t cuport_not_supported(const char *name);
CUPORT_EXPORT CUresult cuport_not_supported_driver(const char *name);

#endif
