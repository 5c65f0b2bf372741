// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Numbers that an integer cannot hold.
//
//   unsigned char c = x; int i = y / 0.0f;     C++ leaves it open where they do not fit
//
// nvcc takes PTX's cvt.rzi (PTX ISA, cvt), as __float2int_rz does (conversion_functions.h): what is too large or too small
// becomes the nearest integer there is, a NaN 0 if it was a float and the result has 32 bits, else 2^(bits - 1). Integers of fewer bits are the
// last ones of what 32 hold (seen in nvcc's PTX, 2026-12-01).

#ifndef CUPORT_PASSES_CONVERSIONS_H
#define CUPORT_PASSES_CONVERSIONS_H

#include "llvm/IR/Module.h"

namespace cuport {

/// Gives conversions of floating point to integers the results that PTX's have. Before anything takes their operands to fit.
void clampConversions(llvm::Module &M);

} // namespace cuport

#endif
