// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// make_char1 ... make_double4, on the host and in kernels.

#ifndef CUPORT_VECTOR_FUNCTIONS_H
#define CUPORT_VECTOR_FUNCTIONS_H

#include <cuport/vector_types.h>

#define CUPORT_MAKE static __inline__ __host__ __device__
#define CUPORT_MAKE_4(name, scalar)                                                                                    \
  CUPORT_MAKE name make_##name(scalar x, scalar y, scalar z, scalar w) {                                               \
    name v = {x, y, z, w};                                                                                             \
    return v;                                                                                                          \
  }
#define CUPORT_MAKE_1_TO_3(name, scalar)                                                                               \
  CUPORT_MAKE name##1 make_##name##1(scalar x) {                                                                       \
    name##1 v = {x};                                                                                                   \
    return v;                                                                                                          \
  }                                                                                                                    \
  CUPORT_MAKE name##2 make_##name##2(scalar x, scalar y) {                                                             \
    name##2 v = {x, y};                                                                                                \
    return v;                                                                                                          \
  }                                                                                                                    \
  CUPORT_MAKE name##3 make_##name##3(scalar x, scalar y, scalar z) {                                                   \
    name##3 v = {x, y, z};                                                                                             \
    return v;                                                                                                          \
  }
#define CUPORT_MAKE_ALL(name, scalar)                                                                                  \
  CUPORT_MAKE_1_TO_3(name, scalar)                                                                                     \
  CUPORT_MAKE_4(name##4, scalar)
#define CUPORT_MAKE_ALIGNED(name, scalar)                                                                              \
  CUPORT_MAKE_4(name##4_16a, scalar)                                                                                   \
  CUPORT_MAKE_4(name##4_32a, scalar)

CUPORT_MAKE_ALL(char, signed char)
CUPORT_MAKE_ALL(uchar, unsigned char)
CUPORT_MAKE_ALL(short, short)
CUPORT_MAKE_ALL(ushort, unsigned short)
CUPORT_MAKE_ALL(int, int)
CUPORT_MAKE_ALL(uint, unsigned int)
CUPORT_MAKE_ALL(long, long)
CUPORT_MAKE_ALL(ulong, unsigned long)
CUPORT_MAKE_ALL(longlong, long long)
CUPORT_MAKE_ALL(ulonglong, unsigned long long)
CUPORT_MAKE_ALL(float, float)
CUPORT_MAKE_ALL(double, double)
CUPORT_MAKE_ALIGNED(long, long)
CUPORT_MAKE_ALIGNED(ulong, unsigned long)
CUPORT_MAKE_ALIGNED(longlong, long long)
CUPORT_MAKE_ALIGNED(ulonglong, unsigned long long)
CUPORT_MAKE_ALIGNED(double, double)

#undef CUPORT_MAKE
#undef CUPORT_MAKE_1_TO_3
#undef CUPORT_MAKE_4
#undef CUPORT_MAKE_ALL
#undef CUPORT_MAKE_ALIGNED

#endif
