// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Texture and surface references: variables that a program binds memory or an array to. CUDA had them until
// version 11, HIP still has those of textures.
//
//   texture<float, 2> image;           clang makes a variable of the host and one of the device,
//   and registers them cudaBindTextureToArray(image, a)   a texture object as the host's fields
//   say; its handle goes to the device's variable tex2D(image, x, y)                 reads the
//   object
//
// surface<void, 2> s; is the same with a surface object and nothing to say about reading.
// A program that has a `texture` or `surface` of its own in the global namespace defines
// CUPORT_NO_TEXTURE_REFERENCES.

#ifndef CUPORT_TEXTURE_REFERENCE_H
#define CUPORT_TEXTURE_REFERENCE_H

#include <cuport/runtime_api.h>

#if defined(CUPORT_COMPILES_KERNELS) && !defined(CUPORT_NO_TEXTURE_REFERENCES)

template <class T, int Shape = cudaTextureType1D,
          cudaTextureReadMode Mode = cudaReadModeElementType>
struct __attribute__((device_builtin_texture_type)) texture : textureReference {
  /// Of the device's variable: what is bound. It stands behind the base, which the runtime relies
  /// on.
  cudaTextureObject_t object;

  texture(int normalizedCoordinates = 0, cudaTextureFilterMode filter = cudaFilterModePoint,
          cudaTextureAddressMode address = cudaAddressModeClamp)
      : texture(normalizedCoordinates, filter, address, cudaCreateChannelDesc<T>()) {}
  texture(int normalizedCoordinates, cudaTextureFilterMode filter, cudaTextureAddressMode address,
          cudaChannelFormatDesc format)
      : textureReference{}, object(0) {
    normalized = normalizedCoordinates;
    filterMode = filter;
    addressMode[0] = addressMode[1] = addressMode[2] = address;
    channelDesc = format;
  }
};

// The functions for kernels take those of void, whatever the array's elements are.
template <class T, int Shape = cudaSurfaceType1D>
struct __attribute__((device_builtin_surface_type)) surface : surfaceReference {
  cudaSurfaceObject_t object; ///< as in a texture

  surface() : surface(cudaCreateChannelDesc<T>()) {}
  surface(cudaChannelFormatDesc format) : surfaceReference{format}, object(0) {}
};
template <int Shape> struct __attribute__((device_builtin_surface_type)) surface<void, Shape> : surfaceReference {
  cudaSurfaceObject_t object;

  surface() : surfaceReference{}, object(0) {}
};

#endif
#endif
