// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shared variables, from globals to the block's arena.
//
//   section "cuport.shared"   static       -> arena + offset; two variables share bytes if no kernel reaches both
//                             extern []    -> __cuport_dynamic_shared()
//
// With -rdc, kernels of other files may call a function that has shared variables, and their arenas have no place for these. Of such
// a variable a cuport_shared_variable is left, for which the backend gives each block memory when it asks for it first.

#ifndef CUPORT_PASSES_SHAREDMEMORY_H
#define CUPORT_PASSES_SHAREDMEMORY_H

#include "llvm/IR/Module.h"

namespace cuport {

/// Runs before renameSymbols. Writes SharedAttribute on kernels.
void moveSharedVariables(llvm::Module &M, bool Relocatable);

} // namespace cuport

#endif
