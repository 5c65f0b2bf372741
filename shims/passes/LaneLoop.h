// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loops over threads. Those of a whole block are three nested ones, x innermost, so that threads that are neighbours in memory
// become lanes of a vector.

#ifndef CUPORT_PASSES_LANELOOP_H
#define CUPORT_PASSES_LANELOOP_H

#include "BlockMode.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace cuport {

using ThreadBody = llvm::function_ref<void(llvm::IRBuilder<> &, const ThreadValues &)>;

/// for z, y, x of the block: Body. Builder stands before an instruction, which comes after the loops; so does Body's.
void loopOverBlock(llvm::IRBuilder<> &Builder, const BlockValues &Values, const Step &S, ThreadBody Body);

/// The threads First ... First + Count - 1, all in one row of x that begins with the thread Start.
void loopOverRow(llvm::IRBuilder<> &Builder, const Step &S, const ThreadValues &Start, llvm::Value *Count, ThreadBody Body);

/// `block` of a kernel without collectives.
llvm::Function *makeLoop(const Kernel &K);

} // namespace cuport

#endif
