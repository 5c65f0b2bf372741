// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/BuiltinRows.h"

using namespace cuport;

// BuiltinLibraries and BuiltinRows, written by cuport-gen: constants, nothing runs at start.
#include "Knowledge/ApiTable.inc"

llvm::ArrayRef<ApiLibrary> cuport::builtinLibraries() { return BuiltinLibraries; }
llvm::ArrayRef<ApiRow> cuport::builtinRows() { return BuiltinRows; }
