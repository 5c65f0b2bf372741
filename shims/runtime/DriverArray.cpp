// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arrays, texture and surface objects of the driver API.

#include "Array.h"
#include "Driver.h"
#include "Texture.h"

using namespace cuport;

namespace {

// CUDA's array formats that are plain channels.
bool channelsOf(CUarray_format format, unsigned count, cudaChannelFormatDesc &result) {
  int bits;
  cudaChannelFormatKind kind;
  switch (format) {
  case CU_AD_FORMAT_UNSIGNED_INT8:
    bits = 8, kind = cudaChannelFormatKindUnsigned;
    break;
  case CU_AD_FORMAT_UNSIGNED_INT16:
    bits = 16, kind = cudaChannelFormatKindUnsigned;
    break;
  case CU_AD_FORMAT_UNSIGNED_INT32:
    bits = 32, kind = cudaChannelFormatKindUnsigned;
    break;
  case CU_AD_FORMAT_SIGNED_INT8:
    bits = 8, kind = cudaChannelFormatKindSigned;
    break;
  case CU_AD_FORMAT_SIGNED_INT16:
    bits = 16, kind = cudaChannelFormatKindSigned;
    break;
  case CU_AD_FORMAT_SIGNED_INT32:
    bits = 32, kind = cudaChannelFormatKindSigned;
    break;
  case CU_AD_FORMAT_HALF:
    bits = 16, kind = cudaChannelFormatKindFloat;
    break;
  case CU_AD_FORMAT_FLOAT:
    bits = 32, kind = cudaChannelFormatKindFloat;
    break;
  default:
    return false;
  }
  if (count != 1 && count != 2 && count != 4)
    return false;
  result = {bits, count > 1 ? bits : 0, count > 2 ? bits : 0, count > 2 ? bits : 0, kind};
  return true;
}

void formatOf(const cudaChannelFormatDesc &channels, CUarray_format &format, unsigned &count) {
  size_t bytes;
  texelOf(channels, count, bytes);
  for (CUarray_format candidate : {CU_AD_FORMAT_UNSIGNED_INT8, CU_AD_FORMAT_UNSIGNED_INT16, CU_AD_FORMAT_UNSIGNED_INT32,
                                   CU_AD_FORMAT_SIGNED_INT8, CU_AD_FORMAT_SIGNED_INT16, CU_AD_FORMAT_SIGNED_INT32,
                                   CU_AD_FORMAT_HALF, CU_AD_FORMAT_FLOAT}) {
    cudaChannelFormatDesc same;
    if (channelsOf(candidate, 1, same) && same.x == channels.x && same.f == channels.f)
      format = candidate;
  }
}

CUresult createArray(CUarray *result, size_t width, size_t height, size_t depth, CUarray_format format, unsigned channels,
                     unsigned flags) {
  return driver([&] {
    cudaChannelFormatDesc plain;
    if (!channelsOf(format, channels, plain))
      return notSupported("arrays of compressed, normalized and video formats");
    return cudaMalloc3DArray(reinterpret_cast<cudaArray_t *>(result), &plain, {width, height, depth}, flags);
  });
}

cudaError_t resourceOf(const CUDA_RESOURCE_DESC &said, cudaResourceDesc &resource) {
  resource = cudaResourceDesc{};
  switch (said.resType) {
  case CU_RESOURCE_TYPE_ARRAY:
    resource.resType = cudaResourceTypeArray;
    resource.res.array.array = arrayOf(said.res.array.hArray);
    return cudaSuccess;
  case CU_RESOURCE_TYPE_MIPMAPPED_ARRAY:
    resource.resType = cudaResourceTypeMipmappedArray;
    resource.res.mipmap.mipmap = reinterpret_cast<cudaMipmappedArray_t>(said.res.mipmap.hMipmappedArray);
    return cudaSuccess;
  case CU_RESOURCE_TYPE_LINEAR:
    resource.resType = cudaResourceTypeLinear;
    resource.res.linear.devPtr = pointerOf(said.res.linear.devPtr);
    resource.res.linear.sizeInBytes = said.res.linear.sizeInBytes;
    return channelsOf(said.res.linear.format, said.res.linear.numChannels, resource.res.linear.desc)
               ? cudaSuccess
               : cudaErrorInvalidValue;
  case CU_RESOURCE_TYPE_PITCH2D:
    resource.resType = cudaResourceTypePitch2D;
    resource.res.pitch2D.devPtr = pointerOf(said.res.pitch2D.devPtr);
    resource.res.pitch2D.width = said.res.pitch2D.width;
    resource.res.pitch2D.height = said.res.pitch2D.height;
    resource.res.pitch2D.pitchInBytes = said.res.pitch2D.pitchInBytes;
    return channelsOf(said.res.pitch2D.format, said.res.pitch2D.numChannels, resource.res.pitch2D.desc)
               ? cudaSuccess
               : cudaErrorInvalidValue;
  default:
    return cudaErrorInvalidValue;
  }
}

// The driver API reads integers as normalized floats unless told otherwise; 32-bit integers always as they are.
cudaTextureDesc descriptionOf(const CUDA_TEXTURE_DESC &said, const cudaResourceDesc &resource) {
  cudaTextureDesc description{};
  for (int i = 0; i < 3; ++i)
    description.addressMode[i] = cudaTextureAddressMode(said.addressMode[i]);
  description.filterMode = cudaTextureFilterMode(said.filterMode);
  const cudaChannelFormatDesc *format = nullptr;
  if (resource.resType == cudaResourceTypeLinear)
    format = &resource.res.linear.desc;
  else if (resource.resType == cudaResourceTypePitch2D)
    format = &resource.res.pitch2D.desc;
  else if (resource.resType == cudaResourceTypeArray && resource.res.array.array)
    format = &resource.res.array.array->format;
  else if (resource.resType == cudaResourceTypeMipmappedArray && resource.res.mipmap.mipmap)
    format = &resource.res.mipmap.mipmap->levels[0]->format;
  bool wide = format && format->x == 32;
  description.readMode = said.flags & CU_TRSF_READ_AS_INTEGER || wide ? cudaReadModeElementType : cudaReadModeNormalizedFloat;
  description.normalizedCoords = said.flags & CU_TRSF_NORMALIZED_COORDINATES ? 1 : 0;
  description.sRGB = said.flags & CU_TRSF_SRGB ? 1 : 0;
  description.maxAnisotropy = said.maxAnisotropy;
  description.mipmapFilterMode = cudaTextureFilterMode(said.mipmapFilterMode);
  description.mipmapLevelBias = said.mipmapLevelBias;
  description.minMipmapLevelClamp = said.minMipmapLevelClamp;
  description.maxMipmapLevelClamp = said.maxMipmapLevelClamp;
  for (int i = 0; i < 4; ++i)
    description.borderColor[i] = said.borderColor[i];
  return description;
}

} // namespace

CUresult cuArrayCreate_v2(CUarray *array, const CUDA_ARRAY_DESCRIPTOR *d) {
  return d ? createArray(array, d->Width, d->Height, 0, d->Format, d->NumChannels, 0) : CUDA_ERROR_INVALID_VALUE;
}

CUresult cuArray3DCreate_v2(CUarray *array, const CUDA_ARRAY3D_DESCRIPTOR *d) {
  return d ? createArray(array, d->Width, d->Height, d->Depth, d->Format, d->NumChannels, d->Flags)
           : CUDA_ERROR_INVALID_VALUE;
}

CUresult cuArray3DGetDescriptor_v2(CUDA_ARRAY3D_DESCRIPTOR *d, CUarray handle) {
  return driver([&] {
    const cudaArray *array;
    if (!d)
      return cudaErrorInvalidValue;
    if (cudaError_t error = cuport::arrayOf(cudaArray_const_t(arrayOf(handle)), array))
      return error;
    d->Width = array->extent.width;
    d->Height = array->extent.height;
    d->Depth = array->extent.depth;
    d->Flags = array->flags;
    formatOf(array->format, d->Format, d->NumChannels);
    return cudaSuccess;
  });
}

CUresult cuArrayGetDescriptor_v2(CUDA_ARRAY_DESCRIPTOR *d, CUarray array) {
  CUDA_ARRAY3D_DESCRIPTOR all;
  if (!d)
    return CUDA_ERROR_INVALID_VALUE;
  CUresult error = cuArray3DGetDescriptor_v2(&all, array);
  if (error == CUDA_SUCCESS)
    *d = {all.Width, all.Height, all.Format, all.NumChannels};
  return error;
}

CUresult cuArrayDestroy(CUarray array) {
  return driver([&] { return array ? cudaFreeArray(arrayOf(array)) : cudaErrorInvalidResourceHandle; });
}

CUresult cuMipmappedArrayCreate(CUmipmappedArray *array, const CUDA_ARRAY3D_DESCRIPTOR *d, unsigned int levels) {
  return driver([&] {
    cudaChannelFormatDesc plain;
    if (!d)
      return cudaErrorInvalidValue;
    if (!channelsOf(d->Format, d->NumChannels, plain))
      return notSupported("arrays of compressed, normalized and video formats");
    return cudaMallocMipmappedArray(reinterpret_cast<cudaMipmappedArray_t *>(array), &plain,
                                    {d->Width, d->Height, d->Depth}, levels, d->Flags);
  });
}

CUresult cuMipmappedArrayGetLevel(CUarray *level, CUmipmappedArray array, unsigned int number) {
  return driver([&] {
    return cudaGetMipmappedArrayLevel(reinterpret_cast<cudaArray_t *>(level), reinterpret_cast<cudaMipmappedArray_t>(array),
                                      number);
  });
}

CUresult cuMipmappedArrayDestroy(CUmipmappedArray array) {
  return driver([&] { return cudaFreeMipmappedArray(reinterpret_cast<cudaMipmappedArray_t>(array)); });
}

CUresult cuTexObjectCreate(CUtexObject *object, const CUDA_RESOURCE_DESC *resource, const CUDA_TEXTURE_DESC *description,
                           const CUDA_RESOURCE_VIEW_DESC *view) {
  return driver([&] {
    cudaResourceDesc plain;
    if (!object || !resource || !description)
      return cudaErrorInvalidValue;
    if (cudaError_t error = resourceOf(*resource, plain))
      return error;
    cudaTextureDesc texture = descriptionOf(*description, plain);
    cudaResourceViewDesc plainView{};
    if (view)
      plainView = {cudaResourceViewFormat(view->format), view->width,         view->height,
                   view->depth,                          view->firstMipmapLevel, view->lastMipmapLevel,
                   view->firstLayer,                     view->lastLayer,     {}};
    return cudaCreateTextureObject(object, &plain, &texture, view ? &plainView : nullptr);
  });
}

CUresult cuTexObjectDestroy(CUtexObject object) {
  return driver([&] { return cudaDestroyTextureObject(object); });
}

CUresult cuSurfObjectCreate(CUsurfObject *object, const CUDA_RESOURCE_DESC *resource) {
  return driver([&] {
    cudaResourceDesc plain;
    if (!object || !resource)
      return cudaErrorInvalidValue;
    if (cudaError_t error = resourceOf(*resource, plain))
      return error;
    return cudaCreateSurfaceObject(object, &plain);
  });
}

CUresult cuSurfObjectDestroy(CUsurfObject object) {
  return driver([&] { return cudaDestroySurfaceObject(object); });
}
