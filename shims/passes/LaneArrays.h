// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where threads run side by side, the variables that each of them has for itself and that live in memory: arrays, mostly. Element by
// element, those of all threads are rows, and what all threads do to the same element is done to a vector:
//
//   one thread's behind the other's      a0 a1 a2 ... b0 b1 b2 ... c0 c1 c2 ...
//   interleaved                          a0 b0 c0 ... a1 b1 c1 ... a2 b2 c2 ...

#ifndef CUPORT_PASSES_LANEARRAYS_H
#define CUPORT_PASSES_LANEARRAYS_H

#include "llvm/IR/Instructions.h"

namespace cuport {

/// Before: fills and copies of such variables, as loops over their elements. Parallel: the access group of what is not a thread's own.
void expandCopies(llvm::Function &F, llvm::MDNode *Parallel);

/// In a step that a wide form is to be made of, which then is no step of its own any more: interleaves the variables of which each
/// access is one to an element, and nothing else is done with addresses.
void interleaveVariables(llvm::Function &F, unsigned Threads);

/// The same for a variable that is about to become memory of another kind, in which Threads threads lie so: the bytes of an element, or 0,
/// and nothing is done. What accesses it is marked as parallel.
uint64_t interleaveAccesses(llvm::AllocaInst &Variable, unsigned Threads, llvm::MDNode *Parallel);

/// The bytes of an element of a variable that is interleaved; 0 if it is not.
uint64_t elementSize(const llvm::AllocaInst &Variable);

/// Bytes from a thread's variable to that of the next thread.
uint64_t pitchOf(const llvm::AllocaInst &Variable);

/// Bytes of one thread's copy.
uint64_t sizeOf(const llvm::AllocaInst &Variable);

/// Whether an address belongs to a variable that is interleaved.
bool isInterleaved(const llvm::Value &Address);

} // namespace cuport

#endif
