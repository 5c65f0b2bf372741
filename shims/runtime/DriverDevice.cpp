// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Devices of the driver API.

#include "Driver.h"

#include <cstring>

using namespace cuport;

CUresult cuDeviceGet(CUdevice *device, int ordinal) {
  return driverAnywhere([&] {
    Device *found;
    if (!device)
      return cudaErrorInvalidValue;
    if (cudaError_t error = deviceAt(ordinal, found))
      return error;
    *device = ordinal;
    return cudaSuccess;
  });
}

CUresult cuDeviceGetCount(int *count) {
  return driverAnywhere([&] { return cudaGetDeviceCount(count); });
}

CUresult cuDeviceGetName(char *name, int length, CUdevice ordinal) {
  return driverAnywhere([&] {
    Device *device;
    if (!name || length <= 0)
      return cudaErrorInvalidValue;
    if (cudaError_t error = deviceAt(ordinal, device))
      return error;
    std::strncpy(name, device->properties.name, size_t(length));
    name[length - 1] = 0;
    return cudaSuccess;
  });
}

CUresult cuDeviceGetUuid(CUuuid *uuid, CUdevice ordinal) {
  return driverAnywhere([&] {
    Device *device;
    if (!uuid)
      return cudaErrorInvalidValue;
    if (cudaError_t error = deviceAt(ordinal, device))
      return error;
    *uuid = device->properties.uuid;
    return cudaSuccess;
  });
}

CUresult cuDeviceTotalMem_v2(size_t *bytes, CUdevice ordinal) {
  return driverAnywhere([&] {
    Device *device;
    if (!bytes)
      return cudaErrorInvalidValue;
    if (cudaError_t error = deviceAt(ordinal, device))
      return error;
    *bytes = device->properties.totalGlobalMem;
    return cudaSuccess;
  });
}

CUresult cuDeviceGetAttribute(int *value, CUdevice_attribute attribute, CUdevice ordinal) {
  return driverAnywhere([&] { return cudaDeviceGetAttribute(value, cudaDeviceAttr(attribute), ordinal); });
}

CUresult cuDeviceGetProperties(CUdevprop *result, CUdevice ordinal) {
  return driverAnywhere([&] {
    Device *device;
    if (!result)
      return cudaErrorInvalidValue;
    if (cudaError_t error = deviceAt(ordinal, device))
      return error;
    const cudaDeviceProp &p = device->properties;
    *result = {p.maxThreadsPerBlock,
               {p.maxThreadsDim[0], p.maxThreadsDim[1], p.maxThreadsDim[2]},
               {p.maxGridSize[0], p.maxGridSize[1], p.maxGridSize[2]},
               int(p.sharedMemPerBlock),
               int(p.totalConstMem),
               p.warpSize,
               int(p.memPitch),
               p.regsPerBlock,
               p.clockRate,
               int(p.textureAlignment)};
    return cudaSuccess;
  });
}

CUresult cuDeviceComputeCapability(int *major, int *minor, CUdevice ordinal) {
  return driverAnywhere([&] {
    Device *device;
    if (!major || !minor)
      return cudaErrorInvalidValue;
    if (cudaError_t error = deviceAt(ordinal, device))
      return error;
    *major = device->properties.major;
    *minor = device->properties.minor;
    return cudaSuccess;
  });
}

CUresult cuDeviceGetPCIBusId(char *text, int length, CUdevice ordinal) {
  return driverAnywhere([&] { return cudaDeviceGetPCIBusId(text, length, ordinal); });
}

CUresult cuDeviceGetByPCIBusId(CUdevice *device, const char *text) {
  return driverAnywhere([&] { return cudaDeviceGetByPCIBusId(device, text); });
}

CUresult cuDeviceCanAccessPeer(int *can, CUdevice device, CUdevice peer) {
  return driverAnywhere([&] { return cudaDeviceCanAccessPeer(can, device, peer); });
}

CUresult cuDeviceGetDefaultMemPool(CUmemoryPool *pool, CUdevice device) {
  return driverAnywhere([&] { return cudaDeviceGetDefaultMemPool(pool, device); });
}

CUresult cuDeviceGetMemPool(CUmemoryPool *pool, CUdevice device) {
  return driverAnywhere([&] { return cudaDeviceGetMemPool(pool, device); });
}

CUresult cuDeviceSetMemPool(CUdevice device, CUmemoryPool pool) {
  return driverAnywhere([&] { return cudaDeviceSetMemPool(device, pool); });
}
