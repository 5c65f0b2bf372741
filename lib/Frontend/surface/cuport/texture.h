// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Texture and surface references, which CUDA 12 removed and older code is full of, and what is
// fetched through them. The functions on texture objects come from data/api/device.yaml.

#ifndef CUPORT_TEXTURE_H
#define CUPORT_TEXTURE_H

#include <cuport/device_functions.h>

#ifdef __cplusplus

template <class T, int dimensions = 1, cudaTextureReadMode mode = cudaReadModeElementType>
struct texture : textureReference {
  __host__ texture(int normalized = 0, cudaTextureFilterMode filter = cudaFilterModePoint,
                   cudaTextureAddressMode address = cudaAddressModeClamp);
  __host__ texture(int normalized, cudaTextureFilterMode filter, cudaTextureAddressMode address,
                   cudaChannelFormatDesc format);
};

template <class T, int dimensions = 1> struct surface : surfaceReference {
  __host__ surface();
  __host__ surface(cudaChannelFormatDesc format);
};

namespace cuport_surface {

/// What a fetch returns: the element, or floats where the texture normalizes.
template <class T, cudaTextureReadMode mode> struct texel {
  typedef T type;
};
#define CUPORT_NORMALIZED(name, scalar)                                                            \
  template <> struct texel<scalar, cudaReadModeNormalizedFloat> {                                  \
    typedef float type;                                                                            \
  };                                                                                               \
  template <> struct texel<name##1, cudaReadModeNormalizedFloat> {                                 \
    typedef float1 type;                                                                           \
  };                                                                                               \
  template <> struct texel<name##2, cudaReadModeNormalizedFloat> {                                 \
    typedef float2 type;                                                                           \
  };                                                                                               \
  template <> struct texel<name##4, cudaReadModeNormalizedFloat> {                                 \
    typedef float4 type;                                                                           \
  };
CUPORT_NORMALIZED(char, signed char)
CUPORT_NORMALIZED(uchar, unsigned char)
CUPORT_NORMALIZED(short, short)
CUPORT_NORMALIZED(ushort, unsigned short)
#undef CUPORT_NORMALIZED
template <> struct texel<char, cudaReadModeNormalizedFloat> {
  typedef float type;
};

/// Four of the element's scalar.
template <class Scalar> struct four_of {
  typedef float4 type;
};
template <> struct four_of<int> {
  typedef int4 type;
};
template <> struct four_of<unsigned> {
  typedef uint4 type;
};
template <> struct four_of<short> {
  typedef short4 type;
};
template <> struct four_of<unsigned short> {
  typedef ushort4 type;
};
template <> struct four_of<signed char> {
  typedef char4 type;
};
template <> struct four_of<unsigned char> {
  typedef uchar4 type;
};
template <class T, class = void> struct scalar_of {
  typedef T type;
};
template <class T> struct scalar_of<T, decltype(void(T().x))> {
  typedef decltype(T::x) type;
};
template <class T, cudaTextureReadMode mode> struct gathered {
  typedef typename four_of<typename scalar_of<typename texel<T, mode>::type>::type>::type type;
};

} // namespace cuport_surface

template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex1Dfetch(texture<T, cudaTextureType1D, mode> t, int x);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex1D(texture<T, cudaTextureType1D, mode> t, float x);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex1DLod(texture<T, cudaTextureType1D, mode> t, float x, float level);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex1DGrad(texture<T, cudaTextureType1D, mode> t, float x, float dx, float dy);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex2D(texture<T, cudaTextureType2D, mode> t, float x, float y);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex2DLod(texture<T, cudaTextureType2D, mode> t, float x, float y, float level);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex2DGrad(texture<T, cudaTextureType2D, mode> t, float x, float y, float2 dx, float2 dy);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex3D(texture<T, cudaTextureType3D, mode> t, float x, float y, float z);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex3DLod(texture<T, cudaTextureType3D, mode> t, float x, float y, float z, float level);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex3DGrad(texture<T, cudaTextureType3D, mode> t, float x, float y, float z, float4 dx, float4 dy);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex1DLayered(texture<T, cudaTextureType1DLayered, mode> t, float x, int layer);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex1DLayeredLod(texture<T, cudaTextureType1DLayered, mode> t, float x, int layer, float level);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex1DLayeredGrad(texture<T, cudaTextureType1DLayered, mode> t, float x, int layer, float dx,
                 float dy);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex2DLayered(texture<T, cudaTextureType2DLayered, mode> t, float x, float y, int layer);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex2DLayeredLod(texture<T, cudaTextureType2DLayered, mode> t, float x, float y, int layer,
                float level);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
tex2DLayeredGrad(texture<T, cudaTextureType2DLayered, mode> t, float x, float y, int layer,
                 float2 dx, float2 dy);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
texCubemap(texture<T, cudaTextureTypeCubemap, mode> t, float x, float y, float z);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
texCubemapLod(texture<T, cudaTextureTypeCubemap, mode> t, float x, float y, float z, float level);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
texCubemapGrad(texture<T, cudaTextureTypeCubemap, mode> t, float x, float y, float z, float4 dx,
               float4 dy);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
texCubemapLayered(texture<T, cudaTextureTypeCubemapLayered, mode> t, float x, float y, float z,
                  int layer);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
texCubemapLayeredLod(texture<T, cudaTextureTypeCubemapLayered, mode> t, float x, float y, float z,
                     int layer, float level);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::texel<T, mode>::type
texCubemapLayeredGrad(texture<T, cudaTextureTypeCubemapLayered, mode> t, float x, float y, float z,
                      int layer, float4 dx, float4 dy);
template <class T, cudaTextureReadMode mode>
__device__ typename cuport_surface::gathered<T, mode>::type
tex2Dgather(texture<T, cudaTextureType2D, mode> t, float x, float y, int comp = 0);

template <class T>
__device__ T surf1Dread(surface<void, cudaSurfaceType1D> s, int x,
                        cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surf1Dread(T *result, surface<void, cudaSurfaceType1D> s, int x,
                           cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surf1Dwrite(T value, surface<void, cudaSurfaceType1D> s, int x,
                            cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ T surf2Dread(surface<void, cudaSurfaceType2D> s, int x, int y,
                        cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surf2Dread(T *result, surface<void, cudaSurfaceType2D> s, int x, int y,
                           cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surf2Dwrite(T value, surface<void, cudaSurfaceType2D> s, int x, int y,
                            cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ T surf3Dread(surface<void, cudaSurfaceType3D> s, int x, int y, int z,
                        cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surf3Dread(T *result, surface<void, cudaSurfaceType3D> s, int x, int y, int z,
                           cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surf3Dwrite(T value, surface<void, cudaSurfaceType3D> s, int x, int y, int z,
                            cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ T surf1DLayeredread(surface<void, cudaSurfaceType1DLayered> s, int x, int layer,
                               cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surf1DLayeredread(T *result, surface<void, cudaSurfaceType1DLayered> s, int x,
                                  int layer, cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surf1DLayeredwrite(T value, surface<void, cudaSurfaceType1DLayered> s, int x,
                                   int layer, cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ T surf2DLayeredread(surface<void, cudaSurfaceType2DLayered> s, int x, int y, int layer,
                               cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surf2DLayeredread(T *result, surface<void, cudaSurfaceType2DLayered> s, int x,
                                  int y, int layer,
                                  cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surf2DLayeredwrite(T value, surface<void, cudaSurfaceType2DLayered> s, int x, int y,
                                   int layer, cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ T surfCubemapread(surface<void, cudaSurfaceTypeCubemap> s, int x, int y, int face,
                             cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surfCubemapread(T *result, surface<void, cudaSurfaceTypeCubemap> s, int x, int y,
                                int face, cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surfCubemapwrite(T value, surface<void, cudaSurfaceTypeCubemap> s, int x, int y,
                                 int face, cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ T surfCubemapLayeredread(surface<void, cudaSurfaceTypeCubemapLayered> s, int x, int y,
                                    int layerFace,
                                    cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surfCubemapLayeredread(T *result, surface<void, cudaSurfaceTypeCubemapLayered> s,
                                       int x, int y, int layerFace,
                                       cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);
template <class T>
__device__ void surfCubemapLayeredwrite(T value, surface<void, cudaSurfaceTypeCubemapLayered> s,
                                        int x, int y, int layerFace,
                                        cudaSurfaceBoundaryMode mode = cudaBoundaryModeTrap);

#endif

#endif
