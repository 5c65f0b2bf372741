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

#include "BlockMode.h"
#include "llvm/ADT/DenseMap.h"

namespace cuport {

/// A loop, and those of its loads that go by at most 16 bytes from thread to thread and far from iteration to iteration.
struct LoopCut {
  static constexpr int64_t Far = 1024; ///< bytes: less than that processors foresee by themselves
  llvm::BasicBlock *Header;
  struct Load {
    llvm::Value *Address;
    int64_t Stride; ///< bytes from thread to thread
  };
  llvm::SmallVector<Load, 2> FarLoads;
};

/// Innermost loops without collectives of which some access, not to shared memory, which is near, goes by at most 16 bytes from thread to
/// thread and further from iteration to iteration; where nothing in the step is a collective, only those that lie deepest. None that what
/// they have read keeps some threads from, while these go on elsewhere.
llvm::SmallVector<LoopCut> loopsToCut(const Kernel &K, const Step &S);

/// What grows by the same amount in every iteration of a loop.
struct Induction {
  llvm::Value *Number, *Step;
};
using Inductions = llvm::DenseMap<llvm::BasicBlock *, llvm::SmallVector<Induction, 2>>;

/// In these loops and in those with collectives: an induction becomes a sum of where it began, which belongs to the thread and
/// stays, and of how far it came, which is the same for all threads. Inductions of the loops, by their headers.
Inductions separateInductions(llvm::Function &Step, llvm::ArrayRef<LoopCut> Cuts);

/// What a thread will load some iterations later, computed at the end of the loop's header: for those of its far loads for which
/// that can be told there. A processor sees no pattern in such steps: it has to be told early what to fetch.
llvm::SmallVector<LoopCut::Load, 2> loadsAhead(const Step &S, const LoopCut &Cut, llvm::ArrayRef<Induction> Inductions);

} // namespace cuport

#endif
