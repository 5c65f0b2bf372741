// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What nvcc accepts and clang does not, for parses against NVIDIA's own headers: included behind
// cuda_runtime.h.

#ifndef CUPORT_SURFACE_NVCC_DIALECT_H
#define CUPORT_SURFACE_NVCC_DIALECT_H

#ifdef __cplusplus

// clang knows managed variables for HIP only; a device variable may be named by the host too.
#undef __managed__
#define __managed__ __attribute__((device))

#define CUPORT_NVCC_PAIR(type)                                                                     \
  static inline __attribute__((host)) type min(type a, type b) { return b < a ? b : a; }           \
  static inline __attribute__((host)) type max(type a, type b) { return a < b ? b : a; }
CUPORT_NVCC_PAIR(int)
CUPORT_NVCC_PAIR(unsigned int)
CUPORT_NVCC_PAIR(long)
CUPORT_NVCC_PAIR(unsigned long)
CUPORT_NVCC_PAIR(long long)
CUPORT_NVCC_PAIR(unsigned long long)
CUPORT_NVCC_PAIR(float)
CUPORT_NVCC_PAIR(double)
#undef CUPORT_NVCC_PAIR

#endif

#endif
