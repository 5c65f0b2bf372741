// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// An event is a name for its latest record. A record is made when an event is recorded, becomes complete when the queue reaches it, and
// outlives the event as long as someone waits for it.

#ifndef CUPORT_CPU_EVENT_H
#define CUPORT_CPU_EVENT_H

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace cuport::cpu {

class Device;
class Queue;

class Record {
public:
  using Clock = std::chrono::steady_clock;

  explicit Record(Queue &queue) : queue(queue) {}

  bool complete() const;
  void markComplete();
  void wait();
  /// Calls queue.resume() on completion; false if it is complete already.
  bool resumeLater(Queue &queue);
  /// Only after completion.
  Clock::time_point time() const { return completed; }

private:
  /// What wait() can do towards it in the caller's thread.
  void help();

  Queue &queue; ///< in which it is; may be gone when it is complete
  std::atomic<uint32_t> done{0};
  Clock::time_point completed;
  std::mutex lock;
  std::vector<Queue *> queues;
};

class Event {
public:
  Event(Device &device, uint32_t flags) : owner(device), flags(flags) {}
  Device &device() { return owner; }
  bool timed() const;

  void record(Queue &queue);
  std::shared_ptr<Record> latest();

private:
  Device &owner;
  const uint32_t flags;
  std::mutex lock;
  std::shared_ptr<Record> last;
};

/// Lets what is pushed to the queue from now on wait for the event's latest record.
void waitFor(Queue &queue, Event &event);

} // namespace cuport::cpu
#endif
