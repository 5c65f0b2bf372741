// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Under ThreadSanitizer, which knows no fences: the atomics of a function that come before or behind one of its fences take over what the
// fence orders.
//
//   data = 1; __threadfence(); atomicAdd(&arrived, 1)   ->   ...; the atomic releases what is before it, and acquires
//
// So data that is handed on by a fence and a relaxed atomic is no race; where either is missing, it is.

#ifndef CUPORT_PASSES_FENCES_H
#define CUPORT_PASSES_FENCES_H

#include "llvm/IR/Module.h"

namespace cuport {

void strengthenAtomics(llvm::Module &M);

} // namespace cuport

#endif
