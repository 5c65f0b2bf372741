// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Text in the cells of Markdown tables.

#ifndef CUPORT_TOOLS_CUPORT_GEN_MARKDOWN_H
#define CUPORT_TOOLS_CUPORT_GEN_MARKDOWN_H

#include "llvm/ADT/Twine.h"

#include <string>

namespace cuport::gen {

/// What Markdown or HTML would take for markup is escaped.
inline std::string cell(llvm::StringRef Text) {
  std::string Cell;
  for (char C : Text) {
    if (llvm::StringRef("|<*_`\\[").contains(C))
      Cell += '\\';
    Cell += C;
  }
  return Cell;
}

/// `Name`, or "" without.
inline std::string code(llvm::StringRef Name) {
  return Name.empty() ? "" : ("`" + Name + "`").str();
}

} // namespace cuport::gen

#endif
