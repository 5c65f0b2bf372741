// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// An atomic that threads side by side make on one address: one for all of them, as if they came one after the other.
//
//   atomicAdd(&sum, x)    ->    atomicAdd(&sum, x[0] + x[1] + ...)      of floats: ((sum + x[0]) + x[1]) + ..., in that order

#ifndef CUPORT_PASSES_LANEATOMICS_H
#define CUPORT_PASSES_LANEATOMICS_H

#include "llvm/IR/IRBuilder.h"

namespace cuport {

/// Whether there is such a form of I.
bool canUnite(const llvm::AtomicRMWInst &I);

/// For the threads that come, lanes of i1, null for all: they give What, a vector, and get a vector, null if nobody wants it. Where none
/// comes, Address is one where nothing is harmed. B stands at the end of its block, and then of another.
llvm::Value *unite(llvm::IRBuilder<> &B, const llvm::AtomicRMWInst &I, llvm::Value *Address, llvm::Value *What, llvm::Value *Comes);

} // namespace cuport

#endif
