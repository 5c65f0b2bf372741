// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Device.h"
#include "Memory.h"
#include "Stream.h"

#include <cstdio>
#include <cstring>

using namespace cuport;

cudaError_t cudaGetDeviceCount(int *count) {
  std::vector<Device *> *all;
  if (!count)
    return noted(cudaErrorInvalidValue);
  *count = 0;
  if (cudaError_t error = devices(all))
    return noted(error);
  *count = int(all->size());
  return cudaSuccess;
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp *properties, int ordinal) {
  Device *device;
  if (!properties)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = deviceAt(ordinal, device))
    return noted(error);
  *properties = device->properties;
  return cudaSuccess;
}

cudaError_t cudaSetDevice(int ordinal) {
  Device *device;
  if (cudaError_t error = deviceAt(ordinal, device))
    return noted(error);
  CurrentContext &current = currentContext();
  current.device = ordinal;
  current.runtimeUsed = true;
  // The device's primary context takes the place of what was current.
  if (!current.stack.empty())
    current.stack.back() = device->primary;
  return noted(fault(*device));
}

cudaError_t cudaGetDevice(int *ordinal) {
  Device *device;
  if (!ordinal)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = currentDevice(device))
    return noted(error);
  *ordinal = device->ordinal;
  return cudaSuccess;
}

cudaError_t cudaInitDevice(int ordinal, unsigned int, unsigned int flags) {
  Device *device;
  if (flags & ~unsigned(cudaInitDeviceFlagsAreValid))
    return noted(cudaErrorInvalidValue);
  return noted(deviceAt(ordinal, device));
}

cudaError_t cudaSetValidDevices(int *list, int length) {
  std::vector<Device *> *all;
  if (cudaError_t error = devices(all))
    return noted(error);
  if (length < 0 || size_t(length) > all->size() || (length && !list))
    return noted(cudaErrorInvalidValue);
  for (int i = 0; i < length; ++i)
    if (list[i] < 0 || size_t(list[i]) >= all->size())
      return noted(cudaErrorInvalidDevice);
  if (length)
    currentContext().device = list[0];
  return cudaSuccess;
}

cudaError_t cudaChooseDevice(int *ordinal, const cudaDeviceProp *wanted) {
  std::vector<Device *> *all;
  if (!ordinal || !wanted)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = devices(all))
    return noted(error);
  // All devices of a backend are alike, so the first is as good as any.
  *ordinal = 0;
  return cudaSuccess;
}

cudaError_t cudaSetDeviceFlags(unsigned int flags) {
  Device *device;
  constexpr unsigned Known = cudaDeviceScheduleMask | cudaDeviceMapHost | cudaDeviceLmemResizeToMax | cudaDeviceSyncMemops;
  unsigned schedule = flags & cudaDeviceScheduleMask;
  if ((flags & ~Known) || (schedule & (schedule - 1)))
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = currentDevice(device))
    return noted(error);
  device->flags = flags;
  return cudaSuccess;
}

cudaError_t cudaGetDeviceFlags(unsigned int *flags) {
  Device *device;
  if (!flags)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = currentDevice(device))
    return noted(error);
  *flags = device->flags | cudaDeviceMapHost;
  return cudaSuccess;
}

cudaError_t cudaDeviceReset() {
  Device *device;
  if (cudaError_t error = currentDevice(device))
    return noted(error);
  fflush(stdout);
  if (int error = backend().device_reset(device->ordinal))
    return noted(cudaError_t(error));
  releaseAll(*device);
  device->flags = 0;
  describe(*device);
  lastError() = cudaSuccess;
  return cudaSuccess;
}

cudaError_t cudaDeviceGetPCIBusId(char *text, int length, int ordinal) {
  Device *device;
  if (cudaError_t error = deviceAt(ordinal, device))
    return noted(error);
  char id[16];
  int size = std::snprintf(id, sizeof(id), "%04x:%02x:%02x.0", device->properties.pciDomainID, device->properties.pciBusID,
                           device->properties.pciDeviceID);
  if (!text || length <= size)
    return noted(cudaErrorInvalidValue);
  std::memcpy(text, id, size_t(size) + 1);
  return cudaSuccess;
}

cudaError_t cudaDeviceGetByPCIBusId(int *ordinal, const char *text) {
  std::vector<Device *> *all;
  if (!ordinal || !text)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = devices(all))
    return noted(error);
  unsigned domain = 0, bus = 0, slot = 0;
  // The domain and the function may be left out.
  if (std::sscanf(text, "%x:%x:%x", &domain, &bus, &slot) != 3) {
    domain = 0;
    if (std::sscanf(text, "%x:%x", &bus, &slot) != 2)
      return noted(cudaErrorInvalidValue);
  }
  for (Device *device : *all)
    if (int(domain) == device->properties.pciDomainID && int(bus) == device->properties.pciBusID &&
        int(slot) == device->properties.pciDeviceID) {
      *ordinal = device->ordinal;
      return cudaSuccess;
    }
  return noted(cudaErrorInvalidDevice);
}

// What kernels allocate and print goes through the host's own malloc and stdio, so the sizes of heap and FIFO are remembered,
// and only the heap's is kept.
cudaError_t cudaDeviceSetLimit(cudaLimit limit, size_t value) {
  return api([&](Device &device) {
    if (unsigned(limit) > cudaLimitPersistingL2CacheSize)
      return cudaErrorUnsupportedLimit;
    if (limit == cudaLimitMaxL2FetchGranularity && value > 128)
      return cudaErrorInvalidValue;
    if (limit == cudaLimitPersistingL2CacheSize && value > size_t(device.properties.persistingL2CacheMaxSize))
      value = size_t(device.properties.persistingL2CacheMaxSize);
    std::lock_guard lock(device.limitsMutex);
    device.limits[limit] = value;
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceGetLimit(size_t *value, cudaLimit limit) {
  return api([&](Device &device) {
    if (!value)
      return cudaErrorInvalidValue;
    if (unsigned(limit) > cudaLimitPersistingL2CacheSize)
      return cudaErrorUnsupportedLimit;
    std::lock_guard lock(device.limitsMutex);
    *value = device.limits[limit];
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceSetCacheConfig(cudaFuncCache config) {
  return api([&](Device &device) {
    if (unsigned(config) > cudaFuncCachePreferEqual)
      return cudaErrorInvalidValue;
    device.cacheConfig = config;
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceGetCacheConfig(cudaFuncCache *config) {
  return api([&](Device &device) {
    if (!config)
      return cudaErrorInvalidValue;
    *config = device.cacheConfig;
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceSetSharedMemConfig(cudaSharedMemConfig config) {
  return api([&](Device &device) {
    if (unsigned(config) > cudaSharedMemBankSizeEightByte)
      return cudaErrorInvalidValue;
    device.sharedConfig = config == cudaSharedMemBankSizeDefault ? cudaSharedMemBankSizeFourByte : config;
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceGetSharedMemConfig(cudaSharedMemConfig *config) {
  return api([&](Device &device) {
    if (!config)
      return cudaErrorInvalidValue;
    *config = device.sharedConfig;
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceGetTexture1DLinearMaxWidth(size_t *width, const cudaChannelFormatDesc *format, int ordinal) {
  Device *device;
  if (cudaError_t error = deviceAt(ordinal, device))
    return noted(error);
  if (!width || !format)
    return noted(cudaErrorInvalidValue);
  *width = size_t(device->properties.maxTexture1DLinear);
  return cudaSuccess;
}

cudaError_t cudaCtxResetPersistingL2Cache() {
  return api([](Device &) { return cudaSuccess; });
}

cudaError_t cudaThreadSynchronize() { return cudaDeviceSynchronize(); }
cudaError_t cudaThreadExit() { return cudaDeviceReset(); }
cudaError_t cudaThreadSetLimit(cudaLimit limit, size_t value) { return cudaDeviceSetLimit(limit, value); }
cudaError_t cudaThreadGetLimit(size_t *value, cudaLimit limit) { return cudaDeviceGetLimit(value, limit); }
cudaError_t cudaThreadSetCacheConfig(cudaFuncCache config) { return cudaDeviceSetCacheConfig(config); }
cudaError_t cudaThreadGetCacheConfig(cudaFuncCache *config) { return cudaDeviceGetCacheConfig(config); }
