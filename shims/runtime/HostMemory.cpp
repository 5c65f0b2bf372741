// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Host memory that kernels reach: registration, and what a pointer is.

#include "Memory.h"

using namespace cuport;

cudaError_t cudaHostRegister(void *pointer, size_t size, unsigned int flags) {
  return api([&](Device &device) {
    constexpr unsigned Known =
        cudaHostRegisterPortable | cudaHostRegisterMapped | cudaHostRegisterIoMemory | cudaHostRegisterReadOnly;
    if (!pointer || size == 0 || (flags & ~Known))
      return cudaErrorInvalidValue;
    Allocation there;
    if (findAllocation(pointer, there) || findAllocation(static_cast<char *>(pointer) + size - 1, there))
      return cudaErrorHostMemoryAlreadyRegistered;
    if (int error = backend().register_host(pointer, size))
      return cudaError_t(error);
    Allocation allocation;
    allocation.begin = static_cast<char *>(pointer);
    allocation.size = size;
    allocation.origin = Origin::Registered;
    allocation.device = device.ordinal;
    allocation.flags = flags;
    allocation.context = contextOf(device);
    addAllocation(allocation);
    return cudaSuccess;
  });
}

cudaError_t cudaHostUnregister(void *pointer) {
  return api([&](Device &) {
    Allocation allocation;
    if (!pointer)
      return cudaErrorInvalidValue;
    if (!findAllocation(pointer, allocation) || allocation.begin != pointer || allocation.origin != Origin::Registered)
      return cudaErrorHostMemoryNotRegistered;
    removeAllocation(pointer);
    return cudaError_t(backend().unregister_host(pointer));
  });
}

cudaError_t cudaHostGetDevicePointer(void **result, void *pointer, unsigned int flags) {
  return api([&](Device &) {
    Allocation allocation;
    if (!result || flags != 0 || !findAllocation(pointer, allocation) || allocation.kind == CUPORT_MEMORY_DEVICE)
      return cudaErrorInvalidValue;
    *result = pointer;
    return cudaSuccess;
  });
}

cudaError_t cudaHostGetFlags(unsigned int *flags, void *pointer) {
  return api([&](Device &) {
    Allocation allocation;
    if (!flags || !findAllocation(pointer, allocation) || allocation.kind != CUPORT_MEMORY_HOST ||
        allocation.origin != Origin::Allocated)
      return cudaErrorInvalidValue;
    // With unified addressing all of it is mapped.
    *flags = allocation.flags | cudaHostAllocMapped;
    return cudaSuccess;
  });
}

cudaError_t cudaPointerGetAttributes(cudaPointerAttributes *attributes, const void *pointer) {
  return api([&](Device &) {
    if (!attributes)
      return cudaErrorInvalidValue;
    *attributes = cudaPointerAttributes{};
    void *address = const_cast<void *>(pointer);
    Allocation allocation;
    if (!findAllocation(pointer, allocation)) {
      attributes->type = cudaMemoryTypeUnregistered;
      attributes->device = cudaInvalidDeviceId;
      attributes->hostPointer = address;
      return cudaSuccess;
    }
    attributes->device = allocation.device;
    attributes->devicePointer = address;
    switch (allocation.kind) {
    case CUPORT_MEMORY_DEVICE:
      attributes->type = cudaMemoryTypeDevice;
      break;
    case CUPORT_MEMORY_HOST:
      attributes->type = cudaMemoryTypeHost;
      attributes->hostPointer = address;
      break;
    case CUPORT_MEMORY_MANAGED:
      attributes->type = cudaMemoryTypeManaged;
      attributes->hostPointer = address;
      break;
    }
    return cudaSuccess;
  });
}

cudaError_t cudaIpcGetMemHandle(cudaIpcMemHandle_t *, void *) { return cuport_not_supported("cudaIpcGetMemHandle"); }

cudaError_t cudaIpcOpenMemHandle(void **, cudaIpcMemHandle_t, unsigned int) {
  return cuport_not_supported("cudaIpcOpenMemHandle");
}

cudaError_t cudaIpcCloseMemHandle(void *) { return cuport_not_supported("cudaIpcCloseMemHandle"); }
