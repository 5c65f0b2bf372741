// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The text of a PTX statement, in pieces.
//
//   "{ .reg .u32 t; @p mad.lo.s32 t, $1, $2, 7; }"  ->  {guard p, name "mad.lo.s32", parts mad lo s32, operands t $1 $2 7}

#ifndef CUPORT_PASSES_PTXTEXT_H
#define CUPORT_PASSES_PTXTEXT_H

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace cuport {

struct PtxInstruction {
  std::string Guard; ///< the predicate behind @, "" without
  bool GuardNegated = false;
  std::string Name;  ///< whole, with its suffixes
  llvm::SmallVector<llvm::StringRef, 6> Parts; ///< of Name, at the dots
  std::vector<std::string> Operands;

  bool has(llvm::StringRef Part) const { return llvm::is_contained(Parts, Part); }
  /// The last type suffix but `Behind` more: cvt.u32.f32 has two.
  llvm::StringRef type(unsigned Behind = 0) const;
};

/// Text as LLVM keeps it in an InlineAsm. Operands of the statement stay as $0, $1 ... Declarations of registers are left out.
std::vector<PtxInstruction> parsePtx(llvm::StringRef Text);

/// Bits of "u32", "b64", "f16x2" ...; 0 if it is no type, 1 for "pred".
unsigned bitsOfPtxType(llvm::StringRef Type);

} // namespace cuport

#endif
