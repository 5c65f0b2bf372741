// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Plain HIP that does what a PTX statement does, to the bit.
//
//   "bfe.u32 %0, %1, 4, 8;" with %0 = d, %1 = a   ->   d = (a >> 4) & 0xffu;
//
// Only what HIP's headers have is used; test/Shims/Ptx runs each form. An instruction without an
// exact counterpart, or one whose counterpart depends on more than the statement says, is named and
// nothing is written.

#ifndef CUPORT_PTX_HIPWRITER_H
#define CUPORT_PTX_HIPWRITER_H

#include "Ptx/Parser.h"

namespace cuport::ptx {

/// An operand of the asm statement.
struct HipOperand {
  std::string Name; ///< of [name], empty without
  char Class = 'r'; ///< the letter of its constraint: h r l f d, or n for a constant
  bool Written = false, Read = false;
  std::string Code; ///< the C++ expression
};

struct HipCode {
  /// Statements, one a line, with their semicolons; none for what needs nothing.
  std::vector<std::string> Lines;
  /// They declare names, and need a block of their own.
  bool Block = false;
};

struct HipOptions {
  bool WarpMasks = true; ///< HIP has __shfl_sync and its kin, from 6.2 on
  bool Halves = false;   ///< the file includes HIP's header of halves
};

/// Error: the instruction that has no counterpart, as "'bra'".
llvm::Expected<HipCode> writeHip(const Program &Statement, llvm::ArrayRef<HipOperand> Operands,
                                 const HipOptions &Options);

} // namespace cuport::ptx

#endif
