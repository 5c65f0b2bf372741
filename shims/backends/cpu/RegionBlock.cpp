// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "RegionBlock.h"

#include "Divergence.h"
#include "Fault.h"
#include "Intrinsic.h"
#include "Settings.h"
#include "Worker.h"

#include <algorithm>
#include <cstring>
#include <utility>

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
  std::copy_n(shape.block_dim, 3, box);
  // What compiled code for a warp counts on.
  rows = kernel.warp && shape.warp_size == 32 && shape.thread_count % 32 == 0 &&
         (shape.block_dim[0] % 32 == 0 || shape.block_dim[1] * shape.block_dim[2] == 1);
  for (uint32_t at = 0; at != Ended;) {
    at = runTogether(at);
    if (at == Apart)
      at = runApart();
  }
}

/// The block from point to point. Returns Ended, or Apart when all threads have arrived where they are.
uint32_t RegionBlock::runTogether(uint32_t at) {
  for (;;) {
    at = regions->lockstep(arguments, block, 0, block->thread_count, at, points.data(), box);
    if (at == Ended)
      return Ended;
    if (at == Apart) {
      at = pointOfRest();
      if (at == Apart)
        break;
    } else if (regions->points[at].kind == CUPORT_POINT_GRID_BARRIER) {
      block->scheduler->grid_barrier(regions->points[at].place);
    } else {
      for (uint32_t &point : points)
        point = point == Ended ? Ended : at;
      break;
    }
  }
  begin();
  for (Warp &warp : warps)
    arriveAll(warp);
  return Apart;
}

/// All lanes of a warp, of which none was anywhere, by `points`.
void RegionBlock::arriveAll(Warp &warp) {
  const uint32_t *at = &points[warp.first];
  uint32_t others = 0;
  for (uint32_t lane = 0; lane < warp.lanes; ++lane)
    others |= ~at[lane];
  static_assert(Ended == ~uint32_t(0));
  if (!others) {
    live -= warp.lanes;
    return;
  }
  for (uint32_t lane = 0; lane < warp.lanes; ++lane)
    arrive(warp, lane, at[lane]);
}

/// Sets up for threads that are apart; nobody has arrived anywhere.
void RegionBlock::begin() {
  uint32_t count = block->thread_count;
  live = count;
  if (threads.size() != count || width != block->warp_size || !std::equal(dims, dims + 3, block->block_dim)) {
    width = block->warp_size;
    std::copy_n(block->block_dim, 3, dims);
    threads.assign(count, Thread{});
    warps.resize((count + width - 1) / width);
    for (uint32_t linear = 0; linear < count; ++linear) {
      cuport_thread &state = threads[linear].state;
      state.thread_idx[0] = linear % dims[0];
      state.thread_idx[1] = linear / dims[0] % dims[1];
      state.thread_idx[2] = linear / dims[0] / dims[1];
      state.linear = linear;
      state.lane = linear % width;
    }
  }
  uint32_t first = 0;
  for (Warp &warp : warps) {
    warp = {first, std::min(width, count - first), 0, 0, 0, 0, 0, 0};
    first += width;
  }
}

/// Whether those that have not ended are a box that begins with the first thread; then that is `box`.
bool RegionBlock::findBox() {
  const uint32_t *at = points.data(), *dim = block->block_dim;
  // It reaches as far as the first row, column and layer do.
  auto reach = [&](uint32_t step, uint32_t most) {
    uint32_t count = 0;
    while (count < most && at[size_t(count) * step] != Ended)
      ++count;
    return count;
  };
  const uint32_t sizes[3] = {reach(1, dim[0]), reach(dim[0], dim[1]), reach(dim[0] * dim[1], dim[2])};
  uint32_t inside = 0;
  for (uint32_t z = 0; z < sizes[2]; ++z)
    for (uint32_t y = 0; y < sizes[1]; ++y) {
      const uint32_t *row = at + (size_t(z) * dim[1] + y) * dim[0];
      inside += sizes[0] - uint32_t(std::count(row, row + sizes[0], Ended));
    }
  const auto left = points.size() - size_t(std::count(points.begin(), points.end(), Ended));
  if (inside != left || left != size_t(sizes[0]) * sizes[1] * sizes[2])
    return false;
  std::copy_n(sizes, 3, box);
  return true;
}

/// Where threads that went together have parted, some for their end and all others for a barrier of the block, past which these may go
/// on together: that point, else Apart. They have the same uniform values, coming from one point.
uint32_t RegionBlock::pointOfRest() {
  const uint32_t at = points[0]; // a box begins with it
  if (at == Ended)
    return Apart;
  const cuport_point &point = regions->points[at];
  const bool passes = point.kind == CUPORT_POINT_ENTRY || (point.kind == CUPORT_POINT_BARRIER && (point.given & CUPORT_GIVEN_OPERAND));
  // Counted, which the compiler does side by side: each block with threads that leave early comes here.
  auto count = [&](uint32_t where) { return size_t(std::count(points.begin(), points.end(), where)); };
  if (!passes || count(at) + count(Ended) != points.size())
    return Apart;
  return findBox() ? at : Apart;
}

/// Whether these threads, of which the first and those that have not ended are ready, may go on in lockstep: from one point, with the same
/// uniform values. They differ where some threads have been there more often than others.
bool RegionBlock::agree(uint32_t first, uint32_t count) const {
  const uint32_t *at = &points[first];
  if (!std::all_of(at, at + count, [&](uint32_t point) { return point == at[0] || point == Ended; }))
    return false;
  const unsigned char *values = block->frames + size_t(regions->uniform_offset) * block->thread_count;
  auto of = [&](uint32_t linear) { return values + size_t(linear) * regions->uniform_size; };
  const uint32_t bytes = regions->points[at[0]].uniform;
  for (uint32_t linear = first + 1; bytes && linear < first + count; ++linear)
    if (points[linear] != Ended && std::memcmp(of(first), of(linear), bytes) != 0)
      return false;
  return true;
}

/// The point where all threads of the block that have not ended are ready to go on in lockstep, or Ended.
uint32_t RegionBlock::commonPoint() {
  if (!std::all_of(warps.begin(), warps.end(), [](const Warp &warp) { return !warp.together && !warp.blocked; }))
    return Ended;
  const bool isBox = live == block->thread_count || (points[0] != Ended && findBox());
  return isBox && agree(0, block->thread_count) ? points[0] : Ended;
}

/// Until all threads have ended or are together again; returns Ended or where they are.
uint32_t RegionBlock::runApart() {
  for (;;) {
    bool again = false;
    for (Warp &warp : warps)
      again |= runWarp(warp);
    if (again) {
      block->scheduler->yield(); // to blocks that have what these wait for
      continue;
    }
    if (!live)
      return Ended;
    if (!completeBarrier() && !wake() && !joinWhoIsHere())
      fail();
    if (uint32_t point = commonPoint(); point != Ended)
      return point;
  }
}

/// Whether the warp may go in lockstep.
bool RegionBlock::mayLockstep(const Warp &warp) const { return rows && count(warp.ready) == 32 && agree(warp.first, 32); }

/// Until all lanes have ended or wait for more than their warp; true when its turn ends before.
bool RegionBlock::runWarp(Warp &warp) {
  const uint32_t turn = turns.next();
  for (uint32_t meetings = 0; meetings < turn; ++meetings) {
    while (warp.ready) {
      if (mayLockstep(warp)) {
        uint32_t next = regions->warp(arguments, block, warp.first, 32, points[warp.first], points.data(), turn);
        warp.ready = 0;
        if (next != Apart)
          std::fill_n(&points[warp.first], 32, next);
        // It has met often in there.
        if (next < regions->point_count && regions->points[next].kind >= CUPORT_POINT_WARP_BARRIER)
          meetings = turn;
        arriveAll(warp);
        continue;
      }
      for (Lanes rest = warp.ready; rest; rest &= rest - 1) {
        unsigned lane = lowest(rest);
        uint32_t linear = warp.first + lane;
        warp.ready &= ~bit(lane);
        arrive(warp, lane, regions->single(arguments, block, linear, points[linear]));
      }
    }
    if (!join(warp, false))
      return false;
  }
  return true;
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
    thread.kind = operand(point, linear);
    thread.mask = uint32_t(sectionWidth(point, linear));
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
  case CUPORT_POINT_SLEEP:
    thread.wait = Wait::Nothing;
    warp.yielded |= bit(lane);
    return;
  default:
    break;
  }
  constexpr int FromKind = int(Wait::WarpBarrier) - CUPORT_POINT_WARP_BARRIER;
  thread.wait = Wait(int(point.kind) + FromKind);
  thread.value = value(linear);
  thread.mask = point.kind == CUPORT_POINT_ACTIVE_MASK ? ~uint64_t(0) : mask(point, linear);
  thread.operand = operand(point, linear);
  thread.width = sectionWidth(point, linear);
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
  return false;
}

/// Lets go on who sleeps, behind other blocks.
bool RegionBlock::wake() {
  if (std::none_of(warps.begin(), warps.end(), [](const Warp &warp) { return warp.yielded != 0; }))
    return false;
  block->scheduler->yield();
  for (Warp &warp : warps)
    warp.ready |= std::exchange(warp.yielded, 0);
  return true;
}

/// Lets lanes go on that wait for such as will not come, where settings allow it.
bool RegionBlock::joinWhoIsHere() {
  return settings().divergence == Divergence::Join &&
         std::any_of(warps.begin(), warps.end(), [&](Warp &warp) { return join(warp, true); });
}

/// Lanes that wait for each other, if they may go on or, with `any`, whoever is here.
bool RegionBlock::join(Warp &warp, bool any) {
  const Lanes joined = warp.together ? joinLanes(warp, threads.data(), block->warp_size, any) : 0;
  for (Lanes rest = joined; rest; rest &= rest - 1) {
    const uint32_t linear = warp.first + lowest(rest);
    value(linear) = threads[linear].result;
  }
  return joined != 0;
}

void RegionBlock::fail() {
  noteFault(LaunchFailure, describeDivergence(*block, warps, threads.data(), live));
  leaveKernel();
}

} // namespace cuport::cpu
