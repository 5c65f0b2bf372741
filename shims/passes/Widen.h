// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A step for several threads at once, one a lane of vectors (whole-function vectorization). LLVM makes vectors of a loop over threads
// where a thread's own code has no loop:
//
//   for x: { s = 0; for (j = 0; j < n; ++j) s += f(a[j], b[x]); c[x] = s; }
//
// Here the inner loop is run for 16 threads side by side instead, whether they leave it together or each in its own iteration.

#ifndef CUPORT_PASSES_WIDEN_H
#define CUPORT_PASSES_WIDEN_H

#include "BlockMode.h"
#include "Guard.h"
#include "llvm/IR/PassManager.h"

namespace cuport {

/// Takes the parameters of the step that it is made of: the place is that of the first of Threads neighbours in x. Returns what the step
/// does, or a vector of that where it is not the same for all of them.
struct WideStep {
  llvm::Function *Body = nullptr; ///< null: not worth it, or not possible
  unsigned Threads = 0;
  Guard Check; ///< Ramps that must hold for the first and the last of them; Body: where they can be computed
  double Cost = 0; ///< for all Threads
  double Gain = 0; ///< how many times as much they cost one after the other
  uint32_t Multiples = 0; ///< bits for those of the place parameters that must be multiples of Threads
  unsigned Least = 0;     ///< of a part: with fewer threads it gains nothing
};

/// A wide form of S for threads of which that holds, where S has loops, or other things of which LLVM makes no vectors, and gains by it.
WideStep widen(const Kernel &K, const Step &S, Assumption Assume, llvm::FunctionAnalysisManager &Analyses);

/// The same for Least of Threads or more, up to the end of the block's row: blocks of 8 x 8 threads have no other rows. Whole: the form
/// of S that wants all of Threads.
WideStep widenPart(const Kernel &K, const Step &S, Assumption Assume, const WideStep &Whole, llvm::FunctionAnalysisManager &Analyses);

} // namespace cuport

#endif
