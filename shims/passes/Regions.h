// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// `block` of a kernel with collectives: the step cut at them.
//
//   ...; v = shuffle(mask, w, ...); use(v, x)    point 3: w, mask, ... -> the thread's mailbox; x -> its frame; return 3
//                                                resumed at 3: v <- mailbox; x <- frame; use(v, x)
//
//   step(..., point)  runs one thread from a point to its next one, or to the end
//   lockstep          runs many threads from a point that all have reached, region by region, as long as they agree
//   regions           both and the points, for the scheduler (shims/backends/cpu/Regions.h), which settles what happens at a
//                     collective and goes thread by thread where threads disagree
//
// A frame is one structure of arrays a block: slot s of thread t is at frames + offset(s) * threads + t * size(s).

#ifndef CUPORT_PASSES_REGIONS_H
#define CUPORT_PASSES_REGIONS_H

#include "BlockMode.h"

namespace cuport {

/// The kind of a point; values of shims/backends/cpu/Regions.h.
enum class PointKind : uint32_t {
  Entry,
  Barrier,
  BarrierReduce,
  GridBarrier,
  WarpBarrier,
  Shuffle,
  Vote,
  Match,
  Reduce,
  ActiveMask,
};

struct Point {
  PointKind Kind = PointKind::Entry;
  int32_t Operation = 0; ///< of reductions, votes, shuffles: a constant
  llvm::Constant *Place = nullptr;
  llvm::BasicBlock *Resume = nullptr; ///< what runs behind it
  llvm::SmallVector<uint32_t, 2> Next; ///< the points that may come next; End for the thread's end
};

inline constexpr uint32_t End = ~0u;

/// Parameters of a cut step behind the place.
enum CutParameter : unsigned { FramesParameter, ThreadsParameter, PointParameter };

struct CutStep {
  Step S;
  std::vector<Point> Points; ///< [0] is the entry
  uint32_t Frame = 0;        ///< bytes a thread
  bool ByWarp = false;       ///< has collectives of a warp
};

/// Cuts at collectives and at loops that threads should go through side by side (LoopCuts.h). Nothing if a collective's
/// operation is no constant.
std::optional<CutStep> cutStep(const Kernel &K);

/// The function that runs the threads of a block together, or those of a warp; see Lockstep.cpp.
llvm::Function *makeLockstep(const Kernel &K, const CutStep &Cut, bool ByWarp);

/// Fills in C.Block and C.Frame; one loop over all threads where there is nothing to cut at.
void makeRegions(CompiledKernel &C);

} // namespace cuport

#endif
