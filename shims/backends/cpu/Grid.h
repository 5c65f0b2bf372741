// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A launch while it runs.
//
//   Pool::run  ->  several workers, each: takeBlocks: claim some blocks, run them one after another
//                  cooperative: claim, run each as far as the grid's barrier, wait for the others, go on
//
// A kernel runs as `block` where it has that, else as `thread` (ThreadBlock.h). After a fault no further block begins.

#ifndef CUPORT_CPU_GRID_H
#define CUPORT_CPU_GRID_H

#include "../../runtime/Backend.h"
#include "Arena.h"
#include "Block.h"
#include "Children.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

namespace cuport::cpu {

struct Worker;
class ThreadBlock;
enum class BlockEnd;

/// Bytes of the arena of shared memory, where in it the dynamic part begins, and bytes of all frames. Never 0.
size_t sharedBytes(const cuport_block &block);
size_t dynamicOffset(const cuport_block &block);
size_t frameBytes(const cuport_block &block);

/// Gives the block its shared memory, with AddressSanitizer's bounds around the static and the dynamic part; false: there is none.
bool giveShared(cuport_block &block, Arena &arena, void *lastUse);

class Grid {
public:
  /// `launch` and its arguments live as long as the grid.
  explicit Grid(const cuport_launch &launch, uint32_t workers);

  /// Runs blocks until none is left to begin and all that were begun here have ended. Any number of workers at once.
  void takeBlocks();

  uint64_t blockCount() const { return blocks; }
  bool begunAll() const { return next.load(std::memory_order_relaxed) >= blocks; }
  /// Whether the pointer is of one of the launch's arguments.
  bool isArgument(const void *pointer) const;
  /// 0 or the first fault.
  int status() const { return fault.load(std::memory_order_acquire); }

  Children children; ///< what its threads have launched

private:
  bool claim(uint64_t &first, uint64_t &last);
  void place(cuport_block &block, uint64_t index) const;
  bool asWhole() const;
  /// Begins or goes on with a block that may stop, on fibers.
  BlockEnd step(Worker &worker, ThreadBlock &threads);
  std::unique_ptr<ThreadBlock> begin(Worker &worker, uint64_t index);
  void runFibers(Worker &worker);
  void runBlocks(Worker &worker);
  void runBlocksUnguarded(Worker &worker, cuport_block &block);
  void runTogether(Worker &worker);
  void fail(Worker &worker, const cuport_block &block);
  void failWithoutMemory(Worker &worker, const cuport_block &block);

  /// Counts `arrived` blocks at the grid's barrier and `ended` ones out; with arrivals, waits until all are there. False after a
  /// fault.
  bool meet(uint64_t arrived, uint64_t ended);

  const cuport_launch &launch;
  cuport_block shape{};
  uint64_t blocks;
  uint64_t chunk;
  std::atomic<uint64_t> next{0};
  std::atomic<int> fault{0};
  char beginning = 0, ending = 0; ///< addresses for ThreadSanitizer's order

  std::mutex lock;
  std::condition_variable met;
  uint64_t aliveTogether;
  uint64_t arrivedTogether = 0;
  uint64_t round = 0;
};

} // namespace cuport::cpu
#endif
