// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What comes with ROCm's runtime header when CUDA source is bound to it directly: what a .cu file may ask for.

#ifndef CUPORT_ROCM_PRELUDE_H
#define CUPORT_ROCM_PRELUDE_H

#include <cuport/hip5.h>

#if HIP_VERSION_MAJOR < 6
// C++ forms that CUDA has and this release has not.
template <class T> inline hipError_t hipMallocPitch(T **pointer, size_t *pitch, size_t width, size_t height) {
  return hipMallocPitch(reinterpret_cast<void **>(pointer), pitch, width, height);
}
template <class T> inline hipError_t hipHostGetDevicePointer(T **device, void *host, unsigned flags) {
  return hipHostGetDevicePointer(reinterpret_cast<void **>(device), host, flags);
}
#endif

// nvcc's own header brings these, and code relies on it.
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cuport/warp.h>

#ifndef __CUDACC__
#define __CUDACC__ 1
#endif

#endif
