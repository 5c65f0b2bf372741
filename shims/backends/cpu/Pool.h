// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The threads of the operating system that run what is queued.
//
//   a queue gets work  -> schedule(queue): some thread runs its operations one after another
//   one is a launch    -> run(grid): that thread takes blocks, and so do idle ones
//   somebody waits     -> takeBack(queue): if no thread has come yet, who waits runs it
//
// The first thread is made with the first queue, others when there is work and none is idle. More than cores may be, since an
// operation can wait for the host; a grid is never on more than CUPORT_THREADS at once. They never end: a process that exits stops
// them where they are.

#ifndef CUPORT_CPU_POOL_H
#define CUPORT_CPU_POOL_H

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

namespace cuport::cpu {

class Grid;
class Queue;

class Pool {
public:
  static Pool &get();

  /// Runs the grid and returns when it has ended.
  void run(Grid &grid);
  /// Lets a thread call queue.runSome(). A queue is not scheduled twice.
  void schedule(Queue &queue);
  /// Takes a queue that is scheduled, and that no thread runs yet, for the caller to run; false: it is too late.
  bool takeBack(Queue &queue);
  /// Makes the first thread, so that no launch has to wait for that.
  void prepare();

  /// True in a child of fork(), where the threads are gone and nothing can run.
  static bool lost();

private:
  struct Shared {
    Grid *grid;
    uint32_t helpers; ///< how many more may come
    uint32_t inside;  ///< how many take blocks now
  };

  Pool();
  void work();
  void help(std::unique_lock<std::mutex> &hold, Shared &shared);
  void wakeOrMake();
  /// With the lock held: whether the system gave one.
  bool makeThread();

  std::mutex lock;
  std::condition_variable something, gridLeft;
  std::deque<Queue *> ready;
  std::vector<Shared *> grids;
  uint32_t idle = 0;     ///< or woken, and not yet at work
  uint32_t starting = 0; ///< made, and not yet at work
  uint32_t made = 0;
  uint32_t most;
};

} // namespace cuport::cpu
#endif
