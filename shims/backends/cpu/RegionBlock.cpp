// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "RegionBlock.h"

#include "Divergence.h"
#include "Fault.h"
#include "Intrinsic.h"
#include "Settings.h"
#include "Worker.h"

#include <algorithm>

namespace cuport::cpu {

static constexpr uint32_t Ended = CUPORT_POINT_END, Apart = CUPORT_POINT_APART;

void runRegions(const cuport_regions *regions, void *const *arguments, cuport_block *block) {
  Worker &worker = thisWorker();
  (worker.block ? worker.block->regions : worker.regions).run(*regions, arguments, *block);
}

void RegionBlock::run(const cuport_regions &kernel, void *const *kernelArguments, cuport_block &shape) {
  regions = &kernel;
  arguments = kernelArguments;
  block = &shape;
  points.resize(shape.thread_count);
  if (kernel.by_warp) {
    begin();
    runWarps();
  } else {
    runTogether();
  }
}

/// All threads are at the kernel's begin.
void RegionBlock::begin() {
  uint32_t count = block->thread_count, width = block->warp_size;
  live = count;
  std::fill(points.begin(), points.end(), 0);
  if (threads.size() != count)
    threads.assign(count, Thread{});
  warps.resize((count + width - 1) / width);
  uint32_t first = 0;
  for (Warp &warp : warps) {
    uint32_t lanes = std::min(width, count - first);
    warp = {first, lanes, 0, lanes == 128 ? ~Lanes(0) : bit(lanes) - 1, 0, 0, 0, 0};
    first += width;
  }
  for (uint32_t linear = 0; linear < count; ++linear) {
    cuport_thread &state = threads[linear].state;
    state.thread_idx[0] = linear % block->block_dim[0];
    state.thread_idx[1] = linear / block->block_dim[0] % block->block_dim[1];
    state.thread_idx[2] = linear / block->block_dim[0] / block->block_dim[1];
    state.linear = linear;
    state.lane = linear % width;
    state.block = block;
  }
}

/// No collectives of warps: the block goes from barrier to barrier.
void RegionBlock::runTogether() {
  for (uint32_t at = 0;;) {
    at = regions->lockstep(arguments, block, 0, block->thread_count, at, points.data());
    if (at == Ended)
      return;
    if (at == Apart) {
      std::vector<uint32_t> where(points);
      begin();
      for (Warp &warp : warps) {
        warp.ready = 0;
        for (uint32_t lane = 0; lane < warp.lanes; ++lane)
          arrive(warp, lane, where[warp.first + lane]);
      }
      runWarps();
      if (!live)
        return;
      at = points[0];
      continue;
    }
    block->scheduler->grid_barrier(regions->points[at].place);
  }
}

/// The point where all threads of the block are ready, or Ended.
uint32_t RegionBlock::commonPoint() const {
  if (live != block->thread_count || !std::all_of(warps.begin(), warps.end(), [](const Warp &warp) {
        return !warp.together && !warp.blocked;
      }))
    return Ended;
  for (uint32_t point : points)
    if (point != points[0])
      return Ended;
  return points[0];
}

/// Until all threads have ended or, without collectives of warps, are together again.
void RegionBlock::runWarps() {
  for (;;) {
    for (Warp &warp : warps)
      runWarp(warp);
    if (!live)
      return;
    if (!completeBarrier())
      fail();
    if (!regions->by_warp && commonPoint() != Ended)
      return;
  }
}

/// Whether the warp may go in lockstep, and then does.
bool RegionBlock::inLockstep(Warp &warp) {
  uint32_t width = block->warp_size, dim = block->block_dim[0];
  if (!regions->by_warp || warp.lanes != width || count(warp.ready) != width ||
      (dim % width && block->block_dim[1] * block->block_dim[2] != 1))
    return false;
  const uint32_t *at = &points[warp.first];
  for (uint32_t lane = 1; lane < width; ++lane)
    if (at[lane] != at[0])
      return false;
  uint32_t next = regions->lockstep(arguments, block, warp.first, width, at[0], points.data());
  warp.ready = 0;
  for (uint32_t lane = 0; lane < width; ++lane)
    arrive(warp, lane, next == Apart ? points[warp.first + lane] : next);
  return true;
}

/// Until all lanes have ended or wait for more than their warp.
void RegionBlock::runWarp(Warp &warp) {
  do {
    while (warp.ready) {
      if (inLockstep(warp))
        continue;
      for (Lanes rest = warp.ready; rest; rest &= rest - 1) {
        unsigned lane = lowest(rest);
        uint32_t linear = warp.first + lane;
        warp.ready &= ~bit(lane);
        arrive(warp, lane, regions->single(arguments, block, linear, points[linear]));
      }
    }
    Lanes joined = warp.together ? joinLanes(warp, threads.data(), block->warp_size, false) : 0;
    for (Lanes rest = joined; rest; rest &= rest - 1) {
      uint32_t linear = warp.first + lowest(rest);
      value(linear) = threads[linear].result;
    }
  } while (warp.ready);
}

/// The lane's next point: whether it waits there, and for whom.
void RegionBlock::arrive(Warp &warp, unsigned lane, uint32_t at) {
  uint32_t linear = warp.first + lane;
  Thread &thread = threads[linear];
  points[linear] = at;
  if (at == Ended) {
    --live;
    return;
  }
  const cuport_point &point = regions->points[at];
  thread.place = point.place;
  thread.site = &point;
  thread.kind = point.operation;
  switch (point.kind) {
  case CUPORT_POINT_ENTRY:
    warp.ready |= bit(lane);
    return;
  case CUPORT_POINT_BARRIER:
    thread.wait = Wait::Barrier;
    thread.kind = field<int32_t>(CUPORT_MAILBOX_OPERAND, linear);
    thread.mask = field<uint32_t>(CUPORT_MAILBOX_WIDTH, linear);
    warp.blocked |= bit(lane);
    return;
  case CUPORT_POINT_BARRIER_REDUCE:
    thread.wait = Wait::BarrierReduce;
    thread.kind = 0;
    thread.mask = 0;
    thread.operand = point.operation;
    thread.value = value(linear) != 0;
    warp.blocked |= bit(lane);
    return;
  case CUPORT_POINT_GRID_BARRIER:
    thread.wait = Wait::Grid;
    warp.blocked |= bit(lane);
    return;
  default:
    break;
  }
  constexpr int FromKind = int(Wait::WarpBarrier) - CUPORT_POINT_WARP_BARRIER;
  thread.wait = Wait(int(point.kind) + FromKind);
  thread.value = value(linear);
  thread.mask = point.kind == CUPORT_POINT_ACTIVE_MASK ? ~uint64_t(0) : field<uint64_t>(CUPORT_MAILBOX_MASK, linear);
  thread.operand = field<int32_t>(CUPORT_MAILBOX_OPERAND, linear);
  thread.width = field<int32_t>(CUPORT_MAILBOX_WIDTH, linear);
  if (thread.wait == Wait::Vote)
    thread.value = thread.value != 0;
  warp.together |= bit(lane);
}

/// Lets go on who waits for the block or the grid, if they may.
bool RegionBlock::completeBarrier() {
  constexpr uint32_t Barriers = 16; // PTX has so many
  uint32_t arrived[Barriers] = {}, wanted[Barriers] = {}, atGrid = 0;
  const cuport_place *gridPlace = nullptr;
  for (const Warp &warp : warps)
    for (Lanes rest = warp.blocked; rest; rest &= rest - 1) {
      const Thread &thread = threads[warp.first + lowest(rest)];
      if (thread.wait == Wait::Grid) {
        ++atGrid;
        gridPlace = thread.place;
        continue;
      }
      if (uint32_t(thread.kind) >= Barriers) {
        noteFault(LaunchFailure, describePlace(*block, thread.state.thread_idx) + ": barrier " +
                                     std::to_string(thread.kind) + " is none of 0 to 15");
        leaveKernel();
      }
      ++arrived[thread.kind];
      wanted[thread.kind] = std::max(wanted[thread.kind], uint32_t(thread.mask));
    }
  auto release = [&](auto &&waits) {
    for (Warp &warp : warps)
      for (Lanes rest = warp.blocked; rest; rest &= rest - 1)
        if (unsigned lane = lowest(rest); waits(threads[warp.first + lane])) {
          warp.blocked &= ~bit(lane);
          warp.ready |= bit(lane);
        }
  };
  if (atGrid && atGrid == live) {
    block->scheduler->grid_barrier(gridPlace);
    release([](const Thread &) { return true; });
    return true;
  }
  for (uint32_t id = 0; id < Barriers; ++id) {
    if (!arrived[id] || !(arrived[id] == live || (wanted[id] && arrived[id] >= wanted[id])))
      continue;
    if (id == 0)
      warnOfPlaces(*block, warps, threads.data());
    uint32_t yes = 0;
    for (const Warp &warp : warps)
      for (Lanes rest = warp.blocked; rest; rest &= rest - 1)
        if (const Thread &thread = threads[warp.first + lowest(rest)]; thread.wait == Wait::BarrierReduce)
          yes += uint32_t(thread.value);
    release([&](const Thread &thread) {
      if (thread.wait == Wait::Grid || thread.kind != int32_t(id))
        return false;
      if (thread.wait == Wait::BarrierReduce)
        value(thread.state.linear) = thread.operand == BarrierCount ? yes
                                     : thread.operand == BarrierAnd ? yes == arrived[0]
                                                                    : yes != 0;
      return true;
    });
    return true;
  }
  if (settings().divergence == Divergence::Join)
    for (Warp &warp : warps)
      if (Lanes joined = warp.together ? joinLanes(warp, threads.data(), block->warp_size, true) : 0) {
        for (Lanes rest = joined; rest; rest &= rest - 1) {
          uint32_t linear = warp.first + lowest(rest);
          value(linear) = threads[linear].result;
        }
        return true;
      }
  return false;
}

void RegionBlock::fail() {
  noteFault(LaunchFailure, describeDivergence(*block, warps, threads.data(), live));
  leaveKernel();
}

} // namespace cuport::cpu
