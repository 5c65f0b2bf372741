// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Divisions of whole numbers for threads side by side. Processors have them for one number only, and kernels are full of them:
//
//   row = i / width; column = i % width
//
// Numbers of 32 bits are exact in double precision, where they can be divided in vectors. Those of 64 bits are divided twice, the second
// time what the first left, where a processor converts them in vectors, too (AVX-512).

#ifndef CUPORT_PASSES_LANEDIVISION_H
#define CUPORT_PASSES_LANEDIVISION_H

#include "llvm/IR/IRBuilder.h"

namespace cuport {

/// Of divisions and remainders of whole numbers, which they are.
inline bool isSigned(const llvm::Instruction &I) {
  return I.getOpcode() == llvm::Instruction::SDiv || I.getOpcode() == llvm::Instruction::SRem;
}
inline bool isRemainder(const llvm::Instruction &I) {
  return I.getOpcode() == llvm::Instruction::URem || I.getOpcode() == llvm::Instruction::SRem;
}

/// Whether I is a division or a remainder of such numbers, by what is not known when it is compiled.
bool isLaneDivision(const llvm::Instruction &I);

/// The same of all lanes of Dividends. Divisor: one number for all, or a vector of them. Of lanes with the divisor 0 all bits of the result are set.
/// B may stand at the end of another block after it.
llvm::Value *divideLanes(llvm::IRBuilder<> &B, const llvm::Instruction &I, llvm::Value *Dividends, llvm::Value *Divisor);

} // namespace cuport

#endif
