// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Array.h"
#include "Memory.h"
#include "Stream.h"

#include <algorithm>

using namespace cuport;

bool cuport::texelOf(const cudaChannelFormatDesc &format, unsigned &channels, size_t &bytes) {
  const int bits[] = {format.x, format.y, format.z, format.w};
  channels = 0;
  while (channels < 4 && bits[channels])
    ++channels;
  // 1, 2 or 4 channels of the same width, without gaps.
  for (unsigned i = 0; i < 4; ++i)
    if (bits[i] != (i < channels ? bits[0] : 0))
      return false;
  if (channels == 0 || channels == 3 || (bits[0] != 8 && bits[0] != 16 && bits[0] != 32))
    return false;
  bytes = channels * size_t(bits[0]) / 8;
  switch (format.f) {
  case cudaChannelFormatKindSigned:
  case cudaChannelFormatKindUnsigned:
    return true;
  case cudaChannelFormatKindFloat:
    return bits[0] != 8;
  default:
    return false;
  }
}

cudaArray::cudaArray(Device &device, const cudaChannelFormatDesc &format, cudaExtent extent, unsigned flags)
    : device(device), format(format), extent(extent), flags(flags) {
  unsigned channels;
  texelOf(format, channels, elementSize);
  rows = std::max<size_t>(extent.height, 1);
  slices = std::max<size_t>(extent.depth, 1);
  rowPitch = extent.width * elementSize;
  slicePitch = rowPitch * rows;
}

cudaError_t cuport::arrayOf(cudaArray_const_t handle, const cudaArray *&array) {
  if (!handle || handle->magic != cudaArray::Magic)
    return cudaErrorInvalidResourceHandle;
  array = handle;
  return cudaSuccess;
}

namespace {

constexpr unsigned KnownFlags =
    cudaArrayLayered | cudaArraySurfaceLoadStore | cudaArrayCubemap | cudaArrayTextureGather;

cudaError_t checkArray(const cudaChannelFormatDesc *format, const cudaExtent &extent, unsigned flags) {
  unsigned channels;
  size_t bytes;
  if (!format || extent.width == 0 || (flags & ~(KnownFlags | cudaArraySparse | cudaArrayDeferredMapping)))
    return cudaErrorInvalidValue;
  if (flags & ~KnownFlags)
    return notSupported("sparse and deferred arrays");
  if (!texelOf(*format, channels, bytes))
    return format->f > cudaChannelFormatKindNone ? notSupported("arrays of compressed, normalized and NV12 formats")
                                                 : cudaErrorInvalidChannelDescriptor;
  bool layered = flags & cudaArrayLayered;
  if (layered && extent.depth == 0)
    return cudaErrorInvalidValue;
  if (!layered && extent.depth && !extent.height)
    return cudaErrorInvalidValue;
  if ((flags & cudaArrayCubemap) && (extent.width != extent.height || extent.depth % 6 || (!layered && extent.depth != 6)))
    return cudaErrorInvalidValue;
  if ((flags & cudaArrayTextureGather) && (extent.height == 0 || extent.depth))
    return cudaErrorInvalidValue;
  return cudaSuccess;
}

cudaError_t makeArray(Device &device, const cudaChannelFormatDesc &format, cudaExtent extent, unsigned flags,
                      cudaArray *&result) {
  auto *array = new cudaArray(device, format, extent, flags);
  void *memory = nullptr;
  if (int error = backend().allocate(device.ordinal, CUPORT_MEMORY_DEVICE, array->size(), &memory)) {
    delete array;
    return cudaError_t(error);
  }
  array->data = static_cast<unsigned char *>(memory);
  result = array;
  return cudaSuccess;
}

void destroyArray(cudaArray *array) {
  backend().free(array->device.ordinal, CUPORT_MEMORY_DEVICE, array->data);
  array->magic = 0;
  delete array;
}

} // namespace

cudaError_t cudaMalloc3DArray(cudaArray_t *result, const cudaChannelFormatDesc *format, cudaExtent extent,
                              unsigned int flags) {
  return api([&](Device &device) {
    if (!result)
      return cudaErrorInvalidValue;
    if (cudaError_t error = checkArray(format, extent, flags))
      return error;
    if (cudaError_t error = refuseGlobalCapture())
      return error;
    return makeArray(device, *format, extent, flags, *result);
  });
}

cudaError_t cudaMallocArray(cudaArray_t *result, const cudaChannelFormatDesc *format, size_t width, size_t height,
                            unsigned int flags) {
  return cudaMalloc3DArray(result, format, {width, height, 0}, flags);
}

cudaError_t cudaFreeArray(cudaArray_t handle) {
  return api([&](Device &) {
    const cudaArray *array;
    if (!handle)
      return cudaSuccess;
    if (cudaError_t error = arrayOf(handle, array))
      return error;
    if (array->owner)
      return cudaErrorInvalidResourceHandle;
    if (cudaError_t error = synchronize(array->device))
      return error;
    destroyArray(handle);
    return cudaSuccess;
  });
}

cudaError_t cudaMallocMipmappedArray(cudaMipmappedArray_t *result, const cudaChannelFormatDesc *format, cudaExtent extent,
                                     unsigned int levels, unsigned int flags) {
  return api([&](Device &device) {
    if (!result || levels == 0)
      return cudaErrorInvalidValue;
    if (cudaError_t error = checkArray(format, extent, flags))
      return error;
    // Layers and faces are not halved.
    bool layers = flags & (cudaArrayLayered | cudaArrayCubemap);
    size_t largest = std::max({extent.width, extent.height, layers ? 0 : extent.depth});
    unsigned most = 1;
    while (largest >>= 1)
      ++most;
    levels = std::min(levels, most);
    auto *mipmapped = new cudaMipmappedArray;
    cudaExtent size = extent;
    for (unsigned level = 0; level < levels; ++level) {
      cudaArray *array;
      if (cudaError_t error = makeArray(device, *format, size, flags, array)) {
        for (cudaArray *made : mipmapped->levels)
          destroyArray(made);
        delete mipmapped;
        return error;
      }
      array->owner = mipmapped;
      mipmapped->levels.push_back(array);
      auto half = [](size_t value) { return value ? std::max<size_t>(value / 2, 1) : 0; };
      size = {half(size.width), half(size.height), layers ? size.depth : half(size.depth)};
    }
    *result = mipmapped;
    return cudaSuccess;
  });
}

cudaError_t cudaGetMipmappedArrayLevel(cudaArray_t *result, cudaMipmappedArray_const_t mipmapped, unsigned int level) {
  return api([&](Device &) {
    if (!mipmapped || mipmapped->magic != cudaMipmappedArray::Magic)
      return cudaErrorInvalidResourceHandle;
    if (!result || level >= mipmapped->levels.size())
      return cudaErrorInvalidValue;
    *result = mipmapped->levels[level];
    return cudaSuccess;
  });
}

cudaError_t cudaFreeMipmappedArray(cudaMipmappedArray_t mipmapped) {
  return api([&](Device &device) {
    if (!mipmapped)
      return cudaSuccess;
    if (mipmapped->magic != cudaMipmappedArray::Magic)
      return cudaErrorInvalidResourceHandle;
    if (cudaError_t error = synchronize(device))
      return error;
    for (cudaArray *array : mipmapped->levels)
      destroyArray(array);
    mipmapped->magic = 0;
    delete mipmapped;
    return cudaSuccess;
  });
}

cudaError_t cudaArrayGetInfo(cudaChannelFormatDesc *format, cudaExtent *extent, unsigned int *flags, cudaArray_t handle) {
  return api([&](Device &) {
    const cudaArray *array;
    if (cudaError_t error = arrayOf(handle, array))
      return error;
    if (format)
      *format = array->format;
    if (extent)
      *extent = array->extent;
    if (flags)
      *flags = array->flags;
    return cudaSuccess;
  });
}

cudaError_t cudaArrayGetMemoryRequirements(cudaArrayMemoryRequirements *requirements, cudaArray_t handle, int) {
  return api([&](Device &) {
    const cudaArray *array;
    if (!requirements)
      return cudaErrorInvalidValue;
    if (cudaError_t error = arrayOf(handle, array))
      return error;
    *requirements = cudaArrayMemoryRequirements{};
    requirements->size = array->size();
    requirements->alignment = 512;
    return cudaSuccess;
  });
}

cudaError_t cudaGetChannelDesc(cudaChannelFormatDesc *format, cudaArray_const_t handle) {
  return api([&](Device &) {
    const cudaArray *array;
    if (!format)
      return cudaErrorInvalidValue;
    if (cudaError_t error = arrayOf(handle, array))
      return error;
    *format = array->format;
    return cudaSuccess;
  });
}

cudaChannelFormatDesc cudaCreateChannelDesc(int x, int y, int z, int w, cudaChannelFormatKind kind) {
  return {x, y, z, w, kind};
}
