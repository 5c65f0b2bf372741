// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The functions that compiled kernels call, by the table in their block.

#include "Scheduler.h"

#include "Fault.h"
#include "Grid.h"
#include "Intrinsic.h"
#include "RegionBlock.h"
#include "Sanitizer.h"
#include "ThreadBlock.h"
#include "Worker.h"

#include <sched.h>
#include <string>

namespace cuport::cpu {

static ThreadBlock &block() { return *thisWorker().block; }
static Thread &self() { return block().self(); }

static void barrier(const cuport_place *place, uint32_t id, uint32_t count) {
  block().waitForBarrier(self(), place, id, count);
}

static int32_t barrierReduce(const cuport_place *place, int32_t operation, int32_t predicate) {
  return block().waitForReduction(self(), place, operation, predicate);
}

static void gridBarrier(const cuport_place *place) {
  Worker &worker = thisWorker();
  if (!worker.cooperative) {
    noteFault(LaunchFailure, describePlace(*worker.shape, nullptr) +
                                 ": a grid barrier in a kernel that was not launched cooperatively");
    leaveKernel();
  }
  worker.block->waitForGrid(self(), place);
}

static void warpBarrier(const cuport_place *place, uint64_t mask) {
  Thread &thread = self();
  thread.kind = 0;
  thread.mask = mask;
  block().waitForLanes(thread, Wait::WarpBarrier, place, __builtin_return_address(0));
}

static uint64_t shuffle(const cuport_place *place, uint64_t mask, uint64_t value, int32_t kind,
                        int32_t operand, int32_t width) {
  Thread &thread = self();
  thread.kind = kind;
  thread.mask = mask;
  thread.value = value;
  thread.operand = operand;
  thread.width = width;
  return block().waitForLanes(thread, Wait::Shuffle, place, __builtin_return_address(0));
}

static int32_t shuffleInside(int32_t kind, int32_t operand, int32_t width) {
  bool inside = false;
  sourceLane(cuport_self->lane, kind, operand, width, inside);
  return inside;
}

static uint64_t vote(const cuport_place *place, uint64_t mask, int32_t kind, int32_t predicate) {
  Thread &thread = self();
  thread.kind = kind;
  thread.mask = mask;
  thread.value = predicate != 0;
  return block().waitForLanes(thread, Wait::Vote, place, __builtin_return_address(0));
}

static uint64_t match(const cuport_place *place, uint64_t mask, uint64_t value, int32_t all) {
  Thread &thread = self();
  thread.kind = all;
  thread.mask = mask;
  thread.value = value;
  return block().waitForLanes(thread, Wait::Match, place, __builtin_return_address(0));
}

static uint64_t reduce(const cuport_place *place, uint64_t mask, uint64_t value, int32_t operation) {
  Thread &thread = self();
  thread.kind = operation;
  thread.mask = mask;
  thread.value = value;
  return block().waitForLanes(thread, Wait::Reduce, place, __builtin_return_address(0));
}

static uint64_t activeMask(const cuport_place *place) {
  Thread &thread = self();
  thread.kind = 0;
  thread.mask = ~uint64_t(0);
  return block().waitForLanes(thread, Wait::ActiveMask, place, __builtin_return_address(0));
}

static void yield() {
  if (ThreadBlock *running = thisWorker().block)
    running->yield(self());
  else
    sched_yield();
}

static void exitThread() { block().exit(self()); }

/// The calling thread's index, or null where only the block is known.
static const uint32_t *callersIndex() {
  ThreadBlock *running = thisWorker().block;
  return running && running->threadsKnown() ? cuport_self->thread_idx : nullptr;
}

static void trap(const cuport_place *place) {
  {
    std::string text = describePlace(*thisWorker().shape, callersIndex()) + ": trap";
    if (place && place->line)
      text += std::string(" at ") + place->file + ":" + std::to_string(place->line);
    noteFault(LaunchFailure, std::move(text));
  }
  leaveKernel();
}

static void assertFailed(const char *condition, const char *file, uint32_t line,
                         const char *function) {
  Worker &worker = thisWorker();
  const uint32_t *at = worker.shape->block_idx;
  // In `block` whoever asks has set it.
  const uint32_t *thread = cuport_self->thread_idx;
  auto triple = [](const uint32_t *of) {
    return "[" + std::to_string(of[0]) + "," + std::to_string(of[1]) + "," + std::to_string(of[2]) + "]";
  };
  noteFault(AssertFailed, std::string(file) + ":" + std::to_string(line) + ": " + function +
                               ": block: " + triple(at) + ", thread: " + triple(thread) +
                               " Assertion `" + condition + "` failed.");
  leaveKernel();
}

static LinkedShared &linkedShared() {
  Worker &worker = thisWorker();
  return worker.block ? worker.block->linked : worker.linked;
}

static void *sharedVariable(cuport_shared_variable *variable) {
  if (void *memory = linkedShared().get(*variable))
    return memory;
  noteFault(LaunchFailure, describePlace(*thisWorker().shape, callersIndex()) + ": no memory for a shared variable");
  leaveKernel();
}

static bool isWithin(const void *pointer, const void *begin, const void *end) {
  return uintptr_t(pointer) - uintptr_t(begin) < uintptr_t(end) - uintptr_t(begin);
}

/// Whether the pointer is of what the kernel has on the stack, or of what its threads keep across points.
static bool isLocal(const cuport_block &block, const void *pointer) {
  const Worker &worker = thisWorker();
  const Fiber &stack = *worker.current;
  if (block.frames && isWithin(pointer, block.frames, block.frames + frameBytes(block)))
    return true;
  // On the stack of a thread of the operating system, what stands above the grid is the backend's and the host's.
  const void *end = &stack == &worker.root ? worker.gridStack : stack.bottom + stack.size;
  return isWithin(placeOnStack(pointer), __builtin_frame_address(0), end);
}

static int32_t addressSpace(const void *pointer) {
  const cuport_block &block = *cuport_self->block;
  if (isWithin(pointer, block.shared, block.dynamic_shared + block.dynamic_shared_size) || linkedShared().contains(pointer))
    return SpaceShared;
  if (isLocal(block, pointer))
    return SpaceLocal;
  return thisWorker().grid->isArgument(pointer) ? SpaceParameter : SpaceOther;
}

const cuport_scheduler &scheduler() {
  static const cuport_scheduler table = {
      barrier,      barrierReduce, gridBarrier, warpBarrier, shuffle, shuffleInside,
      vote,         match,         reduce,      activeMask,  yield,   exitThread,
      trap,         assertFailed,  runRegions,  settlePoint, sharedVariable, addressSpace,
  };
  return table;
}

} // namespace cuport::cpu
