// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A queue (CUDA's stream): operations that run one after another.
//
//   push(operation)  -> idle and short: run by the caller at once
//                    -> else appended; an idle queue is given to the pool
//   runSome()        -> a thread of the pool runs operations until none is left, one has to wait for an event, or others
//                       should have their turn
//   synchronize()    -> the caller waits, or does that itself where no thread has come to it yet
//
// A queue is a list and a lock, no thread; there may be tens of thousands.

#ifndef CUPORT_CPU_QUEUE_H
#define CUPORT_CPU_QUEUE_H

#include "Event.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

namespace cuport::cpu {

class Device;
class Queue;

/// One thing to do. Owned by the queue once it is pushed.
class Operation {
public:
  virtual ~Operation() = default;
  /// Does it. False: not yet; the operation has seen to it that queue.resume() is called.
  virtual bool run(Queue &queue) = 0;
  /// Whether it may run in the thread that pushes it, when nothing is before it.
  virtual bool shortEnough() const { return false; }

private:
  friend class Queue;
  Operation *next = nullptr;
};

class Queue {
public:
  explicit Queue(Device &device);

  void push(std::unique_ptr<Operation> operation);
  /// Runs `operation` in the caller's thread if the queue is idle and returns true; false: nothing was done.
  bool runNow(Operation &operation);
  bool idle();
  /// Waits for all that was pushed before.
  void synchronize();
  /// For a caller that will wait for the queue, and watches it: does what no thread of the pool has begun to do, until hadEnough().
  void help(const std::function<bool()> &hadEnough);
  /// Keeps it alive until unwatch(); false if it is ending already.
  bool watch();
  void unwatch();
  /// Whoever owns it gives it up; it ends with its last operation.
  void destroy();
  Device &device() { return owner; }

  /// Of a queue that is scheduled: runs what is there, until hadEnough() after an operation, which is asked with the lock held. True:
  /// there is more, and it is the caller's to run or schedule it.
  bool runSome(const std::function<bool()> &hadEnough);
  /// For operations that had to wait: what they waited for is there.
  void resume();

private:
  enum class State { Idle, Scheduled, Waiting };

  ~Queue();
  /// With the lock held: ends it if nobody wants it any more, which returns true and lets the lock go.
  bool endIfDone(std::unique_lock<std::mutex> &hold);
  /// One operation has ended, and the lock is held.
  void finished();
  /// After an operation, with the lock held, which it lets go; the queue may be gone.
  void becomeIdle(std::unique_lock<std::mutex> &hold);

  Device &owner;
  std::mutex lock;
  std::condition_variable progress;
  Operation *head = nullptr;
  Operation *tail = nullptr;
  uint64_t pushed = 0, ended = 0;
  uint32_t watchers = 0; ///< threads that wait for progress or keep it alive
  bool ending = false;
  State state = State::Idle;
  bool resumed = false; ///< resume() came before the operation had said that it waits
  bool dying = false;
};

} // namespace cuport::cpu
#endif
