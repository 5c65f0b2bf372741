// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions of float, written out in single precision: as many threads go side by side as a vector has floats. They are within one unit of the last
// place of the exact result, exp10, sin, cos, tanh and erf within one and a half. CUDA promises one of the nearest float for exp, log and log2, two for
// the others and four for pow.

#ifndef CUPORT_PASSES_FLOATFORMS_H
#define CUPORT_PASSES_FLOATFORMS_H

#include "llvm/IR/InstrTypes.h"

namespace cuport {

/// Whether Call is of one of these functions: exp, exp2, exp10, log, log2, log10, pow, sin, cos, tanh and erf of float.
bool hasFloatForm(const llvm::CallBase &Call);

/// Its result, computed in front of it.
llvm::Value *writeFloatForm(llvm::CallBase &Call);

} // namespace cuport

#endif
