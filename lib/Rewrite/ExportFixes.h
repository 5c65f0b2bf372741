// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The edits that are made, as the YAML that clang-tidy exports and clang-apply-replacements
// applies.

#ifndef CUPORT_REWRITE_EXPORTFIXES_H
#define CUPORT_REWRITE_EXPORTFIXES_H

#include "Basic/Finding.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace cuport {

/// What is done to one file. Edits are resolved (Rewrite/ApplyEdits.h): clang-apply-replacements
/// refuses overlaps.
struct FileEdits {
  std::string File;
  std::vector<Edit> Edits;
};

/// One document for all files, in their order by name. `Directory` is absolute and makes relative
/// names so, as the tool wants them. An error if a name or a text is not UTF-8, which YAML cannot
/// hold; it names the file.
llvm::Expected<std::string> exportFixes(llvm::StringRef Directory, llvm::ArrayRef<FileEdits> Files);

} // namespace cuport

#endif
