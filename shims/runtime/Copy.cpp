// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Copy.h"
#include "Memory.h"

#include <cstdlib>
#include <cstring>

using namespace cuport;

namespace {

bool claimsDevice(cudaMemcpyKind kind, bool destination) {
  return kind == cudaMemcpyDeviceToDevice || kind == (destination ? cudaMemcpyHostToDevice : cudaMemcpyDeviceToHost);
}

// What memory one side is. With unified addressing the pointer says it; kind only has to be possible.
cudaError_t checkSide(const Side &side, size_t width, size_t height, size_t depth, cudaMemcpyKind kind, bool destination,
                      uint32_t &memoryKind, bool &pageable) {
  pageable = false;
  if (side.array) {
    memoryKind = CUPORT_MEMORY_DEVICE;
    return cudaSuccess;
  }
  if (!side.pointer)
    return cudaErrorInvalidValue;
  size_t bytes = (depth - 1) * side.slice + (height - 1) * side.pitch + width;
  Allocation allocation;
  if (!findAllocation(side.pointer, allocation)) {
    // No device can reach it.
    if (claimsDevice(kind, destination))
      return cudaErrorInvalidValue;
    memoryKind = CUPORT_MEMORY_HOST;
    pageable = true;
    return cudaSuccess;
  }
  if (bytes > allocation.after(side.pointer)) {
    // A registered piece may be the front of a larger block of the host's.
    if (allocation.origin != Origin::Registered)
      return cudaErrorInvalidValue;
    pageable = true;
  }
  memoryKind = allocation.kind;
  return cudaSuccess;
}

void copyRows(char *destination, const cuport_copy &copy) {
  for (size_t z = 0; z < copy.depth; ++z)
    for (size_t y = 0; y < copy.height; ++y, destination += copy.width)
      std::memcpy(destination, static_cast<const char *>(copy.source) + z * copy.source_slice + y * copy.source_pitch,
                  copy.width);
}

// The caller may change pageable memory as soon as the call returns, so what has to wait in the queue is a copy of it.
cuport_status copyStaged(cuport_queue *queue, const cuport_copy &copy) {
  char *staging = static_cast<char *>(std::malloc(copy.width * copy.height * copy.depth));
  if (!staging) {
    if (int error = backend().queue_synchronize(queue))
      return error;
    if (int error = backend().copy(queue, &copy))
      return error;
    return backend().queue_synchronize(queue);
  }
  copyRows(staging, copy);
  cuport_copy staged = copy;
  staged.source = staging;
  staged.source_pitch = copy.width;
  staged.source_slice = copy.width * copy.height;
  staged.source_kind = CUPORT_MEMORY_HOST;
  if (int error = backend().copy(queue, &staged)) {
    std::free(staging);
    return error;
  }
  return backend().call(queue, std::free, staging);
}

} // namespace

cudaError_t cuport::checkedBox(const Side &destination, const Side &source, size_t width, size_t height, size_t depth,
                               cudaMemcpyKind kind, CopyBox &box) {
  if (unsigned(kind) > cudaMemcpyDefault)
    return cudaErrorInvalidMemcpyDirection;
  if (height > 1 && (destination.pitch < width || source.pitch < width))
    return cudaErrorInvalidPitchValue;
  if (width == 0 || height == 0 || depth == 0)
    return cudaSuccess;
  cuport_copy &copy = box.copy;
  copy.destination = destination.pointer;
  copy.source = source.pointer;
  copy.destination_pitch = destination.pitch;
  copy.destination_slice = destination.slice;
  copy.source_pitch = source.pitch;
  copy.source_slice = source.slice;
  if (cudaError_t error =
          checkSide(destination, width, height, depth, kind, true, copy.destination_kind, box.pageableDestination))
    return error;
  if (cudaError_t error = checkSide(source, width, height, depth, kind, false, copy.source_kind, box.pageableSource))
    return error;
  // One long row is what backends copy fastest.
  if (height > 1 && destination.pitch == width && source.pitch == width &&
      (depth == 1 || (destination.slice == width * height && source.slice == width * height))) {
    width *= height * depth;
    height = depth = 1;
  }
  copy.width = width;
  copy.height = height;
  copy.depth = depth;
  return cudaSuccess;
}

cudaError_t cuport::transfer(Stream &stream, const CopyBox &box, Wait wait) {
  if (box.empty())
    return cudaSuccess;
  const cuport_copy &copy = box.copy;
  if (stream.capture.load(std::memory_order_acquire))
    return wait == Wait::No ? submit(stream, copy) : refuseCapture(stream);
  if (cudaError_t error = refuseImplicit(stream))
    return error;
  bool toHost = copy.destination_kind != CUPORT_MEMORY_DEVICE;
  bool fromHost = copy.source_kind != CUPORT_MEMORY_DEVICE;
  return enqueue(stream, [&](cuport_queue *queue) -> cuport_status {
    bool mustWait = wait == Wait::No ? box.pageableDestination : toHost || fromHost;
    if (!mustWait && box.pageableSource) {
      if (backend().queue_query(queue) != cudaSuccess)
        return copyStaged(queue, copy);
      mustWait = true;
    }
    if (int error = backend().copy(queue, &copy))
      return error;
    return mustWait ? backend().queue_synchronize(queue) : cudaSuccess;
  });
}

namespace {

cudaError_t copyLine(Stream &stream, void *destination, const void *source, size_t size, cudaMemcpyKind kind, Wait wait) {
  CopyBox box;
  if (cudaError_t error = checkedLine(destination, source, size, kind, box))
    return error;
  return transfer(stream, box, wait);
}

cudaError_t copyPlane(Stream &stream, void *destination, size_t destinationPitch, const void *source, size_t sourcePitch,
                      size_t width, size_t height, cudaMemcpyKind kind, Wait wait) {
  // The last row may be cut, but each pitch has to hold a row, also where there is only one.
  if (width > destinationPitch || width > sourcePitch)
    return cudaErrorInvalidPitchValue;
  CopyBox box;
  if (cudaError_t error = checkedBox({static_cast<char *>(destination), destinationPitch, 0, false},
                                     {static_cast<char *>(const_cast<void *>(source)), sourcePitch, 0, false}, width, height,
                                     1, kind, box))
    return error;
  return transfer(stream, box, wait);
}

} // namespace

cudaError_t cudaMemcpy(void *destination, const void *source, size_t size, cudaMemcpyKind kind) {
  return onStream(nullptr, [&](Stream &stream) {
    return copyLine(stream, destination, source, size, kind, Wait::AsSynchronousCopies);
  });
}

cudaError_t cudaMemcpyAsync(void *destination, const void *source, size_t size, cudaMemcpyKind kind, cudaStream_t handle) {
  return onStream(handle,
                  [&](Stream &stream) { return copyLine(stream, destination, source, size, kind, Wait::No); });
}

cudaError_t cudaMemcpyPeer(void *destination, int destinationDevice, const void *source, int sourceDevice, size_t size) {
  return onStream(nullptr, [&](Stream &stream) {
    Device *device;
    if (cudaError_t error = deviceAt(destinationDevice, device))
      return error;
    if (cudaError_t error = deviceAt(sourceDevice, device))
      return error;
    return copyLine(stream, destination, source, size, cudaMemcpyDefault, Wait::AsSynchronousCopies);
  });
}

cudaError_t cudaMemcpyPeerAsync(void *destination, int destinationDevice, const void *source, int sourceDevice, size_t size,
                                cudaStream_t handle) {
  return onStream(handle, [&](Stream &stream) {
    Device *device;
    if (cudaError_t error = deviceAt(destinationDevice, device))
      return error;
    if (cudaError_t error = deviceAt(sourceDevice, device))
      return error;
    return copyLine(stream, destination, source, size, cudaMemcpyDefault, Wait::No);
  });
}

cudaError_t cudaMemcpy2D(void *destination, size_t destinationPitch, const void *source, size_t sourcePitch, size_t width,
                         size_t height, cudaMemcpyKind kind) {
  return onStream(nullptr, [&](Stream &stream) {
    return copyPlane(stream, destination, destinationPitch, source, sourcePitch, width, height, kind,
                     Wait::AsSynchronousCopies);
  });
}

cudaError_t cudaMemcpy2DAsync(void *destination, size_t destinationPitch, const void *source, size_t sourcePitch,
                              size_t width, size_t height, cudaMemcpyKind kind, cudaStream_t handle) {
  return onStream(handle, [&](Stream &stream) {
    return copyPlane(stream, destination, destinationPitch, source, sourcePitch, width, height, kind, Wait::No);
  });
}

cudaError_t cudaMemcpyBatchAsync(void *const *destinations, const void *const *sources, const size_t *sizes, size_t count,
                                 cudaMemcpyAttributes *attributes, size_t *indices, size_t attributeCount,
                                 cudaStream_t handle) {
  return onStream(handle, [&](Stream &stream) {
    if (!destinations || !sources || !sizes || count == 0 || !attributes || !indices || attributeCount == 0 ||
        attributeCount > count)
      return cudaErrorInvalidValue;
    for (size_t i = 0; i < count; ++i)
      if (cudaError_t error = copyLine(stream, destinations[i], sources[i], sizes[i], cudaMemcpyDefault, Wait::No))
        return error;
    return cudaSuccess;
  });
}
