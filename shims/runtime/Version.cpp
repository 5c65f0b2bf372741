// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which CUDA this is, and calls that have nothing to do here.

#include "Device.h"

using namespace cuport;

cudaError_t cudaRuntimeGetVersion(int *version) {
  if (!version)
    return noted(cudaErrorInvalidValue);
  *version = CUDART_VERSION;
  return cudaSuccess;
}

cudaError_t cudaDriverGetVersion(int *version) { return cudaRuntimeGetVersion(version); }

cudaError_t cudaProfilerStart() {
  return api([](Device &) { return cudaSuccess; });
}

cudaError_t cudaProfilerStop() {
  return api([](Device &) { return cudaSuccess; });
}
