// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// hipRAND's device functions, which are cuRAND's.

#ifndef CUPORT_HIPRAND_HIPRAND_KERNEL_H
#define CUPORT_HIPRAND_HIPRAND_KERNEL_H

// Code asks by this name whether the header is in.
#define HIPRAND_KERNEL_H_

#include <curand_kernel.h>
#include <hip/hip_runtime.h>
#include <hiprand/hiprand.h>
#ifdef CUPORT_COMPILES_KERNELS

typedef curandState hiprandState;
typedef curandState hiprandState_t;
#define CUPORT_STATE(name)                                                                                             \
  typedef curandState##name hiprandState##name;                                                                        \
  typedef curandState##name hiprandState##name##_t;
CUPORT_STATE(XORWOW)
CUPORT_STATE(MRG32k3a)
CUPORT_STATE(Philox4_32_10)
CUPORT_STATE(Mtgp32)
CUPORT_STATE(Sobol32)
CUPORT_STATE(ScrambledSobol32)
CUPORT_STATE(Sobol64)
CUPORT_STATE(ScrambledSobol64)
#undef CUPORT_STATE

#define CUPORT_FUNCTION(name)                                                                                          \
  template <class... Arguments> CUPORT_MEMBER auto hiprand##name(Arguments... arguments) {                             \
    return curand##name(arguments...);                                                                                 \
  }
CUPORT_FUNCTION()
CUPORT_FUNCTION(4)
CUPORT_FUNCTION(_init)
CUPORT_FUNCTION(_uniform)
CUPORT_FUNCTION(_uniform4)
CUPORT_FUNCTION(_uniform_double)
CUPORT_FUNCTION(_uniform2_double)
CUPORT_FUNCTION(_uniform4_double)
CUPORT_FUNCTION(_normal)
CUPORT_FUNCTION(_normal2)
CUPORT_FUNCTION(_normal4)
CUPORT_FUNCTION(_normal_double)
CUPORT_FUNCTION(_normal2_double)
CUPORT_FUNCTION(_normal4_double)
CUPORT_FUNCTION(_log_normal)
CUPORT_FUNCTION(_log_normal2)
CUPORT_FUNCTION(_log_normal4)
CUPORT_FUNCTION(_log_normal_double)
CUPORT_FUNCTION(_log_normal2_double)
CUPORT_FUNCTION(_log_normal4_double)
CUPORT_FUNCTION(_poisson)
CUPORT_FUNCTION(_poisson4)
CUPORT_FUNCTION(_discrete)
CUPORT_FUNCTION(_discrete4)
#undef CUPORT_FUNCTION

#endif

#endif
