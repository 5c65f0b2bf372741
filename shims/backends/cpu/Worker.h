// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A thread of the operating system while it runs kernels: its fibers, its blocks and the memory that blocks use one after another.
// Threads of the pool are workers, and so is a caller that runs a short grid itself.

#ifndef CUPORT_CPU_WORKER_H
#define CUPORT_CPU_WORKER_H

#include "Arena.h"
#include "Fault.h"
#include "Fiber.h"
#include "LinkedShared.h"
#include "RegionBlock.h"
#include "ThreadBlock.h"

#include <csetjmp>
#include <memory>
#include <vector>

namespace cuport::cpu {

class Grid;

struct Worker {
  Fiber root;
  Fiber *current = nullptr;      ///< the root, or the fiber that runs
  std::vector<Fiber *> spare;    ///< fibers of this worker that carry nothing
  ThreadBlock *block = nullptr;  ///< the one in thread mode that runs
  Grid *grid = nullptr;          ///< whose blocks run
  void *gridStack = nullptr;     ///< where its part of the root's stack ends
  cuport_block *shape = nullptr; ///< the one that runs, in any mode; null outside of kernels
  bool cooperative = false;      ///< the grid that runs was launched so
  Fiber *left = nullptr;         ///< the fiber on which a fault happened
  void *sanitizerFiber = nullptr; ///< ThreadSanitizer's of the root
  void *othersFiber = nullptr;   ///< the same, of all CUDA threads that have none of their own
  void *gridBegin = nullptr;     ///< ThreadSanitizer: what was released here comes before every thread ...
  void *gridEnd = nullptr;       ///< ... and every thread's end before what acquires this
  sigjmp_buf out;                ///< where a fault in `block` mode goes
  Fault fault;
  Stray read;     ///< of the grid that runs: near memory, but outside of it
  Stray division; ///< the same: by zero
  Arena shared, frames;
  LinkedShared linked;
  RegionBlock regions; ///< of the block in `block` mode that runs
  std::vector<std::unique_ptr<ThreadBlock>> spareBlocks;

  /// A fiber to carry threads, or null when there is no memory for one.
  Fiber *takeFiber();
  /// A block for thread mode; give it back by spareBlocks.
  std::unique_ptr<ThreadBlock> takeBlock();
};

/// The calling thread's.
Worker &thisWorker();
/// The same, or null where the thread has never been one.
Worker *runningWorker();
/// Whether the calling thread runs a kernel, whose place another one must not take.
bool insideKernel();

} // namespace cuport::cpu
#endif
