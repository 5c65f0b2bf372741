// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The macros a project defines, read from its tokens: what a name in an argument may stand for where no parse says.

#ifndef CUPORT_RULES_MACROTABLE_H
#define CUPORT_RULES_MACROTABLE_H

#include "Frontend/SourceFile.h"

#include <map>
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

private:
  std::map<std::string, std::string, std::less<>> Bodies;
  std::map<std::string, bool, std::less<>> Differs;
};

} // namespace cuport

#endif
