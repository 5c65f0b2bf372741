// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What memory there is: everything that was allocated, registered, or came with a program as a device variable, by address.

#ifndef CUPORT_RUNTIME_MEMORY_H
#define CUPORT_RUNTIME_MEMORY_H

#include "Device.h"

namespace cuport {

enum class Origin : uint8_t {
  Allocated,  ///< by cudaMalloc and its kin
  Pooled,     ///< by cudaMallocAsync: freed in a stream's order
  Registered, ///< the program's own, by cudaHostRegister
  Graph,      ///< of a graph: goes with it
  Mapped,     ///< by cuMemMap
  Variable,   ///< __device__, __constant__ or __managed__
};

struct Allocation {
  char *begin = nullptr;
  size_t size = 0;
  cuport_memory_kind kind = CUPORT_MEMORY_HOST;
  Origin origin = Origin::Allocated;
  int device = 0;
  unsigned flags = 0;
  cudaMemPool_t pool = nullptr;
  CUcontext context = nullptr; ///< that was current; null where nobody asked for the memory, as for a variable
  unsigned long long id = 0;
  // What cudaMemAdvise and cudaMemPrefetchAsync were told; asked for by cudaMemRangeGetAttribute.
  bool readMostly = false;
  cudaMemLocation preferred{cudaMemLocationTypeInvalid, 0};
  cudaMemLocation prefetched{cudaMemLocationTypeInvalid, 0};
  std::vector<int> accessedBy;

  size_t after(const void *pointer) const { return begin + size - static_cast<const char *>(pointer); }
};

/// The allocation that \p pointer is in; false: memory that CUDA knows nothing of.
bool findAllocation(const void *pointer, Allocation &found);

/// Changes the allocation that \p pointer is in; false if there is none.
bool changeAllocation(const void *pointer, void (*change)(Allocation &, void *), void *data);

void addAllocation(const Allocation &allocation);
void removeAllocation(const void *begin);

/// Gets memory from the backend and notes it.
cudaError_t allocate(Device &device, cuport_memory_kind kind, size_t size, void *&pointer, Origin origin = Origin::Allocated,
                     unsigned flags = 0, cudaMemPool_t pool = nullptr);
/// Gives it back at once.
cudaError_t release(const Allocation &allocation);
/// Gives back all that was allocated on the device: cudaDeviceReset.
void releaseAll(Device &device);

/// How far apart rows are that CUDA pads.
inline size_t paddedPitch(size_t width) { return (width + 511) / 512 * 512; }

} // namespace cuport

#endif
