// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The small functions that CUDA's headers define in place: no library has them.

#ifndef CUPORT_DRIVER_FUNCTIONS_H
#define CUPORT_DRIVER_FUNCTIONS_H

#include <cuda_runtime_api.h>

#define CUPORT_INLINE static __inline__ __host__

CUPORT_INLINE struct cudaPitchedPtr make_cudaPitchedPtr(void *d, size_t p, size_t xsz, size_t ysz) {
  struct cudaPitchedPtr pointer = {d, p, xsz, ysz};
  return pointer;
}

CUPORT_INLINE struct cudaPos make_cudaPos(size_t x, size_t y, size_t z) {
  struct cudaPos position = {x, y, z};
  return position;
}

CUPORT_INLINE struct cudaExtent make_cudaExtent(size_t w, size_t h, size_t d) {
  struct cudaExtent extent = {w, h, d};
  return extent;
}

#undef CUPORT_INLINE

#ifdef __cplusplus

/// One channel description a type: bits of x, y, z, w. Types that are no texels have none.
template <class T> struct cuport_channel {
  static cudaChannelFormatDesc make() { return {0, 0, 0, 0, cudaChannelFormatKindNone}; }
};
#define CUPORT_CHANNEL(type, x, y, z, w, kind)                                                                         \
  template <> struct cuport_channel<type> {                                                                            \
    static cudaChannelFormatDesc make() { return {x, y, z, w, cudaChannelFormatKind##kind}; }                          \
  };
#define CUPORT_CHANNELS(name, scalar, bits, kind)                                                                      \
  CUPORT_CHANNEL(scalar, bits, 0, 0, 0, kind)                                                                          \
  CUPORT_CHANNEL(name##1, bits, 0, 0, 0, kind)                                                                         \
  CUPORT_CHANNEL(name##2, bits, bits, 0, 0, kind)                                                                      \
  CUPORT_CHANNEL(name##3, bits, bits, bits, 0, kind)                                                                   \
  CUPORT_CHANNEL(name##4, bits, bits, bits, bits, kind)
CUPORT_CHANNEL(char, 8, 0, 0, 0, Signed)
CUPORT_CHANNELS(char, signed char, 8, Signed)
CUPORT_CHANNELS(uchar, unsigned char, 8, Unsigned)
CUPORT_CHANNELS(short, short, 16, Signed)
CUPORT_CHANNELS(ushort, unsigned short, 16, Unsigned)
CUPORT_CHANNELS(int, int, 32, Signed)
CUPORT_CHANNELS(uint, unsigned int, 32, Unsigned)
CUPORT_CHANNELS(float, float, 32, Float)
#undef CUPORT_CHANNEL
#undef CUPORT_CHANNELS

template <class T> inline cudaChannelFormatDesc cudaCreateChannelDesc() { return cuport_channel<T>::make(); }

inline cudaChannelFormatDesc cudaCreateChannelDescHalf() { return {16, 0, 0, 0, cudaChannelFormatKindFloat}; }
inline cudaChannelFormatDesc cudaCreateChannelDescHalf1() { return {16, 0, 0, 0, cudaChannelFormatKindFloat}; }
inline cudaChannelFormatDesc cudaCreateChannelDescHalf2() { return {16, 16, 0, 0, cudaChannelFormatKindFloat}; }
inline cudaChannelFormatDesc cudaCreateChannelDescHalf4() { return {16, 16, 16, 16, cudaChannelFormatKindFloat}; }
inline cudaChannelFormatDesc cudaCreateChannelDescNV12() { return {8, 8, 8, 0, cudaChannelFormatKindNV12}; }

#endif

#endif
