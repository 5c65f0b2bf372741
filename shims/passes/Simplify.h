// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// LLVM's function passes over what the plugin wrote: they come after LLVM's own simplification, and vectorisation wants
// simple loops.

#ifndef CUPORT_PASSES_SIMPLIFY_H
#define CUPORT_PASSES_SIMPLIFY_H

#include "llvm/IR/PassManager.h"

namespace cuport {

/// The attribute of functions that want it; taken away by simplifyBlockFunctions.
inline constexpr llvm::StringLiteral SimplifyAttribute = "cuport-simplify";

void simplifyBlockFunctions(llvm::Module &M, llvm::ModuleAnalysisManager &Analyses);

} // namespace cuport

#endif
