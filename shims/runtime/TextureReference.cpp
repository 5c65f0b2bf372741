// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Texture and surface references: a variable of the host says how to read, the device's variable of
// the same name holds the object (shims/include/cuport/texture_reference.h).

#include "Copy.h"
#include "Kernel.h"
#include "Memory.h"
#include "Stream.h"
#include "Texture.h"

#include <algorithm>
#include <map>

using namespace cuport;

namespace {

/// By reference, of either kind.
struct Bound {
  std::mutex mutex;
  std::map<const void *, unsigned long long> objects;
};

bool isSurface(const textureReference *) { return false; }
bool isSurface(const surfaceReference *) { return true; }

Bound &bound() {
  static auto &made = *new Bound;
  return made;
}

// Kernels that were launched before read what was bound then, so they have to end first.
template <class Reference> cudaError_t put(Device &device, const Reference *reference, unsigned long long object) {
  constexpr size_t Offset = (sizeof(Reference) + sizeof object - 1) / sizeof object * sizeof object;
  char *place;
  if (cudaError_t error = placeIn(reference, Offset, sizeof object, place))
    return error != cudaErrorInvalidSymbol ? error : isSurface(reference) ? cudaErrorInvalidSurface : cudaErrorInvalidTexture;
  if (cudaError_t error = refuseGlobalCapture())
    return error;
  if (cudaError_t error = synchronize(device))
    return error;
  if (cudaError_t error = cudaMemcpy(place, &object, sizeof object, cudaMemcpyHostToDevice))
    return error;
  std::lock_guard lock(bound().mutex);
  unsigned long long &known = bound().objects[reference];
  if (known)
    destroyTexture(known, isSurface(reference));
  known = object;
  return cudaSuccess;
}

cudaError_t bind(const textureReference *reference, const cudaResourceDesc &resource) {
  return api([&](Device &device) {
    if (!reference)
      return cudaErrorInvalidTexture;
    cudaTextureDesc description{};
    std::copy_n(reference->addressMode, 3, description.addressMode);
    description.filterMode = reference->filterMode;
    description.readMode =
        readsNormalized(reference) ? cudaReadModeNormalizedFloat : cudaReadModeElementType;
    description.sRGB = reference->sRGB;
    description.normalizedCoords = reference->normalized;
    description.maxAnisotropy = reference->maxAnisotropy;
    description.mipmapFilterMode = reference->mipmapFilterMode;
    description.mipmapLevelBias = reference->mipmapLevelBias;
    description.minMipmapLevelClamp = reference->minMipmapLevelClamp;
    description.maxMipmapLevelClamp = reference->maxMipmapLevelClamp;
    cudaTextureObject_t object;
    if (cudaError_t error = makeTexture(resource, description, nullptr, object))
      return error;
    cudaError_t error = put(device, reference, object);
    if (error)
      destroyTexture(object, false);
    return error;
  });
}

} // namespace

cudaError_t cudaBindTexture(size_t *offset, const textureReference *reference, const void *pointer,
                            const cudaChannelFormatDesc *format, size_t size) {
  Allocation allocation;
  if (!format || !findAllocation(pointer, allocation))
    return noted(cudaErrorInvalidValue);
  if (offset)
    *offset = 0; // an object begins at any element
  cudaResourceDesc resource{};
  resource.resType = cudaResourceTypeLinear;
  resource.res.linear.devPtr = const_cast<void *>(pointer);
  resource.res.linear.desc = *format;
  resource.res.linear.sizeInBytes = std::min(size, allocation.after(pointer));
  return bind(reference, resource);
}

cudaError_t cudaBindTexture2D(size_t *offset, const textureReference *reference,
                              const void *pointer, const cudaChannelFormatDesc *format,
                              size_t width, size_t height, size_t pitch) {
  if (!format)
    return noted(cudaErrorInvalidValue);
  if (offset)
    *offset = 0;
  cudaResourceDesc resource{};
  resource.resType = cudaResourceTypePitch2D;
  resource.res.pitch2D.devPtr = const_cast<void *>(pointer);
  resource.res.pitch2D.desc = *format;
  resource.res.pitch2D.width = width;
  resource.res.pitch2D.height = height;
  resource.res.pitch2D.pitchInBytes = pitch;
  return bind(reference, resource);
}

// An array knows its format; one that is given besides has to be the same.
cudaError_t cudaBindTextureToArray(const textureReference *reference, cudaArray_const_t array,
                                   const cudaChannelFormatDesc *) {
  cudaResourceDesc resource{};
  resource.resType = cudaResourceTypeArray;
  resource.res.array.array = const_cast<cudaArray_t>(array);
  return bind(reference, resource);
}

cudaError_t cudaBindTextureToMipmappedArray(const textureReference *reference,
                                            cudaMipmappedArray_const_t array,
                                            const cudaChannelFormatDesc *) {
  cudaResourceDesc resource{};
  resource.resType = cudaResourceTypeMipmappedArray;
  resource.res.mipmap.mipmap = const_cast<cudaMipmappedArray_t>(array);
  return bind(reference, resource);
}

cudaError_t cudaUnbindTexture(const textureReference *reference) {
  return api([&](Device &device) {
    return reference ? put(device, reference, 0) : cudaErrorInvalidTexture;
  });
}

cudaError_t cudaGetTextureAlignmentOffset(size_t *offset, const textureReference *reference) {
  std::lock_guard lock(bound().mutex);
  auto it = bound().objects.find(reference);
  if (!offset)
    return noted(cudaErrorInvalidValue);
  if (it == bound().objects.end() || !it->second)
    return noted(cudaErrorInvalidTextureBinding);
  *offset = 0;
  return cudaSuccess;
}

// The symbol is the variable, and that begins with what is asked for.
cudaError_t cudaGetTextureReference(const textureReference **reference, const void *symbol) {
  const cuport_variable *variable;
  if (!reference)
    return noted(cudaErrorInvalidValue);
  if (variableOf(symbol, variable))
    return noted(cudaErrorInvalidTexture);
  *reference = static_cast<const textureReference *>(symbol);
  return cudaSuccess;
}

// The array's format counts.
cudaError_t cudaBindSurfaceToArray(const surfaceReference *reference, cudaArray_const_t array, const cudaChannelFormatDesc *) {
  return api([&](Device &device) {
    if (!reference)
      return cudaErrorInvalidSurface;
    cudaResourceDesc resource{};
    resource.resType = cudaResourceTypeArray;
    resource.res.array.array = const_cast<cudaArray_t>(array);
    cudaSurfaceObject_t object;
    if (cudaError_t error = makeSurface(resource, object))
      return error;
    cudaError_t error = put(device, reference, object);
    if (error)
      destroyTexture(object, true);
    return error;
  });
}

cudaError_t cudaGetSurfaceReference(const surfaceReference **reference, const void *symbol) {
  const cuport_variable *variable;
  if (!reference)
    return noted(cudaErrorInvalidValue);
  if (variableOf(symbol, variable))
    return noted(cudaErrorInvalidSurface);
  *reference = static_cast<const surfaceReference *>(symbol);
  return cudaSuccess;
}
