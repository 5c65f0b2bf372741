// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Memory pools. A pool keeps nothing back: what is freed goes to the backend, whose allocator has caches of its own; the pool
// counts, and remembers what was set.

#ifndef CUPORT_RUNTIME_POOL_H
#define CUPORT_RUNTIME_POOL_H

#include "Device.h"

struct CUmemPoolHandle_st {
  static constexpr uint32_t Magic = 0x506f6f6c;

  uint32_t magic = Magic;
  cuport::Device &device;
  bool isDefault = false;
  cudaMemPoolProps properties{};
  std::atomic<int> followEvents{1}, opportunistic{1}, internal{1};
  std::atomic<uint64_t> releaseThreshold{0};
  std::atomic<uint64_t> used{0}, usedHigh{0};

  explicit CUmemPoolHandle_st(cuport::Device &device) : device(device) {}
  void count(size_t size);
};

namespace cuport {

/// The device's default pool, made when first asked for.
cudaMemPool_t defaultPool(Device &device);

/// Allocates in the stream's order; a null pool is the device's current one.
cudaError_t allocateInOrder(Stream &stream, cudaMemPool_t pool, size_t size, void *&pointer);
cudaError_t freeInOrder(Stream &stream, void *pointer);

} // namespace cuport

#endif
