// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What kernels call and every backend does the same way: the functions of intrinsics.h that are no collectives.

#include "Device.h"
#include "Kernel.h"

#include <cstdlib>
#include <ctime>
#include <malloc.h>

using namespace cuport;

namespace {

std::atomic<size_t> heapUsed{0};

size_t heapLimit() {
  std::vector<Device *> *all;
  if (devices(all))
    return 0;
  // Kernels do not know their device; the limit is that of the first.
  std::lock_guard lock((*all)[0]->limitsMutex);
  return (*all)[0]->limits[cudaLimitMallocHeapSize];
}

} // namespace

CUPORT_EXPORT unsigned long long __cuport_clock() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return uint64_t(now.tv_sec) * 1000000000u + uint64_t(now.tv_nsec);
}

CUPORT_EXPORT void __cuport_nanosleep(unsigned nanoseconds) { backend().thread_sleep(nanoseconds); }

CUPORT_EXPORT int __cuport_is_constant(const void *pointer) { return isConstant(pointer); }

CUPORT_EXPORT void *__cuport_device_malloc(unsigned long long size) {
  if (size == 0)
    return nullptr;
  void *pointer = std::malloc(size);
  if (!pointer)
    return nullptr;
  size_t real = malloc_usable_size(pointer);
  if (heapUsed.fetch_add(real) + real > heapLimit()) {
    heapUsed -= real;
    std::free(pointer);
    return nullptr;
  }
  return pointer;
}

CUPORT_EXPORT void __cuport_device_free(void *pointer) {
  if (!pointer)
    return;
  heapUsed -= malloc_usable_size(pointer);
  std::free(pointer);
}
