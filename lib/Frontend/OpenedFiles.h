// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Changes the text of files as clang opens them, for what clang does not take as it stands. The plugin of shims/passes compiles this
// file, too.

#ifndef CUPORT_FRONTEND_OPENEDFILES_H
#define CUPORT_FRONTEND_OPENEDFILES_H

#include "llvm/ADT/StringRef.h"

#include <functional>
#include <optional>
#include <string>

namespace clang {
class CompilerInstance;
} // namespace clang

namespace cuport {

/// What clang is to read in place of a file's text; nothing where that may stay. Lines and columns stay if it is as long.
using TextChange = std::function<std::optional<std::string>(llvm::StringRef Text)>;

/// From now on Change is asked once for the main file, at once, and for every file that is included. UsersOnly: but for headers of
/// the system.
void changeOpenedFiles(clang::CompilerInstance &Compiler, TextChange Change, bool UsersOnly);

} // namespace cuport

#endif
