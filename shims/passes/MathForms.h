// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Exponentials, logarithms, powers, sine, cosine and tanh in single precision, written out without calls: a loop over threads with a
// call in it would not become one of vectors. They are computed in double precision and rounded once, so that next to all results are the nearest number;
// what CUDA promises is one to four units of the last place.

#ifndef CUPORT_PASSES_MATHFORMS_H
#define CUPORT_PASSES_MATHFORMS_H

#include "llvm/IR/Module.h"

namespace cuport {

/// In place of llvm.exp, exp2, log, log2, log10, pow, sin, cos and tanh of float.
void writeOutMath(llvm::Function &F);

} // namespace cuport

#endif
