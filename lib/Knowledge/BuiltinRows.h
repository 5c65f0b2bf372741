// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The rows compiled in, sorted by name with the includes last. A file of its own because it takes
// seconds to compile.

#ifndef CUPORT_KNOWLEDGE_BUILTINROWS_H
#define CUPORT_KNOWLEDGE_BUILTINROWS_H

#include "Knowledge/ApiRow.h"

namespace cuport {

llvm::ArrayRef<ApiLibrary> builtinLibraries();
llvm::ArrayRef<ApiRow> builtinRows();

/// The row of an identifier or, with Include, of a header; or null.
const ApiRow *findBuiltinRow(llvm::StringRef Name, bool Include);

} // namespace cuport

#endif
