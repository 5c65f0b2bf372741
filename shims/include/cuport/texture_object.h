/* SPDX-FileCopyrightText: the cuport authors
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* What a texture or surface object is: the one struct that the runtime fills and the sampler in kernels reads.

     cudaCreateTextureObject(&object, resource, texture, view)  -->  a cuport_texture; the object is its address
     tex2D<float>(object, x, y)                                 -->  levels[0], addressing, filter

   A surface is the same with nothing to say about addressing and filters. The struct does not change while the object lives;
   it and the levels lie in memory that kernels reach. */

#ifndef CUPORT_TEXTURE_OBJECT_H
#define CUPORT_TEXTURE_OBJECT_H

#include <stddef.h>
#include <stdint.h>

enum cuport_texture_shape {
  CUPORT_TEXTURE_LINEAR = 0, /* cudaResourceTypeLinear: tex1Dfetch */
  CUPORT_TEXTURE_1D = 1,
  CUPORT_TEXTURE_2D = 2,
  CUPORT_TEXTURE_3D = 3,
  CUPORT_TEXTURE_CUBEMAP = 4, /* slices are the faces +x -x +y -y +z -z, six for each layer */
};

/* One mipmap level. Texel (x, y, z) is at data + z * slice + y * row + x * element_size; layers and faces are slices. */
typedef struct cuport_texture_level {
  unsigned char *data;
  uint32_t width, height, depth; /* texels, rows, slices or layers (6 * layers for a cubemap); each at least 1 */
  uint32_t reserved;
  size_t row, slice; /* bytes */
} cuport_texture_level;

typedef struct cuport_texture {
  uint32_t shape;        /* cuport_texture_shape */
  uint32_t layered;      /* 1: depth counts layers */
  uint32_t format;       /* cudaChannelFormatKind: 0 signed, 1 unsigned, 2 float */
  uint32_t channels;     /* 1, 2 or 4 */
  uint32_t channel_bits; /* 8, 16 or 32, the same for all channels */
  uint32_t element_size; /* bytes of a texel */
  uint32_t address[3];   /* cudaTextureAddressMode: 0 wrap, 1 clamp, 2 mirror, 3 border */
  uint32_t filter;       /* cudaTextureFilterMode: 0 point, 1 linear */
  uint32_t read_normalized; /* 1: integers of 8 and 16 bits are read as [0, 1] or [-1, 1] */
  uint32_t normalized_coordinates;
  uint32_t srgb;         /* 1: the first three channels are sRGB, read as linear */
  uint32_t mipmap_filter;
  float border[4];
  float level_bias, level_min, level_max;
  uint32_t max_anisotropy;
  uint32_t level_count;  /* at least 1 */
  uint32_t reserved;
  const cuport_texture_level *levels;
} cuport_texture;

#endif
