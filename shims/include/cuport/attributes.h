// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How the functions of the device headers are declared. A short wrapper leaves no trace in the debug information, so that
// what it calls stands at the line of the program that called it: barriers and traps are named by that line.

#ifndef CUPORT_ATTRIBUTES_H
#define CUPORT_ATTRIBUTES_H

/// A short function of kernels.
#define CUPORT_DEVICE static __inline__ __attribute__((device, always_inline, nodebug, unused))
/// A short function of kernels and of the host.
#define CUPORT_HOST_DEVICE static __inline__ __attribute__((host, device, always_inline, nodebug, unused))
/// The same for members.
#define CUPORT_MEMBER __attribute__((host, device, always_inline, nodebug)) inline
#define CUPORT_DEVICE_MEMBER __attribute__((device, always_inline, nodebug)) inline
/// Functions that are too long to be copied into each caller.
#define CUPORT_LONG_DEVICE static __inline__ __attribute__((device, unused))
#define CUPORT_LONG_HOST_DEVICE static __inline__ __attribute__((host, device, unused))

/// The C library's function `symbol` under a name that only device code uses.
#define CUPORT_FROM_LIBRARY(result, name, symbol) \
  extern "C" __attribute__((host, device)) result name __asm__(#symbol)

#endif
