// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The driver API's start and its contexts.

#include "Driver.h"
#include "Stream.h"

using namespace cuport;

namespace {

std::atomic<bool> initialized{false};
std::atomic<unsigned long long> nextContextId{1000};

constexpr unsigned KnownFlags =
    CU_CTX_SCHED_MASK | CU_CTX_MAP_HOST | CU_CTX_LMEM_RESIZE_TO_MAX | CU_CTX_SYNC_MEMOPS | CU_CTX_COREDUMP_ENABLE;

} // namespace

CUresult cuport::driverStarted() {
  return initialized.load(std::memory_order_acquire) || backendTable ? CUDA_SUCCESS : CUDA_ERROR_NOT_INITIALIZED;
}

CUresult cuport::driverReady() {
  if (CUresult error = driverStarted())
    return error;
  CurrentContext &current = currentContext();
  // The runtime API makes the primary context current where there is none.
  return current.stack.empty() && !current.runtimeUsed ? CUDA_ERROR_INVALID_CONTEXT : CUDA_SUCCESS;
}

CUctx_st *cuport::contextOf(const Device &device) {
  const auto &stack = currentContext().stack;
  return !stack.empty() && stack.back()->device == &device ? stack.back() : device.primary;
}

CUresult cuInit(unsigned int flags) {
  if (flags)
    return CUDA_ERROR_INVALID_VALUE;
  std::vector<Device *> *all;
  if (cudaError_t error = devices(all))
    return driverCode(error);
  initialized.store(true, std::memory_order_release);
  return CUDA_SUCCESS;
}

/// For HIP's functions over the driver API (cuport/hip_types.h).
CUPORT_EXPORT void cuport_hip_start() {
  Device *device;
  if (currentContext().stack.empty())
    (void)enter(device);
}

CUresult cuDriverGetVersion(int *version) {
  return withoutTraces([&] { return cudaDriverGetVersion(version); });
}

CUresult cuDevicePrimaryCtxRetain(CUcontext *context, CUdevice ordinal) {
  return driverAnywhere([&] {
    Device *device;
    if (!context)
      return cudaErrorInvalidValue;
    if (cudaError_t error = deviceAt(ordinal, device))
      return error;
    std::lock_guard lock(device->limitsMutex);
    if (device->primary->references++ == 0)
      device->primary->wakes = !device->used;
    device->used = true;
    *context = device->primary;
    return cudaSuccess;
  });
}

CUresult cuDevicePrimaryCtxRelease_v2(CUdevice ordinal) {
  return driverAnywhere([&] {
    Device *device;
    if (cudaError_t error = deviceAt(ordinal, device))
      return error;
    std::lock_guard lock(device->limitsMutex);
    if (device->primary->references == 0)
      return cudaErrorDeviceUninitialized;
    if (--device->primary->references == 0 && device->primary->wakes)
      device->used = false;
    return cudaSuccess;
  });
}

CUresult cuDevicePrimaryCtxSetFlags_v2(CUdevice ordinal, unsigned int flags) {
  return driverAnywhere([&] {
    Device *device;
    if (flags & ~KnownFlags)
      return cudaErrorInvalidValue;
    if (cudaError_t error = deviceAt(ordinal, device))
      return error;
    device->flags = flags;
    return cudaSuccess;
  });
}

CUresult cuDevicePrimaryCtxGetState(CUdevice ordinal, unsigned int *flags, int *active) {
  return driverAnywhere([&] {
    Device *device;
    if (!flags || !active)
      return cudaErrorInvalidValue;
    if (cudaError_t error = deviceAt(ordinal, device))
      return error;
    *flags = device->flags;
    *active = device->used;
    return cudaSuccess;
  });
}

CUresult cuDevicePrimaryCtxReset_v2(CUdevice ordinal) {
  return driverAnywhere([&] {
    int before = currentContext().device;
    if (cudaError_t error = cudaSetDevice(ordinal); error && !isFault(error))
      return error;
    cudaError_t error = cudaDeviceReset();
    currentContext().device = before;
    return error;
  });
}

namespace {

CUresult create(CUcontext *context, unsigned flags, CUdevice ordinal) {
  return driverAnywhere([&] {
    Device *device;
    if (!context || (flags & ~KnownFlags))
      return cudaErrorInvalidValue;
    if (cudaError_t error = deviceAt(ordinal, device))
      return error;
    device->used = true;
    *context = new CUctx_st{device, false, flags, 1, nextContextId++};
    currentContext().stack.push_back(*context);
    return cudaSuccess;
  });
}

} // namespace

CUresult cuCtxCreate_v2(CUcontext *context, unsigned int flags, CUdevice device) { return create(context, flags, device); }

CUresult cuCtxCreate_v3(CUcontext *context, CUexecAffinityParam *affinity, int count, unsigned int flags, CUdevice device) {
  if (affinity && count)
    return cuport_not_supported_driver("execution affinity of a context");
  return create(context, flags, device);
}

CUresult cuCtxCreate_v4(CUcontext *context, CUctxCreateParams *parameters, unsigned int flags, CUdevice device) {
  if (parameters && (parameters->numExecAffinityParams || parameters->cigParams))
    return cuport_not_supported_driver("execution affinity of a context");
  return create(context, flags, device);
}

CUresult cuCtxDestroy_v2(CUcontext context) {
  return driverAnywhere([&] {
    if (!context || context->primary)
      return cudaErrorDeviceUninitialized;
    cudaError_t error = synchronize(*context->device);
    auto &stack = currentContext().stack;
    if (!stack.empty() && stack.back() == context)
      stack.pop_back();
    delete context;
    return error;
  });
}

CUresult cuCtxPushCurrent_v2(CUcontext context) {
  return driverAnywhere([&] {
    if (!context)
      return cudaErrorDeviceUninitialized;
    currentContext().stack.push_back(context);
    return cudaSuccess;
  });
}

CUresult cuCtxPopCurrent_v2(CUcontext *context) {
  return driverAnywhere([&] {
    auto &stack = currentContext().stack;
    if (stack.empty())
      return cudaErrorDeviceUninitialized;
    if (context)
      *context = stack.back();
    stack.pop_back();
    return cudaSuccess;
  });
}

CUresult cuCtxSetCurrent(CUcontext context) {
  return driverAnywhere([&] {
    CurrentContext &current = currentContext();
    if (!current.stack.empty())
      current.stack.pop_back();
    if (context)
      current.stack.push_back(context);
    else
      current.runtimeUsed = false;
    return cudaSuccess;
  });
}

CUresult cuCtxGetCurrent(CUcontext *context) {
  return driverAnywhere([&] {
    CurrentContext &current = currentContext();
    if (!context)
      return cudaErrorInvalidValue;
    *context = nullptr;
    if (!current.stack.empty()) {
      *context = current.stack.back();
    } else if (current.runtimeUsed) {
      Device *device;
      if (cudaError_t error = currentDevice(device))
        return error;
      *context = device->primary;
    }
    return cudaSuccess;
  });
}

CUresult cuCtxGetDevice(CUdevice *device) {
  return driver([&] { return cudaGetDevice(device); });
}

CUresult cuCtxGetFlags(unsigned int *flags) {
  return driver([&] {
    CurrentContext &current = currentContext();
    if (!flags)
      return cudaErrorInvalidValue;
    if (current.stack.empty() || current.stack.back()->primary)
      return cudaGetDeviceFlags(flags);
    *flags = current.stack.back()->flags;
    return cudaSuccess;
  });
}

CUresult cuCtxGetId(CUcontext context, unsigned long long *id) {
  return driverAnywhere([&] {
    if (!id)
      return cudaErrorInvalidValue;
    if (!context && cuCtxGetCurrent(&context))
      return cudaErrorDeviceUninitialized;
    if (!context)
      return cudaErrorDeviceUninitialized;
    *id = context->id;
    return cudaSuccess;
  });
}

CUresult cuCtxGetApiVersion(CUcontext, unsigned int *version) {
  if (!version)
    return CUDA_ERROR_INVALID_VALUE;
  *version = 3020;
  return CUDA_SUCCESS;
}

CUresult cuCtxSynchronize() {
  return driver([] { return cudaDeviceSynchronize(); });
}

CUresult cuCtxSynchronize_v2(CUcontext context) {
  return driver([&] {
    if (!context)
      return cudaDeviceSynchronize();
    return synchronize(*context->device);
  });
}

CUresult cuCtxGetDevice_v2(CUdevice *device, CUcontext context) {
  if (!context)
    return cuCtxGetDevice(device);
  if (!device)
    return CUDA_ERROR_INVALID_VALUE;
  *device = context->device->ordinal;
  return CUDA_SUCCESS;
}

CUresult cuCtxSetLimit(CUlimit limit, size_t value) {
  return driver([&] { return cudaDeviceSetLimit(cudaLimit(limit), value); });
}

CUresult cuCtxGetLimit(size_t *value, CUlimit limit) {
  return driver([&] { return cudaDeviceGetLimit(value, cudaLimit(limit)); });
}

CUresult cuCtxSetCacheConfig(CUfunc_cache config) {
  return driver([&] { return cudaDeviceSetCacheConfig(cudaFuncCache(config)); });
}

CUresult cuCtxGetCacheConfig(CUfunc_cache *config) {
  return driver([&] { return cudaDeviceGetCacheConfig(reinterpret_cast<cudaFuncCache *>(config)); });
}

CUresult cuCtxSetSharedMemConfig(CUsharedconfig config) {
  return driver([&] { return cudaDeviceSetSharedMemConfig(cudaSharedMemConfig(config)); });
}

CUresult cuCtxGetSharedMemConfig(CUsharedconfig *config) {
  return driver([&] { return cudaDeviceGetSharedMemConfig(reinterpret_cast<cudaSharedMemConfig *>(config)); });
}

CUresult cuCtxGetStreamPriorityRange(int *least, int *greatest) {
  return driver([&] { return cudaDeviceGetStreamPriorityRange(least, greatest); });
}

CUresult cuCtxResetPersistingL2Cache() {
  return driver([] { return cudaCtxResetPersistingL2Cache(); });
}

CUresult cuCtxEnablePeerAccess(CUcontext peer, unsigned int flags) {
  return driver([&] { return peer ? cudaDeviceEnablePeerAccess(peer->device->ordinal, flags) : cudaErrorDeviceUninitialized; });
}

CUresult cuCtxDisablePeerAccess(CUcontext peer) {
  return driver([&] { return peer ? cudaDeviceDisablePeerAccess(peer->device->ordinal) : cudaErrorDeviceUninitialized; });
}

CUresult cuProfilerStart() {
  return driver([] { return cudaSuccess; });
}

CUresult cuProfilerStop() {
  return driver([] { return cudaSuccess; });
}
