// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Pieces of Markdown pages.

#ifndef CUPORT_TOOLS_CUPORT_GEN_MARKDOWN_H
#define CUPORT_TOOLS_CUPORT_GEN_MARKDOWN_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace cuport::gen {

/// Text in a cell of a table: what Markdown or HTML would take for markup is escaped.
std::string cell(llvm::StringRef Text);

/// A name in `code`; nothing for an empty one.
std::string code(llvm::StringRef Name);

/// One line of a table. Empty cells stay empty.
std::string tableLine(llvm::ArrayRef<std::string> Cells);

/// The first two lines of a table: its titles, and the line under them.
std::string tableHead(llvm::ArrayRef<llvm::StringRef> Titles);

} // namespace cuport::gen

#endif
