// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// char1 ... double4 and dim3: CUDA's vectors are plain structs, with the alignment of their vector
// loads.

#ifndef CUPORT_VECTOR_TYPES_H
#define CUPORT_VECTOR_TYPES_H

#include <cuport/keywords.h>

#define CUPORT_VECTOR_1(name, scalar)                                                              \
  struct name##1 { scalar x; };                                                                    \
  typedef struct name##1 name##1;
#define CUPORT_VECTOR_2(name, scalar, alignment)                                                   \
  struct __attribute__((aligned(alignment))) name##2 { scalar x, y; };                             \
  typedef struct name##2 name##2;
#define CUPORT_VECTOR_3(name, scalar)                                                              \
  struct name##3 { scalar x, y, z; };                                                              \
  typedef struct name##3 name##3;
#define CUPORT_VECTOR_4(name, scalar, alignment)                                                   \
  struct __attribute__((aligned(alignment))) name##4 { scalar x, y, z, w; };                       \
  typedef struct name##4 name##4;
#define CUPORT_VECTORS(name, scalar, alignment2, alignment4)                                       \
  CUPORT_VECTOR_1(name, scalar)                                                                    \
  CUPORT_VECTOR_2(name, scalar, alignment2)                                                        \
  CUPORT_VECTOR_3(name, scalar)                                                                    \
  CUPORT_VECTOR_4(name, scalar, alignment4)

CUPORT_VECTORS(char, signed char, 2, 4)
CUPORT_VECTORS(uchar, unsigned char, 2, 4)
CUPORT_VECTORS(short, short, 4, 8)
CUPORT_VECTORS(ushort, unsigned short, 4, 8)
CUPORT_VECTORS(int, int, 8, 16)
CUPORT_VECTORS(uint, unsigned int, 8, 16)
CUPORT_VECTORS(long, long, 2 * sizeof(long), 16)
CUPORT_VECTORS(ulong, unsigned long, 2 * sizeof(long), 16)
CUPORT_VECTORS(longlong, long long, 16, 16)
CUPORT_VECTORS(ulonglong, unsigned long long, 16, 16)
CUPORT_VECTORS(float, float, 8, 16)
CUPORT_VECTORS(double, double, 16, 16)

// The forms of 32 bytes that say their alignment.
#define CUPORT_VECTOR_ALIGNED(name, scalar, alignment)                                             \
  struct __attribute__((aligned(alignment))) name {                                                \
    scalar x, y, z, w;                                                                             \
  };                                                                                               \
  typedef struct name name;
CUPORT_VECTOR_ALIGNED(long4_16a, long, 16)
CUPORT_VECTOR_ALIGNED(long4_32a, long, 32)
CUPORT_VECTOR_ALIGNED(ulong4_16a, unsigned long, 16)
CUPORT_VECTOR_ALIGNED(ulong4_32a, unsigned long, 32)
CUPORT_VECTOR_ALIGNED(longlong4_16a, long long, 16)
CUPORT_VECTOR_ALIGNED(longlong4_32a, long long, 32)
CUPORT_VECTOR_ALIGNED(ulonglong4_16a, unsigned long long, 16)
CUPORT_VECTOR_ALIGNED(ulonglong4_32a, unsigned long long, 32)
CUPORT_VECTOR_ALIGNED(double4_16a, double, 16)
CUPORT_VECTOR_ALIGNED(double4_32a, double, 32)

#undef CUPORT_VECTOR_1
#undef CUPORT_VECTOR_2
#undef CUPORT_VECTOR_3
#undef CUPORT_VECTOR_4
#undef CUPORT_VECTORS
#undef CUPORT_VECTOR_ALIGNED

struct dim3 {
  unsigned int x, y, z;
#ifdef __cplusplus
  __host__ __device__ constexpr dim3(unsigned int x = 1, unsigned int y = 1, unsigned int z = 1)
      : x(x), y(y), z(z) {}
  __host__ __device__ constexpr dim3(uint3 v) : x(v.x), y(v.y), z(v.z) {}
  __host__ __device__ constexpr operator uint3() const { return uint3{x, y, z}; }
#endif
};
typedef struct dim3 dim3;

#endif
