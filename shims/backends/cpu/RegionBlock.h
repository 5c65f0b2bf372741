// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A block in `block` mode whose threads stop for each other.
//
//   all threads at one point  -> lockstep; so too where some have ended, if the others are a box that begins with the first thread
//   threads apart             -> warps whose lanes are together in lockstep, of others thread by thread; lanes join as in thread
//                                mode (Warp.h), until all threads are at one point again
//
// There are no fibers: a thread that waits is the number of a point and a part of block->frames.

#ifndef CUPORT_CPU_REGIONBLOCK_H
#define CUPORT_CPU_REGIONBLOCK_H

#include "Regions.h"
#include "Warp.h"

#include <vector>

namespace cuport::cpu {

class RegionBlock {
public:
  /// Runs the block to its end. Leaves by a fault where threads wait that nobody can free.
  void run(const cuport_regions &regions, void *const *arguments, cuport_block &block);

private:
  uint32_t runTogether(uint32_t at);
  void begin();
  uint32_t runApart();
  bool mayLockstep(const Warp &warp) const;
  bool runWarp(Warp &warp);
  void arriveAll(Warp &warp);
  void arrive(Warp &warp, unsigned lane, uint32_t point);
  bool completeBarrier();
  bool wake();
  bool join(Warp &warp, bool any);
  bool joinWhoIsHere();
  uint32_t commonPoint();
  bool agree(uint32_t first, uint32_t count) const;
  bool findBox();
  uint32_t pointOfRest();
  [[noreturn]] void fail();

  /// What the thread gave its point's collective.
  uint64_t mask(const cuport_point &point, uint32_t linear) {
    return point.given & CUPORT_GIVEN_MASK ? point.mask : field<uint64_t>(CUPORT_MAILBOX_MASK, linear);
  }
  int32_t operand(const cuport_point &point, uint32_t linear) {
    return point.given & CUPORT_GIVEN_OPERAND ? point.operand : field<int32_t>(CUPORT_MAILBOX_OPERAND, linear);
  }
  int32_t sectionWidth(const cuport_point &point, uint32_t linear) {
    if (!(point.given & CUPORT_GIVEN_WIDTH))
      return field<int32_t>(CUPORT_MAILBOX_WIDTH, linear);
    return point.kind == CUPORT_POINT_BARRIER || point.width ? point.width : int32_t(block->warp_size);
  }
  uint64_t &value(uint32_t linear) { return field<uint64_t>(CUPORT_MAILBOX_VALUE, linear); }
  template <typename T> T &field(uint32_t offset, uint32_t linear) {
    return reinterpret_cast<T *>(block->frames + size_t(offset) * block->thread_count)[linear];
  }

  const cuport_regions *regions = nullptr;
  void *const *arguments = nullptr;
  cuport_block *block = nullptr;
  uint32_t live = 0;
  uint32_t box[3] = {};                     ///< how many threads go together in x, y and z
  uint32_t dims[3] = {}, width = 0; ///< what `threads` was set up for
  std::vector<uint32_t> points; ///< where each thread is
  std::vector<Thread> threads;
  std::vector<Warp> warps;
  bool rows = false;             ///< warps may go in lockstep
  Turns turns;
};

/// What lanes or threads that are all there do at a point: settles the results of cuport_scheduler's `settle`.
void settlePoint(cuport_block *block, const cuport_point *point, uint32_t first, uint32_t count);

/// cuport_scheduler's `regions`.
void runRegions(const cuport_regions *regions, void *const *arguments, cuport_block *block);

} // namespace cuport::cpu
#endif
