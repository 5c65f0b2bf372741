// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Exponentials, logarithms, powers, sines and cosines written out without calls: a loop over threads with a call in it would not become
// one of vectors.

#ifndef CUPORT_PASSES_MATHFORMS_H
#define CUPORT_PASSES_MATHFORMS_H

#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/IR/Function.h"

namespace cuport {

/// In place of the functions of float that FloatForms.h has, and of exp10 and log10 of double, for which the C library promises less than CUDA.
void writeOutMath(llvm::Function &F);

/// Whether I is a function of doubles that has a form in vectors: llvm.exp, exp2, exp10, log, log2, log10, pow, sin or cos. One by one the
/// C library's are as fast.
bool hasDoubleForm(const llvm::Instruction &I, const llvm::TargetTransformInfo &Target);

/// In place of such functions of vectors, and exactly of llvm.ldexp. The results are within one unit of the last place; what CUDA promises is one to two.
void writeOutVectorMath(llvm::Function &F, const llvm::TargetTransformInfo &Target);

} // namespace cuport

#endif
