// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions of the host that kernels reach (HostCalls.cpp): who calls one ends with a trap, as nvcc's code has nothing there.

#ifndef CUPORT_PASSES_HOSTFUNCTIONS_H
#define CUPORT_PASSES_HOSTFUNCTIONS_H

#include "llvm/IR/Module.h"

namespace cuport {

/// Makes a trap of each function that is marked, whatever it was.
void trapHostFunctions(llvm::Module &M);

} // namespace cuport

#endif
