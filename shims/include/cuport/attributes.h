// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How the functions of the device headers are declared. A short wrapper leaves no trace in the debug information, so that
// what it calls stands at the line of the program that called it: barriers and traps are named by that line.

#ifndef CUPORT_ATTRIBUTES_H
#define CUPORT_ATTRIBUTES_H

#include <cuport/keywords.h>

// A host compiler sees the functions that are for the host, too.
#ifdef CUPORT_COMPILES_KERNELS
#define CUPORT_SHORT always_inline, nodebug
#else
#define CUPORT_SHORT always_inline
#endif

/// A short function of kernels.
#define CUPORT_DEVICE static __inline__ __device__ __attribute__((CUPORT_SHORT, unused))
/// A short function of kernels and of the host.
#define CUPORT_HOST_DEVICE static __inline__ __host__ __device__ __attribute__((CUPORT_SHORT, unused))
/// The same for members and templates.
#define CUPORT_MEMBER __host__ __device__ __attribute__((CUPORT_SHORT)) inline
#define CUPORT_DEVICE_MEMBER __device__ __attribute__((CUPORT_SHORT)) inline
/// Functions that are too long to be copied into each caller.
#define CUPORT_LONG_DEVICE static __inline__ __device__ __attribute__((unused))
#define CUPORT_LONG_HOST_DEVICE static __inline__ __host__ __device__ __attribute__((unused))

/// The C library's function `symbol` under a name that kernels may call.
#define CUPORT_FROM_LIBRARY(result, name, symbol) extern "C" __host__ __device__ result name __asm__(#symbol)

#endif
