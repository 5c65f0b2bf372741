// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loops over threads. Those of a whole block are three nested ones, x innermost, so that threads that are neighbours in memory
// become lanes of a vector.

#ifndef CUPORT_PASSES_LANELOOP_H
#define CUPORT_PASSES_LANELOOP_H

#include "BlockMode.h"
#include "Guard.h"
#include "LoopCuts.h"
#include "Widen.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace cuport {

using ThreadBody = llvm::function_ref<void(llvm::IRBuilder<> &, const ThreadValues &)>;

/// What loops do instead of Body where so many threads of a row are left as Step takes: Body, for the first of them.
struct WideBody {
  const WideStep &Step;
  llvm::ArrayRef<llvm::Value *> More; ///< for the step
  ThreadBody Body;
  const WideBody *Part = nullptr; ///< of a whole row: where Step cannot be, as where fewer threads are left
};

/// for z, y, x of the block's threads that run: Body. Builder stands before an instruction, which comes after the loops; so does Body's.
/// Wide may be null.
void loopOverBlock(llvm::IRBuilder<> &Builder, const BlockValues &Values, const Step &S, ThreadBody Body,
                   const WideBody *Wide = nullptr);

/// for Index = 0 ... Count - 1: Body; Count is at least 1. Builder stands as in loopOverBlock.
void loopOver(llvm::IRBuilder<> &Builder, llvm::Value *Count,
              llvm::function_ref<void(llvm::IRBuilder<> &, llvm::Value *Index)> Body);

/// The same for a Body that does not ask for X, Y and Z. Counts: what linesOf gives.
void loopOverLinear(llvm::IRBuilder<> &Builder, const BlockValues &Values, const Step &S, llvm::ArrayRef<llvm::Value *> Counts,
                    ThreadBody Body, const WideBody *Wide = nullptr);

/// How many threads there are in x, y, z where those that run are taken for one row, if they are neighbours.
std::array<llvm::Value *, 3> linesOf(llvm::IRBuilder<> &Builder, const BlockValues &Values);

/// The threads First ... First + Count - 1, all in one row of x that begins with the thread Start.
void loopOverRow(llvm::IRBuilder<> &Builder, const BlockValues &Values, const Step &S, const ThreadValues &Start, llvm::Value *Count,
                 ThreadBody Body, const WideBody *Wide = nullptr);

/// Whether all threads of the block go the guard's usual way. More: for the step.
llvm::Value *allGoUsualWay(llvm::IRBuilder<> &Builder, const Guard &Check, const BlockValues &Values, const Step &S,
                           llvm::ArrayRef<llvm::Value *> More);

/// Asks for the cache lines at addresses that a block's threads have at the end of Body, a block of the step's.
void fetchAhead(llvm::IRBuilder<> &Builder, llvm::ArrayRef<LoopCut::Load> Loads, const llvm::BasicBlock &Body,
                const BlockValues &Values, const Step &S, llvm::ArrayRef<llvm::Value *> More);

/// `block` of a kernel without collectives.
llvm::Function *makeLoop(const Kernel &K, llvm::FunctionAnalysisManager &Analyses);

} // namespace cuport

#endif
