// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loops in which a thread waits for what another one writes:
//
//   while (*flag == 0);                   with flag volatile or atomic
//   while (atomicAdd(count, 0) < n);
//
//   while (atomicCAS(lock, 0, 1) != 0);   with a collective between there and where the lock is given back
//
// On a card all threads of a warp, a block and of the blocks that fit run at once. Here the writer may run on the same thread of
// the operating system, so each round of such a loop that has waited in vain calls __cuport_nanosleep, which lets others go first.

#ifndef CUPORT_PASSES_WAITINGLOOPS_H
#define CUPORT_PASSES_WAITINGLOOPS_H

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/Module.h"

namespace cuport {

/// Lets every such loop of the module call it.
void sleepInWaitingLoops(llvm::Module &M);

/// Where, before each loop of F in which threads sleep, all should come before one asks: of those that arrive at a barrier in memory only the
/// last would find it complete otherwise, and be apart from the others. Such loops get preheaders.
llvm::SmallPtrSet<llvm::Instruction *, 2> meetingsBeforeWaiting(llvm::Function &F);

} // namespace cuport

#endif
