// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How a kernel reads a texture: coordinates -> texels -> filter, by the rules of the CUDA programming guide ("Texture
// fetching"). A linear filter's weights have 8 bits behind the point, as the card has them.
//
//   cuport_sample     a point of one mipmap level      cuport_sample_level   between levels
//   cuport_fetch      one texel by its index           cuport_gather         one channel of the four around a point
//
// Texels are four channels, of float or of int; which it is comes from the type that the kernel asks for.

#ifndef CUPORT_TEXTURE_SAMPLER_H
#define CUPORT_TEXTURE_SAMPLER_H

#include <cuport/small_floats.h>
#include <cuport/texture_object.h>
#include <cuport/vector_types.h>

template <class Channel> struct cuport_texel {
  Channel channel[4];
};

/// Where a fetch goes: coordinates, and the layer or face for those that have one. In normalized coordinates until
/// cuport_place has scaled them.
struct cuport_point {
  float x, y, z;
  int slice; // -1: the third coordinate counts
};

/// Channel i of a texel in memory. Integers that are read normalized and halves are floats; others keep their value.
template <class Channel>
CUPORT_MEMBER Channel cuport_channel_at(const cuport_texture &texture, const unsigned char *texel, unsigned at) {
  if (texture.channel_bits == 32) {
    unsigned bits;
    __builtin_memcpy(&bits, texel + 4 * at, 4);
    if constexpr (sizeof(Channel) == sizeof(float) && static_cast<Channel>(0.5f) != 0)
      return texture.format == 2   ? cuport_float_of(bits)
             : texture.format == 1 ? static_cast<float>(bits)
                                   : static_cast<float>(static_cast<int>(bits));
    else
      return static_cast<Channel>(bits);
  }
  int value;
  if (texture.channel_bits == 16) {
    unsigned short bits;
    __builtin_memcpy(&bits, texel + 2 * at, 2);
    if (texture.format == 2) {
      float half = cuport_half_to_float(bits);
      return static_cast<Channel>(half);
    }
    value = texture.format == 1 ? bits : static_cast<short>(bits);
  } else {
    value = texture.format == 1 ? texel[at] : static_cast<signed char>(texel[at]);
  }
  if (!texture.read_normalized)
    return static_cast<Channel>(value);
  float most = static_cast<float>((1 << (texture.channel_bits - (texture.format == 0))) - 1);
  float normalized = static_cast<float>(value) / most;
  if (texture.srgb && at < 3)
    normalized = normalized <= 0.04045f ? normalized / 12.92f : __builtin_powf((normalized + 0.055f) / 1.055f, 2.4f);
  return static_cast<Channel>(normalized < -1 ? -1.0f : normalized);
}

/// An index within [0, size) by an address mode; -1: the border.
CUPORT_HOST_DEVICE int cuport_address(long long index, int size, unsigned mode) {
  if (index >= 0 && index < size)
    return static_cast<int>(index);
  if (mode == 0) {
    long long rest = index % size;
    return static_cast<int>(rest < 0 ? rest + size : rest);
  }
  if (mode == 2) {
    long long rest = index % (2ll * size);
    rest = rest < 0 ? rest + 2ll * size : rest;
    return static_cast<int>(rest < size ? rest : 2ll * size - 1 - rest);
  }
  return mode == 3 ? -1 : index < 0 ? 0 : size - 1;
}

/// The texel at an index of each axis; the address modes say what lies outside.
template <class Channel>
CUPORT_MEMBER cuport_texel<Channel> cuport_texel_at(const cuport_texture &texture, const cuport_texture_level &level,
                                                    long long x, long long y, long long z, int slice) {
  cuport_texel<Channel> result;
  unsigned modes[3];
  for (int axis = 0; axis < 3; ++axis) // wrap and mirror are for normalized coordinates
    modes[axis] = !texture.normalized_coordinates && (texture.address[axis] == 0 || texture.address[axis] == 2) ? 1 : texture.address[axis];
  int column = cuport_address(x, static_cast<int>(level.width), modes[0]);
  int row = cuport_address(y, static_cast<int>(level.height), modes[1]);
  int plane = slice >= 0 ? slice : cuport_address(z, static_cast<int>(level.depth), modes[2]);
  if (column < 0 || row < 0 || plane < 0) {
    for (int at = 0; at < 4; ++at)
      result.channel[at] = static_cast<Channel>(texture.border[at]);
    return result;
  }
  const unsigned char *texel = level.data + static_cast<size_t>(plane) * level.slice + static_cast<size_t>(row) * level.row +
                               static_cast<size_t>(column) * texture.element_size;
  for (unsigned at = 0; at < 4; ++at)
    result.channel[at] = at < texture.channels ? cuport_channel_at<Channel>(texture, texel, at) : Channel(0);
  return result;
}

/// A whole number out of a coordinate, and none from a NaN or from beyond what a texture can have.
CUPORT_HOST_DEVICE long long cuport_index(float coordinate) {
  return coordinate > -1e9f ? (coordinate < 1e9f ? static_cast<long long>(coordinate) : 1000000000) : -1000000000;
}

template <class Channel>
__host__ __device__ inline cuport_texel<Channel> cuport_sample(const cuport_texture &texture, unsigned number, cuport_point point) {
  const cuport_texture_level &level = texture.levels[number];
  bool flat = texture.shape == CUPORT_TEXTURE_1D, deep = point.slice < 0 && texture.shape == CUPORT_TEXTURE_3D;
  int slice = deep ? -1 : point.slice < 0 ? 0 : point.slice < static_cast<int>(level.depth) ? point.slice : static_cast<int>(level.depth) - 1;
  if (texture.normalized_coordinates || texture.shape == CUPORT_TEXTURE_CUBEMAP) {
    point.x *= static_cast<float>(level.width);
    point.y *= static_cast<float>(level.height);
    point.z *= static_cast<float>(level.depth);
  }
  if (texture.filter == 0 || static_cast<Channel>(0.5f) == 0) // integers are not filtered
    return cuport_texel_at<Channel>(texture, level, cuport_index(__builtin_floorf(point.x)),
                                    flat ? 0 : cuport_index(__builtin_floorf(point.y)),
                                    deep ? cuport_index(__builtin_floorf(point.z)) : 0, slice);
  float coordinate[3] = {point.x - 0.5f, flat ? 0.0f : point.y - 0.5f, deep ? point.z - 0.5f : 0.0f}, weight[3];
  long long index[3];
  for (int axis = 0; axis < 3; ++axis) {
    float whole = __builtin_floorf(coordinate[axis]);
    index[axis] = cuport_index(whole);
    weight[axis] = __builtin_rintf((coordinate[axis] - whole) * 256) / 256;
  }
  cuport_texel<Channel> result = {};
  for (int corner = 0; corner < (deep ? 8 : flat ? 2 : 4); ++corner) {
    float part = (corner & 1 ? weight[0] : 1 - weight[0]) * (corner & 2 ? weight[1] : 1 - weight[1]) *
                 (corner & 4 ? weight[2] : 1 - weight[2]);
    if (part == 0)
      continue;
    cuport_texel<Channel> texel = cuport_texel_at<Channel>(texture, level, index[0] + (corner & 1), index[1] + (corner >> 1 & 1),
                                                           index[2] + (corner >> 2), slice);
    for (int at = 0; at < 4; ++at)
      result.channel[at] = static_cast<Channel>(result.channel[at] + part * texel.channel[at]);
  }
  return result;
}

template <class Channel>
__host__ __device__ inline cuport_texel<Channel> cuport_sample_level(const cuport_texture &texture, cuport_point point, float level) {
  level += texture.level_bias;
  level = level > texture.level_min ? level : texture.level_min;
  level = level < texture.level_max ? level : texture.level_max;
  float last = static_cast<float>(texture.level_count - 1);
  level = level > 0 ? (level < last ? level : last) : 0.0f;
  if (texture.mipmap_filter == 0)
    return cuport_sample<Channel>(texture, static_cast<unsigned>(__builtin_rintf(level)), point);
  unsigned lower = static_cast<unsigned>(level);
  float weight = __builtin_rintf((level - static_cast<float>(lower)) * 256) / 256;
  cuport_texel<Channel> result = cuport_sample<Channel>(texture, lower, point);
  if (weight == 0)
    return result;
  cuport_texel<Channel> upper = cuport_sample<Channel>(texture, lower + 1 < texture.level_count ? lower + 1 : lower, point);
  for (int at = 0; at < 4; ++at)
    result.channel[at] = static_cast<Channel>(result.channel[at] * (1 - weight) + upper.channel[at] * weight);
  return result;
}

/// The level at which a step of the given gradients is about one texel.
CUPORT_LONG_HOST_DEVICE float cuport_level_of(const cuport_texture &texture, float4 dx, float4 dy) {
  float sizes[3] = {static_cast<float>(texture.levels[0].width), static_cast<float>(texture.levels[0].height),
                    static_cast<float>(texture.levels[0].depth)};
  float x[3] = {dx.x * sizes[0], dx.y * sizes[1], dx.z * sizes[2]}, y[3] = {dy.x * sizes[0], dy.y * sizes[1], dy.z * sizes[2]};
  float a = x[0] * x[0] + x[1] * x[1] + x[2] * x[2], b = y[0] * y[0] + y[1] * y[1] + y[2] * y[2];
  return 0.5f * __builtin_log2f(a > b ? a : b);
}

template <class Channel>
__host__ __device__ inline cuport_texel<Channel> cuport_fetch(const cuport_texture &texture, int x) {
  const cuport_texture_level &level = texture.levels[0];
  cuport_texel<Channel> result = {};
  if (x >= 0 && static_cast<unsigned>(x) < level.width)
    for (unsigned at = 0; at < texture.channels; ++at)
      result.channel[at] = cuport_channel_at<Channel>(texture, level.data + static_cast<size_t>(x) * texture.element_size, at);
  return result;
}

/// Channel `component` of the texels at (0, 1), (1, 1), (1, 0), (0, 0) from the one that a linear filter begins at.
template <class Channel>
__host__ __device__ inline cuport_texel<Channel> cuport_gather(const cuport_texture &texture, cuport_point point, int component) {
  const cuport_texture_level &level = texture.levels[0];
  if (texture.normalized_coordinates) {
    point.x *= static_cast<float>(level.width);
    point.y *= static_cast<float>(level.height);
  }
  long long x = cuport_index(__builtin_floorf(point.x - 0.5f)), y = cuport_index(__builtin_floorf(point.y - 0.5f));
  cuport_texel<Channel> result;
  for (int at = 0; at < 4; ++at)
    result.channel[at] = cuport_texel_at<Channel>(texture, level, x + (at == 1 || at == 2), y + (at < 2), 0, 0).channel[component & 3];
  return result;
}

/// The face of a cubemap that a direction meets, as a layer of the texture, and where on it.
CUPORT_LONG_HOST_DEVICE cuport_point cuport_on_cube(float x, float y, float z, int layer) {
  float ax = __builtin_fabsf(x), ay = __builtin_fabsf(y), az = __builtin_fabsf(z);
  int face;
  float major, s, t;
  if (ax >= ay && ax >= az)
    face = x < 0, major = ax, s = x < 0 ? z : -z, t = -y;
  else if (ay >= az)
    face = 2 + (y < 0), major = ay, s = x, t = y < 0 ? -z : z;
  else
    face = 4 + (z < 0), major = az, s = z < 0 ? -x : x, t = -y;
  return cuport_point{(s / major + 1) / 2, (t / major + 1) / 2, 0, 6 * layer + face};
}

#endif
