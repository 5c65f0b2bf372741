// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Access from one device to another's memory: the devices of a backend do not say that they have it.

#include "Device.h"

using namespace cuport;

namespace {

cudaError_t checkPair(int first, int second) {
  Device *device;
  if (cudaError_t error = deviceAt(first, device))
    return error;
  return deviceAt(second, device);
}

} // namespace

cudaError_t cudaDeviceCanAccessPeer(int *can, int device, int peer) {
  if (!can)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = checkPair(device, peer))
    return noted(error);
  *can = 0;
  return cudaSuccess;
}

cudaError_t cudaDeviceEnablePeerAccess(int peer, unsigned int flags) {
  return api([&](Device &current) {
    Device *device;
    if (flags)
      return cudaErrorInvalidValue;
    if (cudaError_t error = deviceAt(peer, device))
      return error;
    return device == &current ? cudaErrorInvalidDevice : cudaErrorPeerAccessUnsupported;
  });
}

cudaError_t cudaDeviceDisablePeerAccess(int peer) {
  return api([&](Device &) {
    Device *device;
    if (cudaError_t error = deviceAt(peer, device))
      return error;
    return cudaErrorPeerAccessNotEnabled;
  });
}

cudaError_t cudaDeviceGetP2PAttribute(int *value, cudaDeviceP2PAttr attribute, int source, int destination) {
  if (!value || attribute < cudaDevP2PAttrPerformanceRank || attribute > cudaDevP2PAttrOnlyPartialNativeAtomicSupported)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = checkPair(source, destination))
    return noted(error);
  if (source == destination)
    return noted(cudaErrorInvalidDevice);
  *value = 0;
  return cudaSuccess;
}
