// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loops of a kernel that threads should go through side by side, though nothing makes them wait.
//
//   for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) sum += in[i];
//
// Neighbours in x read neighbours in memory, while one thread jumps through all of it. Run thread by thread, each step of such a loop
// is another cache line; cut at its header, the inner loop is the one over threads.

#ifndef CUPORT_PASSES_LOOPCUTS_H
#define CUPORT_PASSES_LOOPCUTS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Function.h"

namespace cuport {

/// Headers of innermost loops without collectives of which some access goes by at most 16 bytes from thread to thread and further
/// from iteration to iteration.
llvm::SmallVector<llvm::BasicBlock *> loopsToCut(llvm::Function &Step, llvm::Value *ThreadX);

/// In loops with these headers and in those with collectives: what grows by the same amount in every iteration becomes a sum of
/// where it began, which belongs to the thread and stays, and of how far it came, which is the same for all threads.
void separateInductions(llvm::Function &Step, llvm::ArrayRef<llvm::BasicBlock *> Headers);

} // namespace cuport

#endif
