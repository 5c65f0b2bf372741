// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The names that a file defines by its tokens alone. Parses tell of what they compile; this is for the rest, branches that no
// configuration takes and files that no unit reads.
//
//   #define NAME ...      Type NAME = ...;      Type *NAME(...) { ... }      f(Type NAME)      struct NAME { ... }      typedef Type (*NAME)(...);

#ifndef CUPORT_FRONTEND_DEFINEDNAMES_H
#define CUPORT_FRONTEND_DEFINEDNAMES_H

#include "Frontend/SourceFile.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace cuport {

/// Of the names that IsWanted, in the order of the file, and as often as they are defined. A declaration of a function without a body is
/// none: that may be another's, said again. So is a macro without a value, a switch that other headers may read.
std::vector<llvm::StringRef> definedNames(const SourceFile &File, llvm::function_ref<bool(llvm::StringRef)> IsWanted);

} // namespace cuport

#endif
