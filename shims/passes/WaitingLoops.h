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
// the operating system, so such a loop calls __cuport_nanosleep, which lets others go first.

#ifndef CUPORT_PASSES_WAITINGLOOPS_H
#define CUPORT_PASSES_WAITINGLOOPS_H

#include "llvm/IR/Module.h"

namespace cuport {

/// What intrinsics.h declares for it, and how the host half's libraries know it.
inline constexpr llvm::StringLiteral SleepName = "__cuport_nanosleep";

/// Lets every such loop of the module call it.
void yieldInWaitingLoops(llvm::Module &M);

} // namespace cuport

#endif
