// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The macros a project defines, read from its tokens: what a name in an argument may stand for where no parse says.

#ifndef CUPORT_RULES_MACROTABLE_H
#define CUPORT_RULES_MACROTABLE_H

#include "Frontend/SourceFile.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cuport {

class MacroTable {
public:
  /// Adds every #define of a file, in whatever branch.
  void add(const SourceFile &File);

  /// The body of an object-like macro, its tokens parted by single blanks; empty where there is none or where
  /// definitions differ.
  llvm::StringRef bodyOf(llvm::StringRef Name) const;

  /// The identifier that begins the first paste in the body of a macro, "cuda" of cuda##name; nothing where there is
  /// none.
  std::optional<llvm::StringRef> pastedPrefix(llvm::StringRef Name) const;

private:
  std::map<std::string, std::string, std::less<>> Bodies;
  std::map<std::string, bool, std::less<>> Differs;
  std::map<std::string, std::string, std::less<>> Prefixes;
};

} // namespace cuport

#endif
