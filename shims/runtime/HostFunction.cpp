// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions of the host that a stream calls.

#include "Stream.h"

using namespace cuport;

cudaError_t cudaLaunchHostFunc(cudaStream_t handle, cudaHostFn_t function, void *data) {
  return onStream(handle, [&](Stream &stream) {
    if (!function)
      return cudaErrorInvalidValue;
    if (cudaError_t error = refuseImplicit(stream))
      return error;
    return submit(stream, function, data);
  });
}

namespace {

struct Callback {
  cudaStream_t stream;
  cudaStreamCallback_t function;
  void *data;
  const Device *device;
};

} // namespace

cudaError_t cudaStreamAddCallback(cudaStream_t handle, cudaStreamCallback_t function, void *data, unsigned int flags) {
  return onStream(handle, [&](Stream &stream) {
    if (!function || flags)
      return cudaErrorInvalidValue;
    if (cudaError_t error = refuseCapture(stream))
      return error;
    auto *callback = new Callback{handle, function, data, &stream.device};
    cudaError_t error = submit(
        stream,
        [](void *pointer) {
          auto *callback = static_cast<Callback *>(pointer);
          callback->function(callback->stream, fault(*callback->device), callback->data);
          delete callback;
        },
        callback);
    if (error)
      delete callback;
    return error;
  });
}
