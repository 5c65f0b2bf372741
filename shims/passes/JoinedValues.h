// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Phis of what is the same on all ways, as LLVM makes them where it computes an index early on one:
//
//   if (id < n) { i = sext(x); ... } else j = sext(x);    k = phi(i, j)  ->  k = sext(x)
//
// A phi hides that neighbours have neighbouring numbers, and would be kept for each thread across a collective.

#ifndef CUPORT_PASSES_JOINEDVALUES_H
#define CUPORT_PASSES_JOINEDVALUES_H

#include "llvm/IR/Function.h"

namespace cuport {

/// Replaces phis of integers and pointers by what stands on all ways to them, if it is cheap arithmetic on what is known before.
void joinValues(llvm::Function &F);

} // namespace cuport

#endif
