// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Inline PTX, to LLVM's instructions.
//
//   asm("mad.wide.u32 %0, %1, %2, %3;" : "=l"(d) : "r"(a), "r"(b), "l"(c))   ->   d = zext(a) *
//   zext(b) + c
//
// Arithmetic, bits, conversions, special registers, memory, atomics, fences, barriers, branches and
// predicates, warp instructions, small matrices, video instructions; copies in the background are
// made at once. What has no meaning here is an error at the statement's line that names the
// instruction.

#ifndef CUPORT_PASSES_PTX_H
#define CUPORT_PASSES_PTX_H

#include "llvm/IR/Module.h"

namespace cuport {

/// Replaces all inline assembly of the device half.
void lowerPtx(llvm::Module &M);

/// PTX's carry, which add.cc leaves for an addc that may stand in another statement, or in another function until both are inlined:
/// a variable until settleCarries.
llvm::GlobalVariable *carryOf(llvm::Module &M);

/// Behind inlining: gives each function a carry of its own, of each thread. A carry does not outlive a call or a return, as in PTX.
void settleCarries(llvm::Module &M);

} // namespace cuport

#endif
