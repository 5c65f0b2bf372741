// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Texture.h"
#include "Memory.h"
#include "Stream.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <unordered_map>

using namespace cuport;

namespace {

struct Made {
  TextureObject object;
  std::vector<cuport_texture_level> levels;
  // Kernels read these; on a device with memory of its own they are copies there.
  void *memory = nullptr;
};

struct Objects {
  std::mutex mutex;
  std::unordered_map<unsigned long long, std::unique_ptr<Made>> byHandle;
};

Objects &objects() {
  static auto &made = *new Objects;
  return made;
}

void setFormat(cuport_texture &texture, const cudaChannelFormatDesc &format) {
  unsigned channels;
  size_t bytes;
  texelOf(format, channels, bytes);
  texture.format = uint32_t(format.f);
  texture.channels = channels;
  texture.channel_bits = uint32_t(format.x);
  texture.element_size = uint32_t(bytes);
}

cuport_texture_level levelOf(const cudaArray &array) {
  return {array.data, uint32_t(array.extent.width), uint32_t(array.rows), uint32_t(array.slices), 0, array.rowPitch,
          array.slicePitch};
}

uint32_t shapeOf(const cudaArray &array) {
  if (array.flags & cudaArrayCubemap)
    return CUPORT_TEXTURE_CUBEMAP;
  if (array.flags & cudaArrayLayered)
    return array.extent.height ? CUPORT_TEXTURE_2D : CUPORT_TEXTURE_1D;
  return array.extent.depth ? CUPORT_TEXTURE_3D : array.extent.height ? CUPORT_TEXTURE_2D : CUPORT_TEXTURE_1D;
}

cudaError_t setArray(Made &made, const cudaArray &array) {
  setFormat(made.object.texture, array.format);
  made.object.texture.shape = shapeOf(array);
  made.object.texture.layered = array.flags & cudaArrayLayered ? 1 : 0;
  made.levels.push_back(levelOf(array));
  return cudaSuccess;
}

// Memory of a pointer: it has to be the device's, aligned, and to hold the extent.
cudaError_t setMemory(Made &made, void *pointer, const cudaChannelFormatDesc &format, size_t width, size_t height,
                      size_t pitch, size_t alignment) {
  unsigned channels;
  size_t bytes;
  Allocation allocation;
  if (!texelOf(format, channels, bytes))
    return cudaErrorInvalidChannelDescriptor;
  if (!pointer || width == 0 || reinterpret_cast<uintptr_t>(pointer) % alignment || pitch < width * bytes)
    return cudaErrorInvalidValue;
  if (!findAllocation(pointer, allocation) || (height - 1) * pitch + width * bytes > allocation.after(pointer))
    return cudaErrorInvalidValue;
  setFormat(made.object.texture, format);
  made.levels.push_back({static_cast<unsigned char *>(pointer), uint32_t(width), uint32_t(height), 1, 0, pitch,
                         pitch * height});
  return cudaSuccess;
}

cudaError_t setResource(Made &made, const cudaResourceDesc &resource) {
  switch (resource.resType) {
  case cudaResourceTypeArray: {
    const cudaArray *array;
    if (cudaError_t error = arrayOf(resource.res.array.array, array))
      return error;
    return setArray(made, *array);
  }
  case cudaResourceTypeMipmappedArray: {
    cudaMipmappedArray_t mipmapped = resource.res.mipmap.mipmap;
    if (!mipmapped || mipmapped->magic != cudaMipmappedArray::Magic)
      return cudaErrorInvalidResourceHandle;
    for (const cudaArray *array : mipmapped->levels)
      setArray(made, *array);
    return cudaSuccess;
  }
  case cudaResourceTypeLinear: {
    auto &linear = resource.res.linear;
    unsigned channels;
    size_t bytes;
    if (!texelOf(linear.desc, channels, bytes))
      return cudaErrorInvalidChannelDescriptor;
    made.object.texture.shape = CUPORT_TEXTURE_LINEAR;
    return setMemory(made, linear.devPtr, linear.desc, linear.sizeInBytes / bytes, 1, linear.sizeInBytes, bytes);
  }
  case cudaResourceTypePitch2D: {
    auto &plane = resource.res.pitch2D;
    made.object.texture.shape = CUPORT_TEXTURE_2D;
    if (plane.height == 0)
      return cudaErrorInvalidValue;
    return setMemory(made, plane.devPtr, plane.desc, plane.width, plane.height, plane.pitchInBytes, 32);
  }
  }
  return cudaErrorInvalidValue;
}

// Makes the struct that kernels read, in memory that they reach, and the handle.
cudaError_t publish(std::unique_ptr<Made> made, unsigned long long &handle) {
  Device *device;
  if (cudaError_t error = currentDevice(device))
    return error;
  size_t levelBytes = made->levels.size() * sizeof(cuport_texture_level);
  if (int error = backend().allocate(device->ordinal, CUPORT_MEMORY_HOST, sizeof(cuport_texture) + levelBytes, &made->memory))
    return cudaError_t(error);
  auto *texture = static_cast<cuport_texture *>(made->memory);
  auto *levels = reinterpret_cast<cuport_texture_level *>(texture + 1);
  std::memcpy(levels, made->levels.data(), levelBytes);
  made->object.texture.level_count = uint32_t(made->levels.size());
  made->object.texture.levels = levels;
  *texture = made->object.texture;
  handle = reinterpret_cast<unsigned long long>(texture);
  Objects &all = objects();
  std::lock_guard lock(all.mutex);
  all.byHandle[handle] = std::move(made);
  return cudaSuccess;
}

cudaError_t checkView(const Made &made, const cudaResourceViewDesc &view) {
  const cuport_texture &texture = made.object.texture;
  if (made.object.resource.resType != cudaResourceTypeArray &&
      made.object.resource.resType != cudaResourceTypeMipmappedArray)
    return cudaErrorInvalidValue;
  if (view.lastMipmapLevel < view.firstMipmapLevel || view.lastMipmapLevel >= made.levels.size())
    return cudaErrorInvalidValue;
  if (view.firstLayer > view.lastLayer || (texture.layered && view.lastLayer >= made.levels[0].depth))
    return cudaErrorInvalidValue;
  if (view.format >= cudaResViewFormatUnsignedBlockCompressed1)
    return notSupported("resource views of compressed formats");
  return cudaSuccess;
}

// Another format of the same texel size; CUDA's enumerators go by kind and width: 1, 2 and 4 channels each.
void setViewFormat(cuport_texture &texture, cudaResourceViewFormat format) {
  if (format == cudaResViewFormatNone)
    return;
  constexpr struct {
    uint32_t format, bits;
  } kinds[] = {{1, 8}, {0, 8}, {1, 16}, {0, 16}, {1, 32}, {0, 32}, {2, 16}, {2, 32}};
  constexpr uint32_t channels[] = {1, 2, 4};
  unsigned index = unsigned(format) - 1;
  texture.format = kinds[index / 3].format;
  texture.channel_bits = kinds[index / 3].bits;
  texture.channels = channels[index % 3];
}

} // namespace

cudaError_t cuport::makeTexture(const cudaResourceDesc &resource, const cudaTextureDesc &description,
                                const cudaResourceViewDesc *view, unsigned long long &handle) {
  auto made = std::make_unique<Made>();
  made->object.resource = resource;
  made->object.description = description;
  if (cudaError_t error = setResource(*made, resource))
    return error;
  cuport_texture &texture = made->object.texture;
  if (view) {
    if (cudaError_t error = checkView(*made, *view))
      return error;
    made->object.view = *view;
    made->object.hasView = true;
    setViewFormat(texture, view->format);
    auto &levels = made->levels;
    levels.erase(levels.begin() + view->lastMipmapLevel + 1, levels.end());
    levels.erase(levels.begin(), levels.begin() + view->firstMipmapLevel);
    for (cuport_texture_level &level : levels)
      if (texture.layered) {
        level.data += view->firstLayer * level.slice;
        level.depth = view->lastLayer - view->firstLayer + 1;
      }
  }
  bool integers = texture.format != cudaChannelFormatKindFloat;
  texture.read_normalized = description.readMode == cudaReadModeNormalizedFloat && integers;
  if (texture.read_normalized && texture.channel_bits == 32)
    return cudaErrorInvalidNormSetting;
  if (description.filterMode == cudaFilterModeLinear && integers && !texture.read_normalized)
    return cudaErrorInvalidFilterSetting;
  for (int i = 0; i < 3; ++i) {
    if (unsigned(description.addressMode[i]) > cudaAddressModeBorder)
      return cudaErrorInvalidValue;
    // Wrapping and mirroring need coordinates that are normalized; CUDA clamps instead.
    bool periodic = description.addressMode[i] == cudaAddressModeWrap || description.addressMode[i] == cudaAddressModeMirror;
    texture.address[i] =
        uint32_t(periodic && !description.normalizedCoords ? cudaAddressModeClamp : description.addressMode[i]);
  }
  texture.filter = description.filterMode == cudaFilterModeLinear;
  texture.normalized_coordinates = description.normalizedCoords != 0;
  texture.srgb = description.sRGB != 0;
  texture.mipmap_filter = description.mipmapFilterMode == cudaFilterModeLinear;
  std::copy(description.borderColor, description.borderColor + 4, texture.border);
  texture.level_bias = description.mipmapLevelBias;
  texture.level_min = description.minMipmapLevelClamp;
  texture.level_max = description.maxMipmapLevelClamp;
  texture.max_anisotropy = description.maxAnisotropy;
  return publish(std::move(made), handle);
}

cudaError_t cuport::makeSurface(const cudaResourceDesc &resource, unsigned long long &handle) {
  const cudaArray *array;
  if (resource.resType != cudaResourceTypeArray)
    return cudaErrorInvalidValue;
  if (cudaError_t error = arrayOf(resource.res.array.array, array))
    return error;
  if (!(array->flags & cudaArraySurfaceLoadStore))
    return cudaErrorInvalidValue;
  auto made = std::make_unique<Made>();
  made->object.resource = resource;
  made->object.surface = true;
  setArray(*made, *array);
  return publish(std::move(made), handle);
}

TextureObject *cuport::textureObject(unsigned long long handle, bool surface) {
  Objects &all = objects();
  std::lock_guard lock(all.mutex);
  auto it = all.byHandle.find(handle);
  return it != all.byHandle.end() && it->second->object.surface == surface ? &it->second->object : nullptr;
}

cudaError_t cuport::destroyTexture(unsigned long long handle, bool surface) {
  if (!textureObject(handle, surface))
    return cudaErrorInvalidValue;
  std::unique_ptr<Made> made;
  {
    Objects &all = objects();
    std::lock_guard lock(all.mutex);
    auto it = all.byHandle.find(handle);
    made = std::move(it->second);
    all.byHandle.erase(it);
  }
  Device *device;
  if (cudaError_t error = currentDevice(device))
    return error;
  return cudaError_t(backend().free(device->ordinal, CUPORT_MEMORY_HOST, made->memory));
}

cudaError_t cudaCreateTextureObject(cudaTextureObject_t *texture, const cudaResourceDesc *resource,
                                    const cudaTextureDesc *description, const cudaResourceViewDesc *view) {
  return api([&](Device &) {
    if (!texture || !resource || !description)
      return cudaErrorInvalidValue;
    return makeTexture(*resource, *description, view, *texture);
  });
}

cudaError_t cudaDestroyTextureObject(cudaTextureObject_t texture) {
  return api([&](Device &device) {
    if (texture == 0)
      return cudaSuccess;
    if (cudaError_t error = synchronize(device))
      return error;
    return destroyTexture(texture, false);
  });
}

cudaError_t cudaGetTextureObjectResourceDesc(cudaResourceDesc *resource, cudaTextureObject_t texture) {
  TextureObject *object = textureObject(texture, false);
  if (!object || !resource)
    return noted(cudaErrorInvalidValue);
  *resource = object->resource;
  return cudaSuccess;
}

cudaError_t cudaGetTextureObjectTextureDesc(cudaTextureDesc *description, cudaTextureObject_t texture) {
  TextureObject *object = textureObject(texture, false);
  if (!object || !description)
    return noted(cudaErrorInvalidValue);
  *description = object->description;
  return cudaSuccess;
}

cudaError_t cudaGetTextureObjectResourceViewDesc(cudaResourceViewDesc *view, cudaTextureObject_t texture) {
  TextureObject *object = textureObject(texture, false);
  if (!object || !view || !object->hasView)
    return noted(cudaErrorInvalidValue);
  *view = object->view;
  return cudaSuccess;
}

cudaError_t cudaCreateSurfaceObject(cudaSurfaceObject_t *surface, const cudaResourceDesc *resource) {
  return api([&](Device &) {
    if (!surface || !resource)
      return cudaErrorInvalidValue;
    return makeSurface(*resource, *surface);
  });
}

cudaError_t cudaDestroySurfaceObject(cudaSurfaceObject_t surface) {
  return api([&](Device &device) {
    if (surface == 0)
      return cudaSuccess;
    if (cudaError_t error = synchronize(device))
      return error;
    return destroyTexture(surface, true);
  });
}

cudaError_t cudaGetSurfaceObjectResourceDesc(cudaResourceDesc *resource, cudaSurfaceObject_t surface) {
  TextureObject *object = textureObject(surface, true);
  if (!object || !resource)
    return noted(cudaErrorInvalidValue);
  *resource = object->resource;
  return cudaSuccess;
}
