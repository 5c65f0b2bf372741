// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// `block` of a kernel with collectives: the step cut at them, and where threads sleep to wait for others' stores.
//
//   ...; v = shuffle(mask, w, ...); use(v, x)    point 3: w, mask, ... -> the thread's mailbox; x -> its frame; return 3
//                                                resumed at 3: v <- mailbox; x <- frame; use(v, x)
//
//   step(..., point)  runs one thread from a point to its next one, or to the end
//   lockstep          runs many threads from a point that all have reached, region by region, as long as they agree
//   regions           both and the points, for the scheduler (shims/backends/cpu/Regions.h), which settles what happens at a
//                     collective and goes thread by thread where threads disagree
//
// A frame is one structure of arrays a block: slot s of thread t is at frames + offset(s) * threads + t * size(s). Values that
// are the same in all threads of a group in lockstep (Uniformity.h) are packed into one slot, whose layout is the point's;
// while the group is in lockstep it has one copy of them, and the threads' own are written when it ends.

#ifndef CUPORT_PASSES_REGIONS_H
#define CUPORT_PASSES_REGIONS_H

#include "BlockMode.h"
#include "Guard.h"
#include "LoopCuts.h"
#include "Uniformity.h"
#include "Widen.h"

namespace cuport {

/// The kind of a point; values of shims/backends/cpu/Regions.h.
enum class PointKind : uint32_t {
  Entry,
  Barrier,
  BarrierReduce,
  GridBarrier,
  Sleep,
  WarpBarrier,
  Shuffle,
  Vote,
  Match,
  Reduce,
  ActiveMask,
};

/// Where a value that is the same in all threads stands among those of a point.
struct UniformValue {
  llvm::Type *Type;
  uint32_t Offset;
};

/// What threads do behind a point.
struct Way {
  Step Region;                         ///< that alone, as a step of its own: for makeLockstep
  WideStep Wide;                       ///< the same for several threads, if all go a guard's usual way
  WideStep Rest;                       ///< and where they do not, if there is a guard
  llvm::SmallVector<uint32_t, 2> Next; ///< the points that may come next; End for the thread's end
};

struct Point {
  PointKind Kind = PointKind::Entry;
  int32_t Operation = 0; ///< of reductions, votes, shuffles: a constant
  uint32_t Given = 0;    ///< operands that are constants, as the backend's Regions.h numbers them
  uint64_t Mask = 0;     ///< these three: if given
  uint32_t Operand = 0, Width = 0;
  llvm::Constant *Place = nullptr;
  llvm::BasicBlock *Resume = nullptr; ///< what runs behind it
  llvm::BranchInst *Fork = nullptr;    ///< one there that all take alike, decided before the loop over them
  llvm::SmallVector<Way, 2> Ways;      ///< by the fork's first successor and its second; without a fork, one for all
  llvm::SmallVector<uint32_t, 2> Next; ///< of all ways
  bool Agree = false;                  ///< threads that set out together here arrive at one point
  bool ByLinear = false;               ///< what is behind it does not ask for the thread's x, y, z
  Guard Check;                         ///< where they mostly do; then their point is
  llvm::SmallVector<LoopCut::Load, 2> Ahead; ///< what threads will load some iterations later, at the end of Resume
  llvm::SmallVector<uint32_t, 2> UsualNext;
  llvm::SmallVector<UniformValue, 4> Uniform;
  uint32_t UniformSize = 0; ///< bytes of these

  /// Where a way goes on at the fork.
  OneWay way(unsigned Index) const {
    return Fork ? OneWay{Fork->getParent(), Fork->getSuccessor(Index)} : OneWay();
  }
};

inline constexpr uint32_t End = ~0u;

/// Parameters of a cut step behind the place. The uniform values of point p are read at UniformIn + p * UniformStride, and
/// or-ed into what is at UniformOut + p * UniformStride.
enum CutParameter : unsigned {
  FramesParameter,
  ThreadsParameter,
  PointParameter,
  UniformInParameter,
  UniformOutParameter,
  UniformStrideParameter,
  AssumeParameter, ///< the guards' usual ways are gone
};

struct CutStep {
  Step S;
  std::vector<Point> Points; ///< [0] is the entry
  uint32_t Frame = 0;        ///< bytes a thread, and for RowThreads threads, though they may be less
  bool HasRows = false;      ///< some are of variables that are interleaved
  bool ByWarp = false;       ///< has collectives of a warp
  uint32_t UniformSlot = 0;  ///< offset of the slot of uniform values
  uint32_t UniformSize = 0;  ///< its size: that of the point that has most; 0: there are none
};

/// Where the thread's uniform values stand in the frames.
llvm::Value *uniformSlot(llvm::IRBuilder<> &Builder, const CutStep &Cut, llvm::Value *Frames, llvm::Value *Threads,
                         llvm::Value *Linear);

/// Of so many threads variables are interleaved; at least as many as run side by side.
inline constexpr unsigned RowThreads = 16;

/// Cuts at collectives and at loops that threads should go through side by side (LoopCuts.h). Nothing if a collective's
/// operation is no constant. Interleave: threads' variables, as far as that can be (LaneArrays.h); it is good for threads that run side by
/// side, and for no others.
std::optional<CutStep> cutStep(const Kernel &K, bool Interleave);

/// Whether a point lies in a loop.
bool comesAgain(const CutStep &Cut, uint32_t Point);

/// The function that runs the threads of a block together, or those of a warp; see Lockstep.cpp. Points is the table of them.
llvm::Function *makeLockstep(const Kernel &K, const CutStep &Cut, llvm::GlobalVariable *Points, bool ByWarp);

/// Fills in C.Block and C.Frame; one loop over all threads where there is nothing to cut at.
void makeRegions(CompiledKernel &C, llvm::FunctionAnalysisManager &Analyses);

} // namespace cuport

#endif
