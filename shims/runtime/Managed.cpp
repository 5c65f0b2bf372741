// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Managed memory's hints. It is where it is, so prefetching moves nothing and advice changes nothing; both are checked, and
// what a program asks back is what it said.

#include "Memory.h"
#include "Stream.h"

#include <algorithm>

using namespace cuport;

namespace {

cudaError_t checkRange(const void *pointer, size_t count, Allocation &allocation) {
  if (!pointer || count == 0 || !findAllocation(pointer, allocation) || allocation.kind != CUPORT_MEMORY_MANAGED ||
      count > allocation.after(pointer))
    return cudaErrorInvalidValue;
  return cudaSuccess;
}

cudaError_t checkLocation(const cudaMemLocation &location) {
  Device *device;
  switch (location.type) {
  case cudaMemLocationTypeDevice:
    return deviceAt(location.id, device);
  case cudaMemLocationTypeHost:
  case cudaMemLocationTypeHostNuma:
  case cudaMemLocationTypeHostNumaCurrent:
    return cudaSuccess;
  default:
    return cudaErrorInvalidValue;
  }
}

struct Advice {
  cudaMemoryAdvise advice;
  cudaMemLocation location;
};

void take(Allocation &allocation, void *data) {
  const Advice &said = *static_cast<Advice *>(data);
  auto &by = allocation.accessedBy;
  int id = said.location.type == cudaMemLocationTypeDevice ? said.location.id : cudaCpuDeviceId;
  switch (said.advice) {
  case cudaMemAdviseSetReadMostly:
    allocation.readMostly = true;
    break;
  case cudaMemAdviseUnsetReadMostly:
    allocation.readMostly = false;
    break;
  case cudaMemAdviseSetPreferredLocation:
    allocation.preferred = said.location;
    break;
  case cudaMemAdviseUnsetPreferredLocation:
    allocation.preferred = {cudaMemLocationTypeInvalid, 0};
    break;
  case cudaMemAdviseSetAccessedBy:
    if (std::find(by.begin(), by.end(), id) == by.end())
      by.push_back(id);
    break;
  case cudaMemAdviseUnsetAccessedBy:
    by.erase(std::remove(by.begin(), by.end(), id), by.end());
    break;
  }
}

int asDevice(const cudaMemLocation &location) {
  return location.type == cudaMemLocationTypeDevice    ? location.id
         : location.type == cudaMemLocationTypeInvalid ? cudaInvalidDeviceId
                                                       : cudaCpuDeviceId;
}

/// CUDA 12's way to say it.
cudaMemLocation locationOf(int device) {
  return {device == cudaCpuDeviceId ? cudaMemLocationTypeHost : cudaMemLocationTypeDevice, device};
}

} // namespace

cudaError_t cudaMemAdvise_v2(const void *pointer, size_t count, cudaMemoryAdvise advice, cudaMemLocation location) {
  return api([&](Device &) {
    Allocation allocation;
    if (advice < cudaMemAdviseSetReadMostly || advice > cudaMemAdviseUnsetAccessedBy)
      return cudaErrorInvalidValue;
    if (cudaError_t error = checkRange(pointer, count, allocation))
      return error;
    bool needsLocation = advice == cudaMemAdviseSetPreferredLocation || advice == cudaMemAdviseSetAccessedBy ||
                         advice == cudaMemAdviseUnsetAccessedBy;
    if (needsLocation)
      if (cudaError_t error = checkLocation(location))
        return error;
    Advice said{advice, location};
    changeAllocation(pointer, take, &said);
    return cudaSuccess;
  });
}

cudaError_t cudaMemAdvise(const void *pointer, size_t count, cudaMemoryAdvise advice, int device) {
  return cudaMemAdvise_v2(pointer, count, advice, locationOf(device));
}

cudaError_t cudaMemPrefetchAsync_v2(const void *pointer, size_t count, cudaMemLocation location, unsigned int flags,
                                    cudaStream_t handle) {
  return onStream(handle, [&](Stream &stream) {
    Allocation allocation;
    if (flags)
      return cudaErrorInvalidValue;
    if (cudaError_t error = checkRange(pointer, count, allocation))
      return error;
    if (cudaError_t error = checkLocation(location))
      return error;
    if (cudaError_t error = refuseImplicit(stream))
      return error;
    changeAllocation(
        pointer, [](Allocation &changed, void *to) { changed.prefetched = *static_cast<cudaMemLocation *>(to); }, &location);
    return cudaSuccess;
  });
}

cudaError_t cudaMemPrefetchAsync(const void *pointer, size_t count, int device, cudaStream_t stream) {
  return cudaMemPrefetchAsync_v2(pointer, count, locationOf(device), 0, stream);
}

cudaError_t cudaMemRangeGetAttribute(void *data, size_t size, cudaMemRangeAttribute attribute, const void *pointer,
                                     size_t count) {
  return api([&](Device &) {
    Allocation allocation;
    if (!data)
      return cudaErrorInvalidValue;
    if (cudaError_t error = checkRange(pointer, count, allocation))
      return error;
    int *values = static_cast<int *>(data);
    if (attribute == cudaMemRangeAttributeAccessedBy) {
      if (size == 0 || size % sizeof(int))
        return cudaErrorInvalidValue;
      for (size_t i = 0; i < size / sizeof(int); ++i)
        values[i] = i < allocation.accessedBy.size() ? allocation.accessedBy[i] : cudaInvalidDeviceId;
      return cudaSuccess;
    }
    if (size != sizeof(int))
      return cudaErrorInvalidValue;
    switch (attribute) {
    case cudaMemRangeAttributeReadMostly:
      *values = allocation.readMostly;
      return cudaSuccess;
    case cudaMemRangeAttributePreferredLocation:
      *values = asDevice(allocation.preferred);
      return cudaSuccess;
    case cudaMemRangeAttributeLastPrefetchLocation:
      *values = asDevice(allocation.prefetched);
      return cudaSuccess;
    case cudaMemRangeAttributePreferredLocationType:
      *values = allocation.preferred.type;
      return cudaSuccess;
    case cudaMemRangeAttributePreferredLocationId:
      *values = allocation.preferred.id;
      return cudaSuccess;
    case cudaMemRangeAttributeLastPrefetchLocationType:
      *values = allocation.prefetched.type;
      return cudaSuccess;
    case cudaMemRangeAttributeLastPrefetchLocationId:
      *values = allocation.prefetched.id;
      return cudaSuccess;
    default:
      return cudaErrorInvalidValue;
    }
  });
}

cudaError_t cudaMemRangeGetAttributes(void **data, size_t *sizes, cudaMemRangeAttribute *attributes, size_t number,
                                      const void *pointer, size_t count) {
  if (!data || !sizes || !attributes || number == 0)
    return noted(cudaErrorInvalidValue);
  for (size_t i = 0; i < number; ++i)
    if (cudaError_t error = cudaMemRangeGetAttribute(data[i], sizes[i], attributes[i], pointer, count))
      return error;
  return cudaSuccess;
}
