// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What git says about files that are going to be replaced: can it bring the present text back?
//
// git is asked through an argument vector, without a shell, without its locks and without the
// programs that a repository's configuration may name.

#ifndef CUPORT_REWRITE_GITSTATE_H
#define CUPORT_REWRITE_GITSTATE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace cuport {

enum class GitState {
  Committed, ///< git has this very text
  Changed,   ///< git knows the file, but has another text
  NotKept,   ///< in no work tree, untracked, or git could not be asked
};

struct GitAnswer {
  std::vector<GitState> States; ///< one for each file asked about
  std::vector<std::string>
      Problems; ///< work trees where git could not be asked, and why; one line each
};

/// `Files` are existing files; links are followed. `Git` is the program, looked up in PATH where it
/// has no slash.
GitAnswer askGit(llvm::ArrayRef<std::string> Files, llvm::StringRef Git = "git");

} // namespace cuport

#endif
