// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// LLVM's function passes over what the plugin wrote: they come after LLVM's own simplification, and vectorisation wants
// simple loops.

#ifndef CUPORT_PASSES_SIMPLIFY_H
#define CUPORT_PASSES_SIMPLIFY_H

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/PassManager.h"

namespace cuport {

/// The attribute of functions that want it; taken away by simplifyBlockFunctions.
inline constexpr llvm::StringLiteral SimplifyAttribute = "cuport-simplify";

/// Of a kernel: vectors of the source, such as a float2, become scalars, small copies loads and stores, and bytes that are put together
/// words. A loop with vectors or with copies in it is not vectorised.
void spellAccesses(llvm::Function &F, llvm::FunctionAnalysisManager &Analyses);

/// What a fill sets all of a word to.
llvm::Value *wordOf(llvm::IRBuilder<> &B, const llvm::MemSetInst &Fill, llvm::Type *Word);

/// Of a step in vectors: what it can be judged by.
void simplifyWide(llvm::Function &F, llvm::FunctionAnalysisManager &Analyses);

void simplifyBlockFunctions(llvm::Module &M, llvm::ModuleAnalysisManager &Analyses);

} // namespace cuport

#endif
