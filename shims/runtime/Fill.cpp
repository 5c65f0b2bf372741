// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Fill.h"
#include "Memory.h"

using namespace cuport;

cudaError_t cuport::checkedFill(void *destination, size_t pitch, size_t slice, uint32_t value, uint32_t elementSize,
                                size_t width, size_t height, size_t depth, cuport_fill &fill) {
  fill = cuport_fill{};
  if (width == 0 || height == 0 || depth == 0)
    return cudaSuccess;
  if (height > 1 && pitch < width * elementSize)
    return cudaErrorInvalidValue;
  if (reinterpret_cast<uintptr_t>(destination) % elementSize || (height > 1 && pitch % elementSize))
    return cudaErrorInvalidValue;
  size_t bytes = (depth - 1) * slice + (height - 1) * pitch + width * elementSize;
  Allocation allocation;
  if (!findAllocation(destination, allocation) || bytes > allocation.after(destination))
    return cudaErrorInvalidValue;
  fill = {destination, value, elementSize, width, height, depth, pitch, slice};
  return cudaSuccess;
}

cudaError_t cuport::fill(Stream &stream, const cuport_fill &fill, bool wait) {
  if (fill.width == 0)
    return cudaSuccess;
  if (wait && stream.capture.load(std::memory_order_acquire))
    return refuseCapture(stream);
  if (cudaError_t error = submit(stream, fill))
    return error;
  Allocation allocation;
  if (wait && findAllocation(fill.destination, allocation) && allocation.kind != CUPORT_MEMORY_DEVICE)
    return synchronize(stream);
  return cudaSuccess;
}

namespace {

cudaError_t fillBytes(cudaStream_t handle, void *destination, size_t pitch, size_t slice, int value, size_t width,
                      size_t height, size_t depth, bool wait) {
  return onStream(handle, [&](Stream &stream) {
    cuport_fill box;
    if (cudaError_t error =
            checkedFill(destination, pitch, slice, uint32_t(value) & 0xff, 1, width, height, depth, box))
      return error;
    return fill(stream, box, wait);
  });
}

} // namespace

cudaError_t cudaMemset(void *destination, int value, size_t count) {
  return fillBytes(nullptr, destination, count, count, value, count, 1, 1, true);
}

cudaError_t cudaMemsetAsync(void *destination, int value, size_t count, cudaStream_t stream) {
  return fillBytes(stream, destination, count, count, value, count, 1, 1, false);
}

cudaError_t cudaMemset2D(void *destination, size_t pitch, int value, size_t width, size_t height) {
  return fillBytes(nullptr, destination, pitch, pitch * height, value, width, height, 1, true);
}

cudaError_t cudaMemset2DAsync(void *destination, size_t pitch, int value, size_t width, size_t height,
                              cudaStream_t stream) {
  return fillBytes(stream, destination, pitch, pitch * height, value, width, height, 1, false);
}

cudaError_t cudaMemset3D(cudaPitchedPtr pointer, int value, cudaExtent extent) {
  return fillBytes(nullptr, pointer.ptr, pointer.pitch, pointer.pitch * pointer.ysize, value, extent.width, extent.height,
                   extent.depth, true);
}

cudaError_t cudaMemset3DAsync(cudaPitchedPtr pointer, int value, cudaExtent extent, cudaStream_t stream) {
  return fillBytes(stream, pointer.ptr, pointer.pitch, pointer.pitch * pointer.ysize, value, extent.width, extent.height,
                   extent.depth, false);
}
