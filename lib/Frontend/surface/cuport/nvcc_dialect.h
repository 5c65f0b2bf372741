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

#define CUPORT_NVCC_PAIR(result, first, second)                                                    \
  static inline __attribute__((host)) result min(first a, second b) { return b < a ? b : a; }      \
  static inline __attribute__((host)) result max(first a, second b) { return a < b ? b : a; }
#define CUPORT_NVCC_PAIRS(narrow, wide)                                                            \
  CUPORT_NVCC_PAIR(narrow, narrow, narrow)                                                         \
  CUPORT_NVCC_PAIR(wide, wide, wide)                                                               \
  CUPORT_NVCC_PAIR(wide, narrow, wide)                                                             \
  CUPORT_NVCC_PAIR(wide, wide, narrow)
CUPORT_NVCC_PAIRS(int, unsigned int)
CUPORT_NVCC_PAIRS(long, unsigned long)
CUPORT_NVCC_PAIRS(long long, unsigned long long)
CUPORT_NVCC_PAIRS(float, double)
#undef CUPORT_NVCC_PAIRS
#undef CUPORT_NVCC_PAIR

#endif

#endif
