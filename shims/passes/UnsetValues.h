// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Values that only some threads have set, given to functions that all of them call.
//
//   int first;                                       Clang marks arguments and results noundef, by which LLVM takes the threads that
//   if (lane == leader)                              are not the leader for impossible: all of them would add. nvcc's front end has
//     first = atomicAdd(counter, lanes);             no such mark, and the code is the usual one.
//   first = __shfl_sync(mask, first, leader);

#ifndef CUPORT_PASSES_UNSETVALUES_H
#define CUPORT_PASSES_UNSETVALUES_H

#include "llvm/IR/Module.h"

namespace cuport {

/// Takes the mark from arguments and results, but for the parameters of kernels, which a launch always sets. Before anything counts on it.
void allowUnsetValues(llvm::Module &M);

} // namespace cuport

#endif
