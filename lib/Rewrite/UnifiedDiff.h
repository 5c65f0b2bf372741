// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the edits of a file do to it, as text that people read and `patch -p1` and `git apply` take.
//
// The edits say where the texts differ, so nothing is searched: the work is linear in the text.
// Both sides of a line's ending are part of the line, so CRLF and a missing newline at the end come
// out as they are.

#ifndef CUPORT_REWRITE_UNIFIEDDIFF_H
#define CUPORT_REWRITE_UNIFIEDDIFF_H

#include "Basic/Finding.h"

#include "llvm/ADT/ArrayRef.h"

#include <string>

namespace cuport {

/// The unified diff, three lines of context, of `Old` against applyResolved(Old, Resolved); empty
/// if they are the same. `Path` is named as a/Path and b/Path, without the slashes it begins with,
/// quoted as git does where it holds control characters, quotes or backslashes.
std::string unifiedDiff(llvm::StringRef Path, llvm::StringRef Old, llvm::ArrayRef<Edit> Resolved);

} // namespace cuport

#endif
