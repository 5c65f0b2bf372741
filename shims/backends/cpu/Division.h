// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Divisions of integers that have no result. A card gives one all the same ("an unspecified, machine-specific value", PTX ISA, div and rem)
// and goes on; an x86 traps, and for the least number divided by -1, too. Here it has all bits set, or the lower 32 where LLVM divides numbers
// of 64 bits that fit as such of 32.

#ifndef CUPORT_CPU_DIVISION_H
#define CUPORT_CPU_DIVISION_H

namespace cuport::cpu {

enum class Division { None, ByZero, Overflow };

/// Gives the division at which the signal context stopped the result of a card's, and goes on behind it; None: there is none, and nothing
/// was changed. On processors that do not trap it is never asked.
Division finishDivision(void *context);

} // namespace cuport::cpu

#endif
