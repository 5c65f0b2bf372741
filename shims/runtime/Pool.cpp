// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Pool.h"
#include "Capture.h"
#include "Memory.h"
#include "Stream.h"

#include <utility>

using namespace cuport;

void CUmemPoolHandle_st::count(size_t size) {
  uint64_t now = used.fetch_add(size) + size;
  uint64_t high = usedHigh.load();
  while (now > high && !usedHigh.compare_exchange_weak(high, now))
    ;
}

cudaMemPool_t cuport::defaultPool(Device &device) {
  std::lock_guard lock(device.limitsMutex);
  if (!device.defaultPool) {
    device.defaultPool = new CUmemPoolHandle_st(device);
    device.defaultPool->isDefault = true;
  }
  return device.defaultPool;
}

namespace {

cudaError_t poolOf(cudaMemPool_t handle, CUmemPoolHandle_st *&pool) {
  if (!handle || handle->magic != CUmemPoolHandle_st::Magic)
    return cudaErrorInvalidValue;
  pool = handle;
  return cudaSuccess;
}

cudaMemPool_t currentPool(Device &device) {
  cudaMemPool_t standard = defaultPool(device);
  std::lock_guard lock(device.limitsMutex);
  return device.pool ? device.pool : standard;
}

void releasePooled(void *pointer) {
  Allocation allocation;
  if (findAllocation(pointer, allocation))
    release(allocation);
}

} // namespace

cudaError_t cuport::allocateInOrder(Stream &stream, cudaMemPool_t handle, size_t size, void *&pointer) {
  CUmemPoolHandle_st *pool;
  pointer = nullptr;
  if (cudaError_t error = poolOf(handle ? handle : currentPool(stream.device), pool))
    return error;
  if (size == 0)
    return cudaErrorInvalidValue;
  if (stream.capture.load(std::memory_order_acquire)) {
    auto memory = std::make_shared<GraphMemory>();
    if (cudaError_t error = allocate(pool->device, CUPORT_MEMORY_DEVICE, size, memory->pointer, Origin::Graph))
      return error;
    memory->parameters.bytesize = size;
    memory->parameters.dptr = pointer = memory->pointer;
    memory->parameters.poolProps.allocType = cudaMemAllocationTypePinned;
    memory->parameters.poolProps.location = {cudaMemLocationTypeDevice, pool->device.ordinal};
    return captureNode(stream, MemoryAllocation{memory});
  }
  // The memory is there at once, which is earlier than has to be.
  if (cudaError_t error = allocate(pool->device, CUPORT_MEMORY_DEVICE, size, pointer, Origin::Pooled, 0, pool))
    return error;
  pool->count(size);
  return cudaSuccess;
}

cudaError_t cuport::freeInOrder(Stream &stream, void *pointer) {
  Allocation allocation;
  if (!pointer)
    return cudaSuccess;
  if (!findAllocation(pointer, allocation) || allocation.begin != pointer || allocation.kind != CUPORT_MEMORY_DEVICE ||
      allocation.origin == Origin::Variable || allocation.origin == Origin::Mapped)
    return cudaErrorInvalidValue;
  if (stream.capture.load(std::memory_order_acquire))
    return captureNode(stream, MemoryFree{pointer});
  if (allocation.origin == Origin::Graph)
    return cudaSuccess; // goes with its graph
  if (cudaError_t error = refuseImplicit(stream))
    return error;
  // The stream may be given it again from here on, so it no longer counts, whenever the stream comes to free it.
  cudaMemPool_t pool = nullptr;
  changeAllocation(pointer, [](Allocation &freed, void *counted) { *static_cast<cudaMemPool_t *>(counted) = std::exchange(freed.pool, nullptr); }, &pool);
  if (pool)
    pool->used -= allocation.size;
  return submit(stream, releasePooled, pointer);
}

cudaError_t cudaMallocAsync(void **pointer, size_t size, cudaStream_t handle) {
  return onStream(handle, [&](Stream &stream) {
    return pointer ? allocateInOrder(stream, nullptr, size, *pointer) : cudaErrorInvalidValue;
  });
}

cudaError_t cudaMallocFromPoolAsync(void **pointer, size_t size, cudaMemPool_t pool, cudaStream_t handle) {
  return onStream(handle, [&](Stream &stream) {
    return pointer && pool ? allocateInOrder(stream, pool, size, *pointer) : cudaErrorInvalidValue;
  });
}

cudaError_t cudaFreeAsync(void *pointer, cudaStream_t handle) {
  return onStream(handle, [&](Stream &stream) { return freeInOrder(stream, pointer); });
}

cudaError_t cudaMemPoolCreate(cudaMemPool_t *result, const cudaMemPoolProps *properties) {
  return api([&](Device &) {
    Device *device;
    if (!result || !properties || properties->allocType != cudaMemAllocationTypePinned ||
        properties->location.type != cudaMemLocationTypeDevice)
      return cudaErrorInvalidValue;
    if (properties->handleTypes != cudaMemHandleTypeNone)
      return notSupported("memory pools that are shared between processes");
    if (cudaError_t error = deviceAt(properties->location.id, device))
      return error;
    auto *pool = new CUmemPoolHandle_st(*device);
    pool->properties = *properties;
    *result = pool;
    return cudaSuccess;
  });
}

cudaError_t cudaMemPoolDestroy(cudaMemPool_t handle) {
  return api([&](Device &) {
    CUmemPoolHandle_st *pool;
    if (cudaError_t error = poolOf(handle, pool))
      return error;
    if (pool->isDefault)
      return cudaErrorInvalidValue;
    std::lock_guard lock(pool->device.limitsMutex);
    if (pool->device.pool == pool)
      pool->device.pool = nullptr;
    // Memory of it may live on and counts in it when it is freed, so the pool itself stays.
    pool->magic = 0;
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceGetDefaultMemPool(cudaMemPool_t *pool, int ordinal) {
  Device *device;
  if (!pool)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = deviceAt(ordinal, device))
    return noted(error);
  *pool = defaultPool(*device);
  return cudaSuccess;
}

cudaError_t cudaDeviceGetMemPool(cudaMemPool_t *pool, int ordinal) {
  Device *device;
  if (!pool)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = deviceAt(ordinal, device))
    return noted(error);
  *pool = currentPool(*device);
  return cudaSuccess;
}

cudaError_t cudaDeviceSetMemPool(int ordinal, cudaMemPool_t handle) {
  Device *device;
  CUmemPoolHandle_st *pool;
  if (cudaError_t error = deviceAt(ordinal, device))
    return noted(error);
  if (cudaError_t error = poolOf(handle, pool))
    return noted(error);
  if (&pool->device != device)
    return noted(cudaErrorInvalidValue);
  std::lock_guard lock(device->limitsMutex);
  device->pool = pool;
  return cudaSuccess;
}

cudaError_t cudaMemPoolTrimTo(cudaMemPool_t handle, size_t) {
  CUmemPoolHandle_st *pool;
  return noted(poolOf(handle, pool));
}

cudaError_t cudaMemPoolSetAttribute(cudaMemPool_t handle, cudaMemPoolAttr attribute, void *value) {
  CUmemPoolHandle_st *pool;
  if (!value)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = poolOf(handle, pool))
    return noted(error);
  switch (attribute) {
  case cudaMemPoolReuseFollowEventDependencies:
    pool->followEvents = *static_cast<int *>(value);
    return cudaSuccess;
  case cudaMemPoolReuseAllowOpportunistic:
    pool->opportunistic = *static_cast<int *>(value);
    return cudaSuccess;
  case cudaMemPoolReuseAllowInternalDependencies:
    pool->internal = *static_cast<int *>(value);
    return cudaSuccess;
  case cudaMemPoolAttrReleaseThreshold:
    pool->releaseThreshold = *static_cast<uint64_t *>(value);
    return cudaSuccess;
  case cudaMemPoolAttrReservedMemHigh:
  case cudaMemPoolAttrUsedMemHigh:
    // Only back to what it is now.
    if (*static_cast<uint64_t *>(value) != 0)
      return noted(cudaErrorInvalidValue);
    pool->usedHigh = pool->used.load();
    return cudaSuccess;
  default:
    return noted(cudaErrorInvalidValue);
  }
}

cudaError_t cudaMemPoolGetAttribute(cudaMemPool_t handle, cudaMemPoolAttr attribute, void *value) {
  CUmemPoolHandle_st *pool;
  if (!value)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = poolOf(handle, pool))
    return noted(error);
  switch (attribute) {
  case cudaMemPoolReuseFollowEventDependencies:
    *static_cast<int *>(value) = pool->followEvents;
    return cudaSuccess;
  case cudaMemPoolReuseAllowOpportunistic:
    *static_cast<int *>(value) = pool->opportunistic;
    return cudaSuccess;
  case cudaMemPoolReuseAllowInternalDependencies:
    *static_cast<int *>(value) = pool->internal;
    return cudaSuccess;
  case cudaMemPoolAttrReleaseThreshold:
    *static_cast<uint64_t *>(value) = pool->releaseThreshold;
    return cudaSuccess;
  case cudaMemPoolAttrReservedMemCurrent:
  case cudaMemPoolAttrUsedMemCurrent:
    *static_cast<uint64_t *>(value) = pool->used;
    return cudaSuccess;
  case cudaMemPoolAttrReservedMemHigh:
  case cudaMemPoolAttrUsedMemHigh:
    *static_cast<uint64_t *>(value) = pool->usedHigh;
    return cudaSuccess;
  default:
    return noted(cudaErrorInvalidValue);
  }
}

cudaError_t cudaMemPoolSetAccess(cudaMemPool_t handle, const cudaMemAccessDesc *list, size_t count) {
  CUmemPoolHandle_st *pool;
  if (count && !list)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = poolOf(handle, pool))
    return noted(error);
  for (size_t i = 0; i < count; ++i) {
    bool own = list[i].location.type == cudaMemLocationTypeDevice && list[i].location.id == pool->device.ordinal;
    // A device always has all rights on its own; other devices have none.
    if (own ? list[i].flags != cudaMemAccessFlagsProtReadWrite : list[i].flags != cudaMemAccessFlagsProtNone)
      return noted(own ? cudaErrorInvalidValue : cudaErrorPeerAccessUnsupported);
  }
  return cudaSuccess;
}

cudaError_t cudaMemPoolGetAccess(cudaMemAccessFlags *flags, cudaMemPool_t handle, cudaMemLocation *location) {
  CUmemPoolHandle_st *pool;
  if (!flags || !location)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = poolOf(handle, pool))
    return noted(error);
  bool own = location->type == cudaMemLocationTypeDevice && location->id == pool->device.ordinal;
  *flags = own ? cudaMemAccessFlagsProtReadWrite : cudaMemAccessFlagsProtNone;
  return cudaSuccess;
}
