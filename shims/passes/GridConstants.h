// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// __grid_constant__ parameters have one address for the whole grid: where the launch keeps the argument.
//
//   k(const __grid_constant__ int n) { use(&n); }  ->  k(ptr n)   as for a large parameter, but without a copy a thread

#ifndef CUPORT_PASSES_GRIDCONSTANTS_H
#define CUPORT_PASSES_GRIDCONSTANTS_H

#include "llvm/IR/Module.h"

namespace cuport {

/// Of a kernel's parameter: its address is the launch's.
inline constexpr llvm::StringLiteral GridConstantAttribute = "cuport-grid-constant";

/// Turns the marks of keywords.h into attributes, and values whose address the kernel does more with than load into pointers.
void takeGridConstants(llvm::Module &M);

} // namespace cuport

#endif
