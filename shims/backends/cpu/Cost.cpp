// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Cost.h"

#include <algorithm>
#include <limits>

namespace cuport::cpu {

static constexpr size_t Slots = 4096;

Cost &Cost::of(const cuport_kernel *kernel) {
  // All zero bits at first, so that a program's first launch does not have to touch each page.
  static constinit Cost table[Slots], unknown;
  if (kernel->flags & CUPORT_KERNEL_WAITS)
    return unknown;
  auto hash = reinterpret_cast<uintptr_t>(kernel) * 0x9e3779b97f4a7c15u;
  for (size_t i = 0, at = hash >> 32; i < 16; ++i, ++at) {
    Cost &slot = table[at % Slots];
    const cuport_kernel *there = slot.kernel.load(std::memory_order_acquire);
    if (there == kernel)
      return slot;
    if (!there && (slot.kernel.compare_exchange_strong(there, kernel) || there == kernel))
      return slot;
  }
  return unknown;
}

float Cost::estimate(uint64_t threads) const {
  float each = perThread.load(std::memory_order_relaxed);
  return each == 0 || !kernel.load(std::memory_order_relaxed) ? std::numeric_limits<float>::infinity()
                                                               : each * float(threads);
}

void Cost::add(uint64_t threads, uint64_t nanoseconds) {
  float now = float(std::max<uint64_t>(nanoseconds, 1)) / float(threads);
  float before = perThread.load(std::memory_order_relaxed);
  // Falls slowly and rises at once: what was long once may be so again.
  perThread.store(before == 0 ? now : std::max(now, (before + now) / 2), std::memory_order_relaxed);
}

} // namespace cuport::cpu
