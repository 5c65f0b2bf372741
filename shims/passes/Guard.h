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

/// An integer that grows by the same amount from each thread of a row to the next, unless it wraps around. Does it, then its
/// last value does not lie where Order has it.
struct Ramp {
  llvm::Value *Number;
  llvm::CmpInst::Predicate Order; ///< of the first thread's to the last one's

  bool operator==(const Ramp &) const = default;
};

/// A branch that can be decided before the loop; Body is null where there is none.
struct Guard {
  llvm::BasicBlock *Body = nullptr; ///< ends with the branch
  unsigned Usual = 0;               ///< the successor that most take
  bool AtEnds = false; ///< all threads of a row go the usual way if the first and the last do and Ramps hold
  llvm::SmallVector<Ramp, 2> Ramps;
};

/// The branch that ends Body, a block of the step's, if what it depends on is cheap and has no effect.
Guard guardAt(const Step &S, llvm::BasicBlock &Body, unsigned Usual);

/// The same at the begin of a kernel, where one way leads to its end and nothing else.
Guard guardAtBegin(const Step &S, llvm::BasicBlock &Body);

/// Whether a thread goes the usual way, for a step that is called with Operands.
llvm::Value *goesUsualWay(llvm::IRBuilder<> &Builder, const Guard &G, llvm::ArrayRef<llvm::Value *> Operands);

/// The same for all threads of a row, of which the first and the last are called with these; the guard is AtEnds.
llvm::Value *rowGoesUsualWay(llvm::IRBuilder<> &Builder, const Guard &G, llvm::ArrayRef<llvm::Value *> First,
                             llvm::ArrayRef<llvm::Value *> Last);

/// Whether the guard's ramps hold between the first and the last thread.
llvm::Value *rampsHold(llvm::IRBuilder<> &Builder, const Guard &G, llvm::ArrayRef<llvm::Value *> First,
                       llvm::ArrayRef<llvm::Value *> Last);

/// Whether Needed can be computed from a step's operands and by cheap instructions that have no effect: of Body, of the entry, and
/// arithmetic of other blocks.
bool canCopy(llvm::Value *Needed, const llvm::BasicBlock &Body);

/// That, for a step that is called with Operands.
llvm::Value *copyOf(llvm::IRBuilder<> &Builder, llvm::Value *Needed, const llvm::BasicBlock &Body,
                    llvm::ArrayRef<llvm::Value *> Operands);

/// Lets the branch go the usual way where Assumed, an i1, is true.
void assumeUsualWay(const Guard &G, llvm::Value *Assumed);

/// A parameter of a step, an i1 that says that all threads go guards' usual ways, and what it says here.
struct Assumption {
  unsigned Parameter;
  bool Says;
};

} // namespace cuport

#endif
