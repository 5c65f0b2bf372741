// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A branch at the begin of a loop over threads that mostly all of them take the same way:
//
//   if (i < n) c[i] = a[i] + b[i];
//
// One look at all threads before the loop tells whether they do. If so, the loop is run without the branch, and vectorised code
// needs no masks, which cost much on some processors.

#ifndef CUPORT_PASSES_GUARD_H
#define CUPORT_PASSES_GUARD_H

#include "BlockMode.h"

namespace cuport {

/// A branch that can be decided before the loop; Body is null where there is none.
struct Guard {
  llvm::BasicBlock *Body = nullptr; ///< ends with the branch
  unsigned Usual = 0;               ///< the successor that most take
};

/// The branch that ends Body, if what it depends on is cheap and has no effect.
Guard guardAt(llvm::BasicBlock &Body, unsigned Usual);

/// The same at the begin of a kernel, where one way leads to its end and nothing else.
Guard guardAtBegin(llvm::BasicBlock &Body);

/// Whether a thread goes the usual way, for a step that is called with Operands.
llvm::Value *goesUsualWay(llvm::IRBuilder<> &Builder, const Guard &G, llvm::ArrayRef<llvm::Value *> Operands);

/// Lets the branch go the usual way where Assumed, an i1, is true.
void assumeUsualWay(const Guard &G, llvm::Value *Assumed);

} // namespace cuport

#endif
