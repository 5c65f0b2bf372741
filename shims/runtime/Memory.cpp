// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Memory.h"
#include "Pool.h"
#include "Stream.h"

#include <map>
#include <shared_mutex>

using namespace cuport;

namespace {

struct AllocationMap {
  std::shared_mutex mutex;
  std::map<uintptr_t, Allocation> byBegin;
  unsigned long long nextId = 1;

  Allocation *find(const void *pointer) {
    auto next = byBegin.upper_bound(reinterpret_cast<uintptr_t>(pointer));
    if (next == byBegin.begin())
      return nullptr;
    Allocation &candidate = std::prev(next)->second;
    return static_cast<const char *>(pointer) < candidate.begin + candidate.size ? &candidate : nullptr;
  }
};

// Constructors of compiled objects add variables, maybe before this library's own have run.
AllocationMap &allocations() {
  static AllocationMap &map = *new AllocationMap;
  return map;
}

} // namespace

bool cuport::findAllocation(const void *pointer, Allocation &found) {
  AllocationMap &map = allocations();
  std::shared_lock lock(map.mutex);
  const Allocation *allocation = map.find(pointer);
  if (allocation)
    found = *allocation;
  return allocation != nullptr;
}

bool cuport::changeAllocation(const void *pointer, void (*change)(Allocation &, void *), void *data) {
  AllocationMap &map = allocations();
  std::lock_guard lock(map.mutex);
  Allocation *allocation = map.find(pointer);
  if (allocation)
    change(*allocation, data);
  return allocation != nullptr;
}

void cuport::addAllocation(const Allocation &allocation) {
  AllocationMap &map = allocations();
  std::lock_guard lock(map.mutex);
  Allocation &added = map.byBegin[reinterpret_cast<uintptr_t>(allocation.begin)] = allocation;
  added.id = map.nextId++;
}

void cuport::removeAllocation(const void *begin) {
  AllocationMap &map = allocations();
  std::lock_guard lock(map.mutex);
  map.byBegin.erase(reinterpret_cast<uintptr_t>(begin));
}

cudaError_t cuport::allocate(Device &device, cuport_memory_kind kind, size_t size, void *&pointer, Origin origin,
                             unsigned flags, cudaMemPool_t pool) {
  if (int error = backend().allocate(device.ordinal, kind, size, &pointer))
    return cudaError_t(error);
  Allocation allocation;
  allocation.begin = static_cast<char *>(pointer);
  allocation.size = size;
  allocation.kind = kind;
  allocation.origin = origin;
  allocation.device = device.ordinal;
  allocation.flags = flags;
  allocation.pool = pool;
  allocation.context = contextOf(device);
  addAllocation(allocation);
  return cudaSuccess;
}

cudaError_t cuport::release(const Allocation &allocation) {
  // First out of the map: once freed, another thread may be given the same address.
  removeAllocation(allocation.begin);
  if (allocation.pool)
    allocation.pool->used -= allocation.size;
  return cudaError_t(backend().free(allocation.device, allocation.kind, allocation.begin));
}

void cuport::releaseAll(Device &device) {
  AllocationMap &map = allocations();
  std::lock_guard lock(map.mutex);
  for (auto it = map.byBegin.begin(); it != map.byBegin.end();) {
    const Allocation &allocation = it->second;
    bool ours = allocation.device == device.ordinal &&
                (allocation.origin == Origin::Allocated || allocation.origin == Origin::Pooled);
    if (ours)
      backend().free(allocation.device, allocation.kind, allocation.begin);
    it = ours ? map.byBegin.erase(it) : std::next(it);
  }
}

cudaError_t cudaMalloc(void **pointer, size_t size) {
  return api([&](Device &device) {
    if (!pointer)
      return cudaErrorInvalidValue;
    if (cudaError_t error = refuseGlobalCapture())
      return error;
    void *allocated = nullptr;
    if (size != 0)
      if (cudaError_t error = allocate(device, CUPORT_MEMORY_DEVICE, size, allocated))
        return error;
    *pointer = allocated;
    return cudaSuccess;
  });
}

cudaError_t cudaMallocManaged(void **pointer, size_t size, unsigned int flags) {
  return api([&](Device &device) {
    if (!pointer || size == 0 || (flags != cudaMemAttachGlobal && flags != cudaMemAttachHost))
      return cudaErrorInvalidValue;
    if (cudaError_t error = refuseGlobalCapture())
      return error;
    return allocate(device, CUPORT_MEMORY_MANAGED, size, *pointer, Origin::Allocated, flags);
  });
}

cudaError_t cudaHostAlloc(void **pointer, size_t size, unsigned int flags) {
  return api([&](Device &device) {
    constexpr unsigned Known = cudaHostAllocPortable | cudaHostAllocMapped | cudaHostAllocWriteCombined;
    if (!pointer || (flags & ~Known))
      return cudaErrorInvalidValue;
    if (cudaError_t error = refuseGlobalCapture())
      return error;
    void *allocated = nullptr;
    if (size != 0)
      if (cudaError_t error = allocate(device, CUPORT_MEMORY_HOST, size, allocated, Origin::Allocated, flags))
        return error;
    *pointer = allocated;
    return cudaSuccess;
  });
}

cudaError_t cudaMallocHost(void **pointer, size_t size) { return cudaHostAlloc(pointer, size, cudaHostAllocDefault); }

cudaError_t cudaMallocPitch(void **pointer, size_t *pitch, size_t width, size_t height) {
  if (!pitch)
    return noted(cudaErrorInvalidValue);
  size_t padded = paddedPitch(width);
  if (padded < width || (height && padded > SIZE_MAX / height))
    return noted(cudaErrorMemoryAllocation);
  cudaError_t error = cudaMalloc(pointer, padded * height);
  if (error == cudaSuccess)
    *pitch = padded;
  return error;
}

cudaError_t cudaMalloc3D(cudaPitchedPtr *pointer, cudaExtent extent) {
  if (!pointer)
    return noted(cudaErrorInvalidValue);
  if (extent.depth && extent.height > SIZE_MAX / extent.depth)
    return noted(cudaErrorMemoryAllocation);
  cudaError_t error = cudaMallocPitch(&pointer->ptr, &pointer->pitch, extent.width, extent.height * extent.depth);
  if (error == cudaSuccess) {
    pointer->xsize = extent.width;
    pointer->ysize = extent.height;
  }
  return error;
}

cudaError_t cudaFree(void *pointer) {
  return api([&](Device &) {
    if (!pointer)
      return cudaSuccess;
    Allocation allocation;
    if (!findAllocation(pointer, allocation) || allocation.begin != pointer || allocation.kind == CUPORT_MEMORY_HOST ||
        allocation.origin == Origin::Registered || allocation.origin == Origin::Variable ||
        allocation.origin == Origin::Mapped)
      return cudaErrorInvalidValue;
    if (cudaError_t error = refuseGlobalCapture())
      return error;
    Device *owner;
    if (cudaError_t error = deviceAt(allocation.device, owner))
      return error;
    // Kernels that run may still use it: CUDA waits for them too.
    if (cudaError_t error = synchronize(*owner))
      return error;
    return allocation.origin == Origin::Graph ? cudaSuccess : release(allocation);
  });
}

cudaError_t cudaFreeHost(void *pointer) {
  return api([&](Device &) {
    if (!pointer)
      return cudaSuccess;
    Allocation allocation;
    if (!findAllocation(pointer, allocation) || allocation.begin != pointer || allocation.kind != CUPORT_MEMORY_HOST ||
        allocation.origin != Origin::Allocated)
      return cudaErrorInvalidValue;
    Device *owner;
    if (cudaError_t error = deviceAt(allocation.device, owner))
      return error;
    if (cudaError_t error = synchronize(*owner))
      return error;
    return release(allocation);
  });
}

cudaError_t cudaMemGetInfo(size_t *free, size_t *total) {
  return api([&](Device &device) {
    size_t freeBytes = 0, totalBytes = 0;
    cudaError_t error = cudaError_t(backend().memory_info(device.ordinal, &freeBytes, &totalBytes));
    if (free)
      *free = freeBytes;
    if (total)
      *total = totalBytes;
    return error;
  });
}
