// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Under ThreadSanitizer: CUDA threads that never wait run one after another on one stack, and to the sanitizer each is a thread. So that
// they do not seem to race for their own variables, accesses to these are not told it.

#ifndef CUPORT_PASSES_LOCALMEMORY_H
#define CUPORT_PASSES_LOCALMEMORY_H

#include "llvm/IR/Module.h"

namespace cuport {

/// Takes accesses to variables of the function itself, and to copies of parameters, out of what ThreadSanitizer instruments.
void hideLocalMemory(llvm::Module &M);

} // namespace cuport

#endif
