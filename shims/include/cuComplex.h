// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA's complex numbers: float2 and double2 with functions, for C and C++, on the host and in kernels.

#ifndef CUPORT_CUCOMPLEX_H
#define CUPORT_CUCOMPLEX_H

// Code asks by this name whether the header is in.
#define CU_COMPLEX_H_

#include <cuport/vector_types.h>

#include <math.h>

typedef float2 cuFloatComplex;
typedef double2 cuDoubleComplex;
typedef cuFloatComplex cuComplex;

#define CUPORT_COMPLEX static __inline__ __host__ __device__

#define CUPORT_COMPLEX_FUNCTIONS(complex, scalar, f)                                                                   \
  CUPORT_COMPLEX scalar cuCreal##f(complex a) { return a.x; }                                                          \
  CUPORT_COMPLEX scalar cuCimag##f(complex a) { return a.y; }                                                          \
  CUPORT_COMPLEX complex make_##complex(scalar re, scalar im) {                                                        \
    complex r = {re, im};                                                                                              \
    return r;                                                                                                          \
  }                                                                                                                    \
  CUPORT_COMPLEX complex cuConj##f(complex a) { return make_##complex(a.x, -a.y); }                                    \
  CUPORT_COMPLEX complex cuCadd##f(complex a, complex b) { return make_##complex(a.x + b.x, a.y + b.y); }              \
  CUPORT_COMPLEX complex cuCsub##f(complex a, complex b) { return make_##complex(a.x - b.x, a.y - b.y); }              \
  CUPORT_COMPLEX complex cuCmul##f(complex a, complex b) {                                                             \
    return make_##complex(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);                                               \
  }                                                                                                                    \
  /* Divides by the larger part first, so that |b| squared cannot overflow. */                                         \
  CUPORT_COMPLEX complex cuCdiv##f(complex a, complex b) {                                                             \
    if (__builtin_fabs##f(b.x) >= __builtin_fabs##f(b.y)) {                                                            \
      scalar ratio = b.y / b.x, length = b.x + b.y * ratio;                                                            \
      return make_##complex((a.x + a.y * ratio) / length, (a.y - a.x * ratio) / length);                               \
    }                                                                                                                  \
    scalar ratio = b.x / b.y, length = b.x * ratio + b.y;                                                              \
    return make_##complex((a.x * ratio + a.y) / length, (a.y * ratio - a.x) / length);                                 \
  }                                                                                                                    \
  CUPORT_COMPLEX complex cuCfma##f(complex a, complex b, complex c) {                                                  \
    return make_##complex(a.x * b.x + c.x - a.y * b.y, a.x * b.y + c.y + a.y * b.x);                                   \
  }                                                                                                                    \
  /* Scaled by the larger part, so that squares cannot overflow. */                                                    \
  CUPORT_COMPLEX scalar cuCabs##f(complex a) {                                                                         \
    scalar x = __builtin_fabs##f(a.x), y = __builtin_fabs##f(a.y), large = x > y ? x : y, small = x > y ? y : x;       \
    if (large == 0 || __builtin_isinf(large))                                                                          \
      return large;                                                                                                    \
    scalar ratio = small / large;                                                                                      \
    return large * __builtin_sqrt##f(1 + ratio * ratio);                                                               \
  }
CUPORT_COMPLEX_FUNCTIONS(cuFloatComplex, float, f)
CUPORT_COMPLEX_FUNCTIONS(cuDoubleComplex, double, )

CUPORT_COMPLEX cuComplex make_cuComplex(float re, float im) { return make_cuFloatComplex(re, im); }
CUPORT_COMPLEX cuDoubleComplex cuComplexFloatToDouble(cuFloatComplex a) { return make_cuDoubleComplex(a.x, a.y); }
CUPORT_COMPLEX cuFloatComplex cuComplexDoubleToFloat(cuDoubleComplex a) {
  return make_cuFloatComplex((float)a.x, (float)a.y);
}

#undef CUPORT_COMPLEX
#undef CUPORT_COMPLEX_FUNCTIONS

#endif
