// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A device: a name for the machine's cores and a share of its memory, and the place where a kernel's fault stays. Several devices
// (CUPORT_DEVICES) share the cores.

#ifndef CUPORT_CPU_DEVICE_H
#define CUPORT_CPU_DEVICE_H

#include "../../runtime/Backend.h"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <unordered_set>

namespace cuport::cpu {

class Queue;

class Device {
public:
  /// Null where there is no such device.
  static Device *get(int number);

  int fault() const { return faulted.load(std::memory_order_acquire); }
  /// The first fault stays.
  void setFault(int status);
  /// Whether operations that work on memory shall be left out: after a fault, and while reset() empties the queues.
  bool dropping() const { return fault() || resetting.load(std::memory_order_acquire); }
  void reset();
  void describe(cuport_device_properties &properties) const;

  void add(Queue &queue);
  void remove(Queue &queue);

  /// Takes bytes out of the device's memory; false if it has not so many.
  bool reserve(uint64_t bytes);
  void giveBack(uint64_t bytes);
  uint64_t used() const { return usedBytes.load(std::memory_order_relaxed); }

private:
  std::atomic<int> faulted{0};
  std::atomic<bool> resetting{false};
  std::atomic<uint64_t> usedBytes{0};
  std::mutex lock;
  std::unordered_set<Queue *> queues;
};

} // namespace cuport::cpu
#endif
