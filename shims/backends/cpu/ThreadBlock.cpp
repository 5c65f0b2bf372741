// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ThreadBlock.h"

#include "Divergence.h"
#include "Grid.h"
#include "HappensBefore.h"
#include "Sanitizer.h"
#include "Settings.h"
#include "Shuffle.h"
#include "Worker.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <utility>

namespace cuport::cpu {

static std::atomic<int> sanitizerFibers = 0; ///< of CUDA threads

bool ThreadBlock::prepare(const cuport_block &shape, void *const *kernelArguments, bool asWhole) {
  uint32_t size = asWhole ? 1 : shape.thread_count, width = shape.warp_size;
  block = shape;
  arguments = kernelArguments;
  whole = asWhole;
  block.frames = whole ? frames.get(frameBytes(block), worker.gridEnd) : nullptr;
  if ((whole && !block.frames) || !giveShared(block, shared, worker.gridEnd))
    return false;
  if (threads.size() != size || warps.size() != (size + width - 1) / width) {
    threads.assign(size, Thread{});
    warps.resize((size + width - 1) / width);
  }
  uint32_t first = 0;
  for (Warp &warp : warps) {
    uint32_t lanes = std::min(width, size - first);
    warp = {first, lanes, lanes == 128 ? ~Lanes(0) : bit(lanes) - 1, 0, 0, 0, 0, 0};
    first += width;
  }
  if (settings().order == Order::Shuffle) {
    uint64_t place = shape.block_idx[0] + uint64_t(shape.block_idx[1]) * shape.grid_dim[0] +
                     uint64_t(shape.block_idx[2]) * shape.grid_dim[0] * shape.grid_dim[1];
    Shuffle random(settings().seed, place);
    random.permutation(warpOrder, warps.size());
    random.permutation(laneOrder, width);
  }
  cursor = 0;
  meetings = turns.next();
  live = size;
  atGrid = 0;
  for (Barrier &barrier : barriers)
    barrier = {};
  outcome = BlockEnd::Done;
  return true;
}

void carryThreads() {
  Worker &worker = thisWorker();
  arriveInFiber(*worker.current);
  for (;;) {
    ThreadBlock &block = *worker.block;
    if (Thread *thread = block.pending) {
      block.pending = nullptr;
      block.start(*thread);
      block.end(*thread);
    }
    Fiber &here = *worker.current;
    Thread *next = block.choose();
    if (next && !next->fiber) {
      block.pending = next;
      continue;
    }
    worker.spare.push_back(&here);
    switchFiber(here, block.enter(next));
  }
}

void ThreadBlock::start(Thread &thread) {
  uint32_t linear = uint32_t(&thread - threads.data());
  uint32_t x = block.block_dim[0], y = block.block_dim[1];
  thread.state.thread_idx[0] = linear % x;
  thread.state.thread_idx[1] = linear / x % y;
  thread.state.thread_idx[2] = linear / x / y;
  thread.state.linear = linear;
  thread.state.lane = linear % block.warp_size;
  thread.state.block = &block;
  thread.wait = Wait::Nothing;
  if (threadSanitizer())
    startUnderSanitizer(thread);
  cuport_self = &thread.state;
  if (whole)
    block.kernel->block(arguments, &block);
  else
    block.kernel->thread(arguments);
}

/// ThreadSanitizer tells 255 threads of a process apart; of more at a time it sees no race at all. Some are the host's.
static bool takeSanitizerFiber() {
  constexpr int Most = 200;
  if (sanitizerFibers.fetch_add(1, std::memory_order_relaxed) < Most)
    return true;
  sanitizerFibers.fetch_sub(1, std::memory_order_relaxed);
  static std::atomic<bool> said = false;
  if (!said.exchange(true, std::memory_order_relaxed))
    say("--check=thread tells " + std::to_string(Most) +
        " threads of kernels at a time apart: races between others are not seen. Smaller blocks, and CUPORT_THREADS=1, have fewer of these");
  return false;
}

void ThreadBlock::startUnderSanitizer(Thread &thread) {
  // Whoever makes a fiber comes before it, so that must not be the thread that ran last. The name is written before, too: the new
  // fiber's kernel will have this stack.
  switchSanitizer(worker.sanitizerFiber);
  auto make = [](const char *name) {
    void *fiber = __tsan_create_fiber(0);
    if (__tsan_set_fiber_name)
      __tsan_set_fiber_name(fiber, name);
    return fiber;
  };
  if (takeSanitizerFiber()) {
    char name[64]; // more is cut off there, too
    const uint32_t *of = block.block_idx, *at = thread.state.thread_idx;
    std::snprintf(name, sizeof(name), "block [%u,%u,%u], thread [%u,%u,%u]", of[0], of[1], of[2], at[0], at[1], at[2]);
    thread.sanitizerFiber = make(name);
  } else {
    if (!worker.othersFiber)
      worker.othersFiber = make("other threads of kernels");
    thread.sanitizerFiber = worker.othersFiber;
    // What was done since it was made, as to give the block its memory, comes before it, too.
    release(&worker.othersFiber);
  }
  switchSanitizer(thread.sanitizerFiber);
  if (thread.sanitizerFiber == worker.othersFiber)
    acquire(&worker.othersFiber);
  acquire(worker.gridBegin);
}

void ThreadBlock::leaveSanitizerFiber(Thread &thread) {
  if (thread.sanitizerFiber && thread.sanitizerFiber != worker.othersFiber) {
    __tsan_destroy_fiber(thread.sanitizerFiber);
    sanitizerFibers.fetch_sub(1, std::memory_order_relaxed);
  }
  thread.sanitizerFiber = nullptr;
}

void ThreadBlock::end(Thread &thread) {
  if (thread.sanitizerFiber) {
    release(worker.gridEnd);
    switchSanitizer(worker.sanitizerFiber);
    leaveSanitizerFiber(thread);
  }
  thread.fiber = nullptr;
  warpOf(thread).running = 0;
  --live;
}

void ThreadBlock::exit(Thread &self) {
  end(self);
  if (__asan_handle_no_return)
    __asan_handle_no_return();
  Fiber &here = *worker.current;
  restartFiber(here, carryThreads);
  leaveFiber(here, here);
}

BlockEnd ThreadBlock::run() {
  cuport_thread *outer = cuport_self;
  worker.block = this;
  if (outcome == BlockEnd::AtGridBarrier) {
    atGrid = 0;
    for (Warp &warp : warps)
      warp.ready |= std::exchange(warp.blocked, 0);
  } else if (outcome == BlockEnd::Yielded) {
    for (Warp &warp : warps)
      warp.ready |= std::exchange(warp.yielded, 0);
  }
  outcome = BlockEnd::Done;
  if (Thread *first = choose()) {
    Fiber &fiber = enter(first);
    if (&fiber != &worker.root)
      switchFiber(worker.root, fiber);
    switchSanitizer(worker.sanitizerFiber);
  }
  cuport_self = outer;
  worker.block = nullptr;
  if (worker.fault.status) {
    abandon();
    return BlockEnd::Failed;
  }
  return outcome;
}

/// Makes `next` the thread that runs and says on which fiber; the root's, when there is none or no memory for a fiber.
Fiber &ThreadBlock::enter(Thread *next) {
  worker.current = &worker.root;
  if (next && next->fiber) {
    worker.current = next->fiber;
    cuport_self = &next->state;
    switchSanitizer(next->sanitizerFiber);
  } else if (next) {
    if (Fiber *fiber = worker.takeFiber()) {
      pending = next;
      worker.current = fiber;
    } else {
      noteFault(LaunchOutOfResources, describePlace(block, nullptr) +
                                          ": no memory for the stacks of its threads; CUPORT_STACK says how large they are");
    }
  }
  return *worker.current;
}

void ThreadBlock::abandon() {
  if (worker.left) {
    restartFiber(*worker.left, carryThreads);
    worker.spare.push_back(worker.left);
    worker.left = nullptr;
  }
  for (Thread &thread : threads) {
    leaveSanitizerFiber(thread);
    if (thread.fiber) {
      restartFiber(*thread.fiber, carryThreads);
      worker.spare.push_back(thread.fiber);
      thread.fiber = nullptr;
    }
  }
  pending = nullptr;
}

Thread *ThreadBlock::take(Warp &warp) {
  Lanes able = warp.ready | warp.fresh;
  unsigned lane = 0;
  switch (settings().order) {
  case Order::Forward:
    lane = lowest(able);
    break;
  case Order::Backward:
    lane = highest(able);
    break;
  case Order::Shuffle:
    for (uint8_t candidate : laneOrder)
      if (able & bit(lane = candidate))
        break;
    break;
  }
  warp.ready &= ~bit(lane);
  warp.fresh &= ~bit(lane);
  warp.running = bit(lane);
  return &threads[warp.first + lane];
}

Thread *ThreadBlock::choose() {
  uint32_t warpCount = uint32_t(warps.size());
  do {
    // Each warp as far as it can go before the next.
    for (; cursor < warpCount; ++cursor, meetings = turns.next()) {
      uint32_t index = cursor;
      if (settings().order == Order::Backward)
        index = warpCount - 1 - cursor;
      else if (settings().order == Order::Shuffle)
        index = warpOrder[cursor];
      Warp &warp = warps[index];
      if (!(warp.ready | warp.fresh) && warp.together && joinLanes(warp, threads.data(), block.warp_size, false) &&
          --meetings == 0) {
        // Blocks that stand still are there only where threads wait.
        if (block.kernel->flags & CUPORT_KERNEL_WAITS)
          warp.yielded |= std::exchange(warp.ready, 0);
        released = true;
        continue;
      }
      if (warp.ready | warp.fresh)
        return take(warp);
    }
    cursor = 0;
  } while (std::exchange(released, false) || completeSomething());
  return nullptr;
}

/// Nobody can run: lets go on whoever may. False when the block is at its end, at the grid's barrier, yields or is stuck.
bool ThreadBlock::completeSomething() {
  if (live == 0)
    return false;
  for (const Warp &warp : warps)
    if (warp.yielded) {
      outcome = BlockEnd::Yielded;
      return false;
    }
  for (uint32_t id = 0; id < Barriers; ++id)
    if (barriers[id].arrived == live) {
      completeBarrier(id);
      return true;
    }
  if (atGrid == live) {
    outcome = BlockEnd::AtGridBarrier;
    return false;
  }
  if (settings().divergence == Divergence::Join)
    for (Warp &warp : warps)
      if (warp.together && joinLanes(warp, threads.data(), block.warp_size, true))
        return true;
  noteFault(LaunchFailure, describeDivergence(block, warps, threads.data(), live));
  return false;
}

/// Goes on with whoever can; returns when it is this thread's turn again.
void ThreadBlock::suspend(Thread &self) {
  warpOf(self).running = 0;
  self.fiber = worker.current;
  Thread *next = choose();
  if (next != &self) {
    Fiber &here = *worker.current;
    switchFiber(here, enter(next));
  }
  self.fiber = nullptr;
  self.wait = Wait::Nothing;
}

uint64_t ThreadBlock::waitForLanes(Thread &self, Wait wait, const cuport_place *place,
                                   const void *site) {
  self.wait = wait;
  self.place = place;
  self.site = site;
  warpOf(self).together |= bit(self.state.lane);
  suspend(self);
  return self.result;
}

void ThreadBlock::yield(Thread &self) {
  warpOf(self).yielded |= bit(self.state.lane);
  suspend(self);
}

void ThreadBlock::waitForGrid(Thread &self, const cuport_place *place) {
  self.wait = Wait::Grid;
  self.place = place;
  warpOf(self).blocked |= bit(self.state.lane);
  ++atGrid;
  suspend(self);
}

} // namespace cuport::cpu
