// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The macros that have to be there for a file to include a header, by its tokens alone.

#ifndef CUPORT_FRONTEND_INCLUDECONDITIONS_H
#define CUPORT_FRONTEND_INCLUDECONDITIONS_H

#include "Frontend/SourceFile.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace cuport {

/// X of #ifdef X, #if X and #if defined(X), of each of these that an include of a header that IsWanted stands in, as often as one does.
/// Conditions of several macros, and what stands behind #else and #elif, tell of none.
std::vector<llvm::StringRef> macrosAroundIncludes(const SourceFile &File, llvm::function_ref<bool(llvm::StringRef)> IsWanted);

} // namespace cuport

#endif
