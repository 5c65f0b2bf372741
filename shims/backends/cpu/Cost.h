// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What kernels cost, measured: a kernel that has shown to be short runs in the thread that launches it, which saves waking
// another. A kernel never seen counts as long, and so does one that may wait for the host (CUPORT_KERNEL_WAITS): it must not wait
// in the host's own thread.

#ifndef CUPORT_CPU_COST_H
#define CUPORT_CPU_COST_H

#include "Block.h"

#include <atomic>
#include <cstdint>

namespace cuport::cpu {

class Cost {
public:
  /// The kernel's, or a common one that always says long: for kernels that may wait, and where the table is full.
  static Cost &of(const cuport_kernel *kernel);

  /// Whether so many threads may run in the launching thread; and whether they are worth more than one thread.
  bool isShort(uint64_t threads) const { return estimate(threads) < ShortNanoseconds; }
  void add(uint64_t threads, uint64_t nanoseconds);

private:
  static constexpr float ShortNanoseconds = 10000;
  float estimate(uint64_t threads) const;

  std::atomic<const cuport_kernel *> kernel{nullptr};
  std::atomic<float> perThread{0}; ///< nanoseconds; 0: never seen
};

} // namespace cuport::cpu
#endif
