// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A block in thread mode: every CUDA thread runs the kernel from begin to end, warp after warp, on fibers.
//
//   begin: all threads fresh
//   choose() -> fresh:  runs on the stack that is at hand; a thread that never waits needs none of its own
//            -> ready:  switch to the fiber on which it waited
//            -> none:   lanes that wait together are joined, barriers complete, then the grid's barrier, the end, or a
//                       divergence: threads wait that nobody can free (Divergence.cpp names them)
//
// All of it runs in one thread of the operating system; there is nothing to lock.

#ifndef CUPORT_CPU_THREADBLOCK_H
#define CUPORT_CPU_THREADBLOCK_H

#include "Arena.h"
#include "Block.h"
#include "LinkedShared.h"
#include "RegionBlock.h"
#include "Warp.h"

#include <string>
#include <vector>

namespace cuport::cpu {

struct Worker;

enum class BlockEnd { Done, AtGridBarrier, Yielded, Failed };

/// The body of every fiber: carries one thread after another, of whichever block its worker runs.
void carryThreads();

class ThreadBlock {
public:
  explicit ThreadBlock(Worker &worker) : worker(worker) {}
  ThreadBlock(const ThreadBlock &) = delete;
  ThreadBlock &operator=(const ThreadBlock &) = delete;

  /// Sets the block up; `shape` has everything but the memory. Runs nothing yet. With `whole`, kernel->block runs on one fiber
  /// for all threads, so that it can wait for the grid. False when there is no memory.
  bool prepare(const cuport_block &shape, void *const *arguments, bool whole);

  /// Runs, from the root of the worker, until all threads have ended, wait for the grid, or yield to other blocks; run() again
  /// goes on behind that. After Failed the worker's fault says why, and the block is ready for prepare().
  BlockEnd run();

  /// ThreadSanitizer's order at a grid barrier: of all threads of the block.
  template <typename F> void eachFiber(F &&f) {
    for (Thread &thread : threads)
      if (thread.sanitizerFiber)
        f(thread.sanitizerFiber);
  }

  // What threads of this block ask, each on its own fiber.
  void waitForBarrier(Thread &self, const cuport_place *place, uint32_t id, uint32_t count);
  int32_t waitForReduction(Thread &self, const cuport_place *place, int32_t operation, int32_t predicate);
  void waitForGrid(Thread &self, const cuport_place *place);
  /// The caller has filled in all but wait, place and site.
  uint64_t waitForLanes(Thread &self, Wait wait, const cuport_place *place, const void *site);
  void yield(Thread &self);
  [[noreturn]] void exit(Thread &self);

  /// The thread that runs; of a whole block the one that stands for it.
  Thread &self() { return whole ? threads[0] : *reinterpret_cast<Thread *>(cuport_self); }
  /// Whether every CUDA thread runs by itself.
  bool threadsKnown() const { return !whole; }
  /// Gives the fibers of threads that will not go on back to the worker.
  void abandon();

  const cuport_block &shape() const { return block; }
  /// Of a whole block that may wait for the grid.
  RegionBlock regions;
  LinkedShared linked;

private:
  friend void carryThreads();

  static constexpr uint32_t Barriers = 16; // PTX has so many

  struct Barrier {
    uint32_t arrived = 0;
  };

  Warp &warpOf(const Thread &thread) { return warps[thread.state.linear / block.warp_size]; }
  // Not inlined into carryThreads(), which may go on in another thread of the operating system, where the address of
  // cuport_self is another.
  __attribute__((noinline)) void start(Thread &thread);
  __attribute__((noinline)) void end(Thread &thread);
  void startUnderSanitizer(Thread &thread);
  void leaveSanitizerFiber(Thread &thread);
  Thread *choose();
  Thread *take(Warp &warp);
  void suspend(Thread &self);
  __attribute__((noinline)) Fiber &enter(Thread *next);
  bool completeSomething();
  void completeBarrier(uint32_t id);

  Worker &worker;
  cuport_block block{};
  void *const *arguments = nullptr;
  bool whole = false;
  Arena shared, frames;
  std::vector<Thread> threads;
  std::vector<Warp> warps;
  std::vector<uint32_t> warpOrder; ///< for Order::Shuffle
  std::vector<uint8_t> laneOrder;
  uint32_t cursor = 0; ///< where in the order of warps choose() stands
  Turns turns;
  uint32_t meetings = 0; ///< that lanes of the warp there may still have in its turn
  bool released = false; ///< threads can go on of warps that choose() stands behind
  uint32_t live = 0;
  uint32_t atGrid = 0;
  Barrier barriers[Barriers];
  Thread *pending = nullptr; ///< what the fiber that is switched to shall start
  BlockEnd outcome = BlockEnd::Done;
};

} // namespace cuport::cpu
#endif
