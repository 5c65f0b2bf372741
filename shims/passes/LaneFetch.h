// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What threads side by side load in a loop as a card wants it, neighbours next to each other and each iteration far from the one before:
//
//   for (int step = 0; step < steps; ++step) x += force[step * bodies + i];
//
// A processor sees no pattern in many such loads and waits for each. It is told some iterations early what to fetch.

#ifndef CUPORT_PASSES_LANEFETCH_H
#define CUPORT_PASSES_LANEFETCH_H

#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/PassManager.h"

namespace cuport {

/// Asks for the cache line at Address, for reading.
void fetchLine(llvm::IRBuilder<> &B, llvm::Value *Address);

/// In loops of a wide form, if an iteration takes long enough that it is not noticed.
void fetchRowsAhead(llvm::Function &Wide, const llvm::TargetTransformInfo &Target, llvm::FunctionAnalysisManager &Analyses);

} // namespace cuport

#endif
