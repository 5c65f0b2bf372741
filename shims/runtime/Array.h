// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA arrays: rows of texels that textures and surfaces read, in plain row order.

#ifndef CUPORT_RUNTIME_ARRAY_H
#define CUPORT_RUNTIME_ARRAY_H

#include "Device.h"

struct cudaArray {
  static constexpr uint32_t Magic = 0x41727279;

  uint32_t magic = Magic;
  cuport::Device &device;
  cudaChannelFormatDesc format;
  cudaExtent extent; ///< as the caller gave it: height 0 for 1D, depth 0 for 2D; layers are the depth
  unsigned flags;
  size_t elementSize;       ///< bytes
  size_t rows, slices;      ///< at least 1
  size_t rowPitch, slicePitch; ///< bytes
  unsigned char *data = nullptr;
  cudaMipmappedArray_t owner = nullptr; ///< the mipmapped array that it is a level of

  cudaArray(cuport::Device &device, const cudaChannelFormatDesc &format, cudaExtent extent, unsigned flags);
  size_t size() const { return slicePitch * slices; }
};

struct cudaMipmappedArray {
  static constexpr uint32_t Magic = 0x4d697041;

  uint32_t magic = Magic;
  std::vector<cudaArray *> levels;
};

namespace cuport {

/// How many channels, and bytes of a texel; false: no texel of CUDA's looks like this.
bool texelOf(const cudaChannelFormatDesc &format, unsigned &channels, size_t &bytes);

/// cudaErrorInvalidResourceHandle for what is no array.
cudaError_t arrayOf(cudaArray_const_t handle, const cudaArray *&array);

} // namespace cuport

#endif
