// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// tex1D ... texCubemapLayeredGrad and surf1Dread ... surfCubemapLayeredwrite over
// cuport/texture_sampler.h. Each comes in two forms: T name<T>(object, ...) and void name(T *,
// object, ...); each also has one for references.

#ifndef CUPORT_TEXTURE_FUNCTIONS_H
#define CUPORT_TEXTURE_FUNCTIONS_H

#include <cuport/intrinsics.h>
#include <cuport/runtime_api.h>
#include <cuport/texture_reference.h>
#include <cuport/texture_sampler.h>

/// What a kernel asks for: how many components, and of which type.
template <class T, bool IsNumber = __is_arithmetic(T)> struct cuport_components {
  typedef decltype(T::x) type;
};
template <class T> struct cuport_components<T, true> {
  typedef T type;
};
template <class T> struct cuport_channel_of {
  typedef int type;
};
template <> struct cuport_channel_of<float> {
  typedef float type;
};
#define CUPORT_CHANNEL(T) typename cuport_channel_of<typename cuport_components<T>::type>::type

template <class T, class Channel> CUPORT_DEVICE_MEMBER T cuport_from_texel(const cuport_texel<Channel> &texel) {
  typedef typename cuport_components<T>::type component;
  component values[sizeof(T) / sizeof(component)];
  for (unsigned at = 0; at < sizeof(T) / sizeof(component); ++at)
    values[at] = static_cast<component>(texel.channel[at]);
  T result;
  __builtin_memcpy(&result, values, sizeof(T));
  return result;
}
CUPORT_DEVICE const cuport_texture &cuport_texture_of(cudaTextureObject_t object) {
  return *reinterpret_cast<const cuport_texture *>(object);
}

#ifndef CUPORT_NO_TEXTURE_REFERENCES
/// What a texture reference gives: its element, or as many floats.
template <class T, cudaTextureReadMode Mode> struct cuport_read_by {
  typedef T type;
};
template <unsigned Count> struct cuport_floats;
template <> struct cuport_floats<1> {
  typedef float type;
};
template <> struct cuport_floats<2> {
  typedef float2 type;
};
template <> struct cuport_floats<4> {
  typedef float4 type;
};
template <class T> struct cuport_read_by<T, cudaReadModeNormalizedFloat> {
  typedef
      typename cuport_floats<sizeof(T) / sizeof(typename cuport_components<T>::type)>::type type;
};
#define CUPORT_READ_BY_REFERENCE(name, shape, parameters, arguments)                               \
  template <class T, cudaTextureReadMode Mode>                                                     \
  CUPORT_DEVICE_MEMBER typename cuport_read_by<T, Mode>::type name(                                \
      const texture<T, shape, Mode> &bound, CUPORT_GIVEN parameters) {                             \
    return name<typename cuport_read_by<T, Mode>::type>(bound.object, CUPORT_GIVEN arguments);     \
  }
#else
#define CUPORT_READ_BY_REFERENCE(name, shape, parameters, arguments)
#endif

// Reads. Parameters and arguments, those after the object, come in parentheses; the rest is the texel, of `Channel`.
#define CUPORT_GIVEN(...) __VA_ARGS__
#define CUPORT_READ(name, shape, parameters, arguments, ...)                                       \
  template <class T>                                                                               \
  CUPORT_DEVICE_MEMBER T name(cudaTextureObject_t object, CUPORT_GIVEN parameters) {               \
    typedef CUPORT_CHANNEL(T) Channel;                                                             \
    const cuport_texture &texture = cuport_texture_of(object);                                     \
    return cuport_from_texel<T>(__VA_ARGS__);                                                      \
  }                                                                                                \
  template <class T>                                                                               \
  CUPORT_DEVICE_MEMBER void name(T *result, cudaTextureObject_t object, CUPORT_GIVEN parameters) { \
    *result = name<T>(object, CUPORT_GIVEN arguments);                                             \
  }                                                                                                \
  CUPORT_READ_BY_REFERENCE(name, shape, parameters, arguments)
// A shape of texture: plain, at a level, and with gradients.
#define CUPORT_READS(name, shape, parameters, arguments, point, gradient, dx, dy)                  \
  CUPORT_READ(name, shape, parameters, arguments, cuport_sample<Channel>(texture, 0, point))       \
  CUPORT_READ(name##Lod, shape, (CUPORT_GIVEN parameters, float level),                            \
              (CUPORT_GIVEN arguments, level),                                                     \
              cuport_sample_level<Channel>(texture, point, level))                                 \
  CUPORT_READ(name##Grad, shape, (CUPORT_GIVEN parameters, gradient dPdx, gradient dPdy),          \
              (CUPORT_GIVEN arguments, dPdx, dPdy),                                                \
              cuport_sample_level<Channel>(texture, point, cuport_level_of(texture, dx, dy)))
#define CUPORT_GRADIENT_1 float, (float4{dPdx, 0, 0, 0}), (float4{dPdy, 0, 0, 0})
#define CUPORT_GRADIENT_2 float2, (float4{dPdx.x, dPdx.y, 0, 0}), (float4{dPdy.x, dPdy.y, 0, 0})
#define CUPORT_GRADIENT_4 float4, dPdx, dPdy
#define CUPORT_READS_WITH(...) CUPORT_READS(__VA_ARGS__)

CUPORT_READ(tex1Dfetch, cudaTextureType1D, (int x), (x), cuport_fetch<Channel>(texture, x))
CUPORT_READS_WITH(tex1D, cudaTextureType1D, (float x), (x), (cuport_point{x, 0, 0, 0}),
                  CUPORT_GRADIENT_1)
CUPORT_READS_WITH(tex2D, cudaTextureType2D, (float x, float y), (x, y), (cuport_point{x, y, 0, 0}),
                  CUPORT_GRADIENT_2)
CUPORT_READS_WITH(tex3D, cudaTextureType3D, (float x, float y, float z), (x, y, z),
                  (cuport_point{x, y, z, -1}), CUPORT_GRADIENT_4)
CUPORT_READS_WITH(tex1DLayered, cudaTextureType1DLayered, (float x, int layer), (x, layer),
                  (cuport_point{x, 0, 0, layer < 0 ? 0 : layer}), CUPORT_GRADIENT_1)
CUPORT_READS_WITH(tex2DLayered, cudaTextureType2DLayered, (float x, float y, int layer),
                  (x, y, layer), (cuport_point{x, y, 0, layer < 0 ? 0 : layer}), CUPORT_GRADIENT_2)
CUPORT_READS_WITH(texCubemap, cudaTextureTypeCubemap, (float x, float y, float z), (x, y, z),
                  (cuport_on_cube(x, y, z, 0)), CUPORT_GRADIENT_4)
CUPORT_READS_WITH(texCubemapLayered, cudaTextureTypeCubemapLayered,
                  (float x, float y, float z, int layer), (x, y, z, layer),
                  (cuport_on_cube(x, y, z, layer < 0 ? 0 : layer)), CUPORT_GRADIENT_4)
CUPORT_READ(tex2Dgather, cudaTextureType2D, (float x, float y, int component = 0),
            (x, y, component), cuport_gather<Channel>(texture, cuport_point{x, y, 0, 0}, component))

#undef CUPORT_CHANNEL
#undef CUPORT_READ
#undef CUPORT_READ_BY_REFERENCE
#undef CUPORT_READS
#undef CUPORT_READS_WITH
#undef CUPORT_GRADIENT_1
#undef CUPORT_GRADIENT_2
#undef CUPORT_GRADIENT_4

/// The address of an element of a surface, x in bytes; null: nothing is read or written there.
CUPORT_LONG_DEVICE unsigned char *cuport_element(cudaSurfaceObject_t object, int x, int y, int z, int size,
                                                 cudaSurfaceBoundaryMode mode) {
  const cuport_texture_level &level = cuport_texture_of(object).levels[0];
  int width = static_cast<int>(level.width * cuport_texture_of(object).element_size);
  int height = static_cast<int>(level.height), depth = static_cast<int>(level.depth);
  if (x < 0 || x + size > width || y < 0 || y >= height || z < 0 || z >= depth) {
    if (mode == cudaBoundaryModeTrap)
      __cuport_trap();
    if (mode == cudaBoundaryModeZero)
      return nullptr;
    x = x < 0 ? 0 : x + size > width ? width - size : x;
    y = y < 0 ? 0 : y >= height ? height - 1 : y;
    z = z < 0 ? 0 : z >= depth ? depth - 1 : z;
  }
  return level.data + static_cast<size_t>(z) * level.slice + static_cast<size_t>(y) * level.row + x;
}
#ifndef CUPORT_NO_TEXTURE_REFERENCES
#define CUPORT_SURFACE_BY_REFERENCE(name, shape, parameters, arguments)                                            \
  template <class T>                                                                                               \
  CUPORT_DEVICE_MEMBER T name##read(const surface<void, shape> &bound, CUPORT_GIVEN parameters,                    \
                                    cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap) {                         \
    return name##read<T>(bound.object, CUPORT_GIVEN arguments, mode);                                              \
  }                                                                                                                \
  template <class T>                                                                                               \
  CUPORT_DEVICE_MEMBER void name##read(T *result, const surface<void, shape> &bound, CUPORT_GIVEN parameters,      \
                                       cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap) {                      \
    *result = name##read<T>(bound.object, CUPORT_GIVEN arguments, mode);                                           \
  }                                                                                                                \
  template <class T>                                                                                               \
  CUPORT_DEVICE_MEMBER void name##write(T value, const surface<void, shape> &bound, CUPORT_GIVEN parameters,       \
                                        cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap) {                     \
    name##write(value, bound.object, CUPORT_GIVEN arguments, mode);                                                \
  }
#else
#define CUPORT_SURFACE_BY_REFERENCE(name, shape, parameters, arguments)
#endif
#define CUPORT_SURFACE(name, shape, parameters, arguments, x, y, z)                                                       \
  template <class T>                                                                                               \
  CUPORT_DEVICE_MEMBER T name##read(cudaSurfaceObject_t object, CUPORT_GIVEN parameters,                                        \
                                    cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap) {                         \
    T result = {};                                                                                                 \
    if (const unsigned char *element = cuport_element(object, x, y, z, sizeof(T), mode))                           \
      __builtin_memcpy(&result, element, sizeof(T));                                                               \
    return result;                                                                                                 \
  }                                                                                                                \
  template <class T>                                                                                               \
  CUPORT_DEVICE_MEMBER void name##read(T *result, cudaSurfaceObject_t object, CUPORT_GIVEN parameters,                          \
                                       cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap) {                      \
    *result = name##read<T>(object, CUPORT_GIVEN arguments, mode);                                                              \
  }                                                                                                                \
  template <class T>                                                                                               \
  CUPORT_DEVICE_MEMBER void name##write(T value, cudaSurfaceObject_t object, CUPORT_GIVEN parameters,                           \
                                        cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap) {                     \
    if (unsigned char *element = cuport_element(object, x, y, z, sizeof(T), mode))                                 \
      __builtin_memcpy(element, &value, sizeof(T));                                                                \
  }                                                                                                                \
  CUPORT_SURFACE_BY_REFERENCE(name, shape, parameters, arguments)
CUPORT_SURFACE(surf1D, cudaSurfaceType1D, (int x), (x), x, 0, 0)
CUPORT_SURFACE(surf2D, cudaSurfaceType2D, (int x, int y), (x, y), x, y, 0)
CUPORT_SURFACE(surf3D, cudaSurfaceType3D, (int x, int y, int z), (x, y, z), x, y, z)
CUPORT_SURFACE(surf1DLayered, cudaSurfaceType1DLayered, (int x, int layer), (x, layer), x, 0, layer)
CUPORT_SURFACE(surf2DLayered, cudaSurfaceType2DLayered, (int x, int y, int layer), (x, y, layer), x, y, layer)
CUPORT_SURFACE(surfCubemap, cudaSurfaceTypeCubemap, (int x, int y, int face), (x, y, face), x, y, face)
CUPORT_SURFACE(surfCubemapLayered, cudaSurfaceTypeCubemapLayered, (int x, int y, int layer_face), (x, y, layer_face), x, y, layer_face)
#undef CUPORT_SURFACE
#undef CUPORT_SURFACE_BY_REFERENCE
#undef CUPORT_GIVEN

#endif
