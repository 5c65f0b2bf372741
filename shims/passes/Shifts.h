// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shifts by as many bits as a number has, or more.
//
//   bits << (32 - used)        used == 0: C++ leaves it open, x86 gives bits, NVIDIA's cards give 0
//
// What nvcc makes of C++'s shifts (PTX ISA: shl, shr) takes larger amounts for the width, and programs count on it.

#ifndef CUPORT_PASSES_SHIFTS_H
#define CUPORT_PASSES_SHIFTS_H

#include "llvm/IR/Module.h"

namespace cuport {

/// Gives shifts by what is no constant the results that PTX's have. Before anything takes their amounts to be small.
void clampShifts(llvm::Module &M);

} // namespace cuport

#endif
