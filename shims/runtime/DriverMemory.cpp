// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Memory of the driver API.

#include "Driver.h"
#include "Fill.h"
#include "Memory.h"

using namespace cuport;

namespace {

void **place(CUdeviceptr *address) { return reinterpret_cast<void **>(address); }

CUresult fillElements(CUstream handle, CUdeviceptr destination, size_t pitch, uint32_t value, uint32_t elementSize,
                      size_t width, size_t height, bool wait) {
  return driver([&] {
    return onStream(handle, [&](Stream &stream) {
      cuport_fill box;
      if (cudaError_t error = checkedFill(pointerOf(destination), pitch, pitch * height, value, elementSize, width, height,
                                          1, box))
        return error;
      return fill(stream, box, wait);
    });
  });
}

} // namespace

CUresult cuMemGetInfo_v2(size_t *free, size_t *total) {
  return driver([&] { return cudaMemGetInfo(free, total); });
}

CUresult cuMemAlloc_v2(CUdeviceptr *address, size_t size) {
  return driver([&] { return size == 0 ? cudaErrorInvalidValue : cudaMalloc(place(address), size); });
}

CUresult cuMemAllocPitch_v2(CUdeviceptr *address, size_t *pitch, size_t width, size_t height, unsigned int elementSize) {
  return driver([&] {
    if (width == 0 || height == 0 || (elementSize != 4 && elementSize != 8 && elementSize != 16))
      return cudaErrorInvalidValue;
    return cudaMallocPitch(place(address), pitch, width, height);
  });
}

CUresult cuMemAllocManaged(CUdeviceptr *address, size_t size, unsigned int flags) {
  return driver([&] { return cudaMallocManaged(place(address), size, flags); });
}

CUresult cuMemAllocHost_v2(void **pointer, size_t size) {
  return driver([&] { return cudaHostAlloc(pointer, size, cudaHostAllocDefault); });
}

CUresult cuMemHostAlloc(void **pointer, size_t size, unsigned int flags) {
  return driver([&] { return cudaHostAlloc(pointer, size, flags); });
}

CUresult cuMemFree_v2(CUdeviceptr address) {
  return driver([&] { return cudaFree(pointerOf(address)); });
}

CUresult cuMemFreeHost(void *pointer) {
  return driver([&] { return cudaFreeHost(pointer); });
}

CUresult cuMemGetAddressRange_v2(CUdeviceptr *base, size_t *size, CUdeviceptr address) {
  return driver([&] {
    Allocation allocation;
    if (!findAllocation(pointerOf(address), allocation))
      return cudaErrorSymbolNotFound;
    if (base)
      *base = reinterpret_cast<CUdeviceptr>(allocation.begin);
    if (size)
      *size = allocation.size;
    return cudaSuccess;
  });
}

CUresult cuMemHostGetDevicePointer_v2(CUdeviceptr *address, void *pointer, unsigned int flags) {
  return driver([&] { return cudaHostGetDevicePointer(place(address), pointer, flags); });
}

CUresult cuMemHostGetFlags(unsigned int *flags, void *pointer) {
  return driver([&] { return cudaHostGetFlags(flags, pointer); });
}

CUresult cuMemHostRegister_v2(void *pointer, size_t size, unsigned int flags) {
  return driver([&] { return cudaHostRegister(pointer, size, flags); });
}

CUresult cuMemHostUnregister(void *pointer) {
  return driver([&] { return cudaHostUnregister(pointer); });
}

CUresult cuMemAllocAsync(CUdeviceptr *address, size_t size, CUstream stream) {
  return driver([&] { return cudaMallocAsync(place(address), size, stream); });
}

CUresult cuMemAllocFromPoolAsync(CUdeviceptr *address, size_t size, CUmemoryPool pool, CUstream stream) {
  return driver([&] { return cudaMallocFromPoolAsync(place(address), size, pool, stream); });
}

CUresult cuMemFreeAsync(CUdeviceptr address, CUstream stream) {
  return driver([&] { return cudaFreeAsync(pointerOf(address), stream); });
}

CUresult cuMemPoolTrimTo(CUmemoryPool pool, size_t keep) {
  return driverAnywhere([&] { return cudaMemPoolTrimTo(pool, keep); });
}

CUresult cuMemPoolSetAttribute(CUmemoryPool pool, CUmemPool_attribute attribute, void *value) {
  return driverAnywhere([&] { return cudaMemPoolSetAttribute(pool, cudaMemPoolAttr(attribute), value); });
}

CUresult cuMemPoolGetAttribute(CUmemoryPool pool, CUmemPool_attribute attribute, void *value) {
  return driverAnywhere([&] { return cudaMemPoolGetAttribute(pool, cudaMemPoolAttr(attribute), value); });
}

CUresult cuMemPoolDestroy(CUmemoryPool pool) {
  return driverAnywhere([&] { return cudaMemPoolDestroy(pool); });
}

CUresult cuMemPoolCreate(CUmemoryPool *pool, const CUmemPoolProps *properties) {
  return driverAnywhere([&] {
    if (!properties)
      return cudaErrorInvalidValue;
    cudaMemPoolProps plain{};
    plain.allocType = cudaMemAllocationType(properties->allocType);
    plain.handleTypes = cudaMemAllocationHandleType(properties->handleTypes);
    plain.location = {cudaMemLocationType(properties->location.type), properties->location.id};
    plain.maxSize = properties->maxSize;
    return cudaMemPoolCreate(pool, &plain);
  });
}

CUresult cuMemPrefetchAsync_v2(CUdeviceptr address, size_t size, CUmemLocation location, unsigned int flags,
                               CUstream stream) {
  return driver([&] {
    return cudaMemPrefetchAsync_v2(pointerOf(address), size, {cudaMemLocationType(location.type), location.id}, flags, stream);
  });
}

CUresult cuMemAdvise_v2(CUdeviceptr address, size_t size, CUmem_advise advice, CUmemLocation location) {
  return driver([&] {
    return cudaMemAdvise_v2(pointerOf(address), size, cudaMemoryAdvise(advice),
                         {cudaMemLocationType(location.type), location.id});
  });
}

CUresult cuMemRangeGetAttribute(void *data, size_t dataSize, CUmem_range_attribute attribute, CUdeviceptr address,
                                size_t size) {
  return driver([&] {
    return cudaMemRangeGetAttribute(data, dataSize, cudaMemRangeAttribute(attribute), pointerOf(address), size);
  });
}

namespace {

cudaError_t pointerAttribute(void *data, CUpointer_attribute attribute, CUdeviceptr address) {
  Allocation allocation;
  if (!data)
    return cudaErrorInvalidValue;
  if (!findAllocation(pointerOf(address), allocation))
    return cudaErrorInvalidValue;
  switch (attribute) {
  case CU_POINTER_ATTRIBUTE_CONTEXT: {
    Device *device;
    if (cudaError_t error = deviceAt(allocation.device, device))
      return error;
    *static_cast<CUcontext *>(data) = allocation.context ? allocation.context : device->primary;
    return cudaSuccess;
  }
  case CU_POINTER_ATTRIBUTE_MEMORY_TYPE:
    *static_cast<unsigned *>(data) =
        allocation.kind == CUPORT_MEMORY_HOST ? CU_MEMORYTYPE_HOST : CU_MEMORYTYPE_DEVICE;
    return cudaSuccess;
  case CU_POINTER_ATTRIBUTE_DEVICE_POINTER:
    *static_cast<CUdeviceptr *>(data) = address;
    return cudaSuccess;
  case CU_POINTER_ATTRIBUTE_HOST_POINTER:
    if (allocation.kind == CUPORT_MEMORY_DEVICE)
      return cudaErrorInvalidValue;
    *static_cast<void **>(data) = pointerOf(address);
    return cudaSuccess;
  case CU_POINTER_ATTRIBUTE_BUFFER_ID:
    *static_cast<unsigned long long *>(data) = allocation.id;
    return cudaSuccess;
  case CU_POINTER_ATTRIBUTE_IS_MANAGED:
    *static_cast<unsigned *>(data) = allocation.kind == CUPORT_MEMORY_MANAGED;
    return cudaSuccess;
  case CU_POINTER_ATTRIBUTE_DEVICE_ORDINAL:
    *static_cast<int *>(data) = allocation.device;
    return cudaSuccess;
  case CU_POINTER_ATTRIBUTE_RANGE_START_ADDR:
    *static_cast<void **>(data) = allocation.begin;
    return cudaSuccess;
  case CU_POINTER_ATTRIBUTE_RANGE_SIZE:
    *static_cast<size_t *>(data) = allocation.size;
    return cudaSuccess;
  case CU_POINTER_ATTRIBUTE_MAPPED:
    *static_cast<unsigned *>(data) = 1;
    return cudaSuccess;
  case CU_POINTER_ATTRIBUTE_IS_LEGACY_CUDA_IPC_CAPABLE:
  case CU_POINTER_ATTRIBUTE_IS_GPU_DIRECT_RDMA_CAPABLE:
  case CU_POINTER_ATTRIBUTE_SYNC_MEMOPS:
    *static_cast<unsigned *>(data) = 0;
    return cudaSuccess;
  case CU_POINTER_ATTRIBUTE_MEMPOOL_HANDLE:
    *static_cast<CUmemoryPool *>(data) = allocation.pool;
    return cudaSuccess;
  default:
    return cudaErrorNotSupported;
  }
}

} // namespace

CUresult cuPointerGetAttribute(void *data, CUpointer_attribute attribute, CUdeviceptr address) {
  return driver([&] { return pointerAttribute(data, attribute, address); });
}

// Of a pointer that CUDA does not know all attributes are zero here, and that is no error.
CUresult cuPointerGetAttributes(unsigned int count, CUpointer_attribute *attributes, void **data, CUdeviceptr address) {
  return driver([&] {
    Allocation allocation;
    if (!attributes || !data)
      return cudaErrorInvalidValue;
    bool known = findAllocation(pointerOf(address), allocation);
    for (unsigned i = 0; i < count; ++i) {
      bool wide = attributes[i] == CU_POINTER_ATTRIBUTE_CONTEXT || attributes[i] == CU_POINTER_ATTRIBUTE_DEVICE_POINTER ||
                  attributes[i] == CU_POINTER_ATTRIBUTE_HOST_POINTER || attributes[i] == CU_POINTER_ATTRIBUTE_BUFFER_ID ||
                  attributes[i] == CU_POINTER_ATTRIBUTE_RANGE_START_ADDR ||
                  attributes[i] == CU_POINTER_ATTRIBUTE_RANGE_SIZE || attributes[i] == CU_POINTER_ATTRIBUTE_MEMPOOL_HANDLE;
      if (wide)
        *static_cast<uint64_t *>(data[i]) = 0;
      else
        *static_cast<int *>(data[i]) = attributes[i] == CU_POINTER_ATTRIBUTE_DEVICE_ORDINAL && !known ? -2 : 0;
      if (known)
        pointerAttribute(data[i], attributes[i], address);
    }
    return cudaSuccess;
  });
}

CUresult cuPointerSetAttribute(const void *value, CUpointer_attribute attribute, CUdeviceptr address) {
  return driver([&] {
    Allocation allocation;
    // Every copy already waits for what may write the memory.
    return value && attribute == CU_POINTER_ATTRIBUTE_SYNC_MEMOPS && findAllocation(pointerOf(address), allocation)
               ? cudaSuccess
               : cudaErrorInvalidValue;
  });
}

CUresult cuMemsetD8_v2(CUdeviceptr destination, unsigned char value, size_t count) {
  return fillElements(nullptr, destination, count, value, 1, count, 1, true);
}

CUresult cuMemsetD16_v2(CUdeviceptr destination, unsigned short value, size_t count) {
  return fillElements(nullptr, destination, count * 2, value, 2, count, 1, true);
}

CUresult cuMemsetD32_v2(CUdeviceptr destination, unsigned int value, size_t count) {
  return fillElements(nullptr, destination, count * 4, value, 4, count, 1, true);
}

CUresult cuMemsetD2D8_v2(CUdeviceptr destination, size_t pitch, unsigned char value, size_t width, size_t height) {
  return fillElements(nullptr, destination, pitch, value, 1, width, height, true);
}

CUresult cuMemsetD2D16_v2(CUdeviceptr destination, size_t pitch, unsigned short value, size_t width, size_t height) {
  return fillElements(nullptr, destination, pitch, value, 2, width, height, true);
}

CUresult cuMemsetD2D32_v2(CUdeviceptr destination, size_t pitch, unsigned int value, size_t width, size_t height) {
  return fillElements(nullptr, destination, pitch, value, 4, width, height, true);
}

CUresult cuMemsetD8Async(CUdeviceptr destination, unsigned char value, size_t count, CUstream stream) {
  return fillElements(stream, destination, count, value, 1, count, 1, false);
}

CUresult cuMemsetD16Async(CUdeviceptr destination, unsigned short value, size_t count, CUstream stream) {
  return fillElements(stream, destination, count * 2, value, 2, count, 1, false);
}

CUresult cuMemsetD32Async(CUdeviceptr destination, unsigned int value, size_t count, CUstream stream) {
  return fillElements(stream, destination, count * 4, value, 4, count, 1, false);
}

CUresult cuMemsetD2D8Async(CUdeviceptr destination, size_t pitch, unsigned char value, size_t width, size_t height,
                           CUstream stream) {
  return fillElements(stream, destination, pitch, value, 1, width, height, false);
}

CUresult cuMemsetD2D16Async(CUdeviceptr destination, size_t pitch, unsigned short value, size_t width, size_t height,
                            CUstream stream) {
  return fillElements(stream, destination, pitch, value, 2, width, height, false);
}

CUresult cuMemsetD2D32Async(CUdeviceptr destination, size_t pitch, unsigned int value, size_t width, size_t height,
                            CUstream stream) {
  return fillElements(stream, destination, pitch, value, 4, width, height, false);
}

CUresult cuMemPrefetchAsync(CUdeviceptr address, size_t size, CUdevice device, CUstream stream) {
  return driver([&] { return cudaMemPrefetchAsync(pointerOf(address), size, device, stream); });
}

CUresult cuMemAdvise(CUdeviceptr address, size_t size, CUmem_advise advice, CUdevice device) {
  return driver([&] { return cudaMemAdvise(pointerOf(address), size, cudaMemoryAdvise(advice), device); });
}
