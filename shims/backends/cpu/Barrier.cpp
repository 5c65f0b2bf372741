// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Barriers of a block in thread mode. Count 0: complete when all threads that have not ended are there, so ending counts as
// arriving. Another count: complete when so many are there.

#include "Divergence.h"
#include "HappensBefore.h"
#include "Intrinsic.h"
#include "ThreadBlock.h"
#include "Worker.h"

namespace cuport::cpu {

void ThreadBlock::waitForBarrier(Thread &self, const cuport_place *place, uint32_t id,
                                 uint32_t count) {
  if (id >= Barriers) {
    noteFault(LaunchFailure, describePlace(block, self.state.thread_idx) + ": barrier " +
                                 std::to_string(id) + " is none of 0 to 15");
    leaveKernel();
  }
  self.wait = Wait::Barrier;
  self.place = place;
  self.kind = int32_t(id);
  self.mask = count;
  warpOf(self).blocked |= bit(self.state.lane);
  Barrier &barrier = barriers[id];
  ++barrier.arrived;
  if (count && barrier.arrived >= count) {
    completeBarrier(id);
    released = true;
  }
  suspend(self);
}

int32_t ThreadBlock::waitForReduction(Thread &self, const cuport_place *place, int32_t operation,
                                      int32_t predicate) {
  self.wait = Wait::BarrierReduce;
  self.place = place;
  self.kind = 0;
  self.mask = 0;
  self.operand = operation;
  self.value = predicate != 0;
  warpOf(self).blocked |= bit(self.state.lane);
  ++barriers[0].arrived;
  suspend(self);
  return int32_t(self.result);
}

void ThreadBlock::completeBarrier(uint32_t id) {
  Barrier &barrier = barriers[id];
  if (id == 0)
    warnOfPlaces(block, warps, threads.data());
  HappensBefore order;
  uint32_t yes = 0;
  auto each = [&](auto &&visit) {
    for (Warp &warp : warps)
      for (Lanes rest = warp.blocked; rest; rest &= rest - 1) {
        Thread &thread = threads[warp.first + lowest(rest)];
        if (thread.wait != Wait::Grid && thread.kind == int32_t(id))
          visit(warp, thread);
      }
  };
  bool reduces = false;
  each([&](Warp &, Thread &thread) {
    if (thread.wait == Wait::BarrierReduce) {
      reduces = true;
      yes += uint32_t(thread.value);
    }
    order.before(thread.sanitizerFiber);
  });
  uint32_t all = barrier.arrived;
  each([&](Warp &warp, Thread &thread) {
    if (reduces)
      thread.result = thread.operand == BarrierCount ? yes
                      : thread.operand == BarrierAnd ? yes == all
                                                     : yes != 0;
    order.after(thread.sanitizerFiber);
    warp.blocked &= ~bit(thread.state.lane);
    warp.ready |= bit(thread.state.lane);
  });
  barrier.arrived = 0;
}

} // namespace cuport::cpu
