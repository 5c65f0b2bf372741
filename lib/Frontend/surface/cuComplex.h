// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUCOMPLEX_H
#define CUPORT_SURFACE_CUCOMPLEX_H

#include <cuport/vector_types.h>

#include <math.h>

typedef float2 cuFloatComplex;
typedef double2 cuDoubleComplex;
typedef cuFloatComplex cuComplex;

#define CUPORT_COMPLEX static __inline__ __host__ __device__

#define CUPORT_COMPLEX_FUNCTIONS(complex, scalar, f)                                               \
  CUPORT_COMPLEX scalar cuCreal##f(complex a) { return a.x; }                                      \
  CUPORT_COMPLEX scalar cuCimag##f(complex a) { return a.y; }                                      \
  CUPORT_COMPLEX complex make_##complex(scalar re, scalar im) {                                    \
    complex r = {re, im};                                                                          \
    return r;                                                                                      \
  }                                                                                                \
  CUPORT_COMPLEX complex cuConj##f(complex a);                                                     \
  CUPORT_COMPLEX complex cuCadd##f(complex a, complex b);                                          \
  CUPORT_COMPLEX complex cuCsub##f(complex a, complex b);                                          \
  CUPORT_COMPLEX complex cuCmul##f(complex a, complex b);                                          \
  CUPORT_COMPLEX complex cuCdiv##f(complex a, complex b);                                          \
  CUPORT_COMPLEX complex cuCfma##f(complex a, complex b, complex c);                               \
  CUPORT_COMPLEX scalar cuCabs##f(complex a);
CUPORT_COMPLEX_FUNCTIONS(cuFloatComplex, float, f)
CUPORT_COMPLEX_FUNCTIONS(cuDoubleComplex, double, )

CUPORT_COMPLEX cuComplex make_cuComplex(float re, float im);
CUPORT_COMPLEX cuDoubleComplex cuComplexFloatToDouble(cuFloatComplex a);
CUPORT_COMPLEX cuFloatComplex cuComplexDoubleToFloat(cuDoubleComplex a);

#undef CUPORT_COMPLEX
#undef CUPORT_COMPLEX_FUNCTIONS

#endif
