// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/BuiltinRows.h"

#include "llvm/Support/xxhash.h"

using namespace cuport;

// BuiltinLibraries, BuiltinRows and BuiltinSlots, written by cuport-gen: constants, nothing runs at start.
#include "Knowledge/ApiTable.inc"

llvm::ArrayRef<ApiLibrary> cuport::builtinLibraries() { return BuiltinLibraries; }
llvm::ArrayRef<ApiRow> cuport::builtinRows() { return BuiltinRows; }

const ApiRow *cuport::findBuiltinRow(llvm::StringRef Name, bool Include) {
  constexpr size_t Mask = std::size(BuiltinSlots) - 1;
  for (size_t At = llvm::xxh3_64bits(Name) & Mask; BuiltinSlots[At]; At = (At + 1) & Mask) {
    const ApiRow &Row = BuiltinRows[BuiltinSlots[At] - 1];
    if (Row.Cuda == Name && (Row.Kind == ApiKind::Include) == Include)
      return &Row;
  }
  return nullptr;
}
