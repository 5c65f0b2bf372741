// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Look-up of PTX instructions and special registers in the built-in rows.

#ifndef CUPORT_KNOWLEDGE_PTXTABLE_H
#define CUPORT_KNOWLEDGE_PTXTABLE_H

#include "Knowledge/PtxRow.h"

#include <vector>

namespace cuport {

/// All rows, sorted by name.
llvm::ArrayRef<PtxRow> ptxRows();
llvm::ArrayRef<PtxGroup> ptxGroups();

/// The row that says most of an instruction as it is written, with all its modifiers: of those with
/// its opcode whose modifiers it has in this order, the one with most, and among equals the one
/// whose modifiers stand nearest to the opcode. "ld.global.cg.v2.f32" has the row ld.global. A
/// special register is found with its % and with or without a dimension. Null for what no row is
/// about.
const PtxRow *matchPtx(llvm::StringRef Instruction);

/// Up to Count names of rows nearest in spelling, nearest first.
std::vector<llvm::StringRef> nearestPtx(llvm::StringRef Name, unsigned Count);

} // namespace cuport

#endif
