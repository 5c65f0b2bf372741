// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Texture and surface objects: what the sampler in kernels reads (cuport/texture_object.h), and how it was asked for.

#ifndef CUPORT_RUNTIME_TEXTURE_H
#define CUPORT_RUNTIME_TEXTURE_H

#include "Array.h"

#include <cuport/texture_object.h>

namespace cuport {

/// The object's struct and levels lie in one piece of memory that kernels reach; the handle is its address.
struct TextureObject {
  cuport_texture texture{};
  cudaResourceDesc resource{};
  cudaTextureDesc description{};
  cudaResourceViewDesc view{};
  bool hasView = false;
  bool surface = false;
};

cudaError_t makeTexture(const cudaResourceDesc &resource, const cudaTextureDesc &description,
                        const cudaResourceViewDesc *view, unsigned long long &handle);
cudaError_t makeSurface(const cudaResourceDesc &resource, unsigned long long &handle);

/// The object behind a handle; null if there is none.
TextureObject *textureObject(unsigned long long handle, bool surface);
cudaError_t destroyTexture(unsigned long long handle, bool surface);

} // namespace cuport

#endif
