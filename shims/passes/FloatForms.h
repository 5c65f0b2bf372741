// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions of float, written out in single precision: as many threads go side by side as a vector has floats. They are as near to the exact result as
// CUDA promises: of the nearest float, within one unit of the last place for exp, expm1, log, log1p and log2, three for sinh and atan2, four for tan and
// pow, and two for the others. (test/Shims/Cpu/written-out-math.cu has how near they are.)

#ifndef CUPORT_PASSES_FLOATFORMS_H
#define CUPORT_PASSES_FLOATFORMS_H

#include "llvm/IR/InstrTypes.h"

namespace cuport {

/// Whether Call is of one of these functions of float: exp, exp2, exp10, expm1, log, log2, log10, log1p, pow, sin, cos, tan, asin, acos, atan, atan2,
/// sinh, cosh, tanh and erf.
bool hasFloatForm(const llvm::CallBase &Call);

/// Its result, computed in front of it.
llvm::Value *writeFloatForm(llvm::CallBase &Call);

} // namespace cuport

#endif
