// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How many blocks fit on a multiprocessor, by the limits that the device says it has.

#include "Kernel.h"

#include <algorithm>

using namespace cuport;

/// What blocks of a multiprocessor share: at least what one of them may have.
static size_t sharedOfMultiprocessor(const cudaDeviceProp &limits) {
  return std::max(limits.sharedMemPerMultiprocessor, limits.sharedMemPerBlockOptin);
}

cudaError_t cuport::blocksPerMultiprocessor(const Device &device, const Function &function, int blockSize,
                                            size_t dynamicShared, int &blocks) {
  const cudaDeviceProp &limits = device.properties;
  const cuport_kernel &kernel = *function.kernel.load(std::memory_order_relaxed);
  if (blockSize <= 0)
    return cudaErrorInvalidValue;
  blocks = 0;
  if (blockSize > limits.maxThreadsPerBlock || (kernel.max_threads && uint32_t(blockSize) > kernel.max_threads) ||
      dynamicShared > dynamicSharedLimit(device, function))
    return cudaSuccess;
  int warpSize = limits.warpSize;
  int threads = (blockSize + warpSize - 1) / warpSize * warpSize;
  blocks = std::min(limits.maxBlocksPerMultiProcessor, limits.maxThreadsPerMultiProcessor / threads);
  blocks = std::min(blocks, limits.regsPerMultiprocessor / (threads * RegistersPerThread));
  size_t shared = kernel.static_shared + dynamicShared;
  if (shared)
    blocks = int(std::min<size_t>(blocks, sharedOfMultiprocessor(limits) / shared));
  return cudaSuccess;
}

cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int *blocks, const void *handle, int blockSize,
                                                                   size_t dynamicShared, unsigned int flags) {
  return api([&](Device &device) {
    Function *function;
    if (!blocks || (flags & ~unsigned(cudaOccupancyDisableCachingOverride)))
      return cudaErrorInvalidValue;
    if (cudaError_t error = functionOf(handle, function))
      return error;
    return blocksPerMultiprocessor(device, *function, blockSize, dynamicShared, *blocks);
  });
}

cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessor(int *blocks, const void *handle, int blockSize,
                                                          size_t dynamicShared) {
  return cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(blocks, handle, blockSize, dynamicShared,
                                                                cudaOccupancyDefault);
}

cudaError_t cudaOccupancyAvailableDynamicSMemPerBlock(size_t *size, const void *handle, int blocks, int blockSize) {
  return api([&](Device &device) {
    Function *function;
    int fitting;
    if (!size || blocks <= 0)
      return cudaErrorInvalidValue;
    if (cudaError_t error = functionOf(handle, function))
      return error;
    if (cudaError_t error = blocksPerMultiprocessor(device, *function, blockSize, 0, fitting))
      return error;
    if (blocks > fitting)
      return cudaErrorInvalidValue;
    size_t share = sharedOfMultiprocessor(device.properties) / blocks;
    size_t fixed = function->kernel.load()->static_shared;
    *size = std::min(share > fixed ? share - fixed : 0, dynamicSharedLimit(device, *function));
    return cudaSuccess;
  });
}

cudaError_t cudaOccupancyMaxPotentialClusterSize(int *, const void *, const cudaLaunchConfig_t *) {
  return cuport_not_supported("cudaOccupancyMaxPotentialClusterSize");
}

cudaError_t cudaOccupancyMaxActiveClusters(int *, const void *, const cudaLaunchConfig_t *) {
  return cuport_not_supported("cudaOccupancyMaxActiveClusters");
}
