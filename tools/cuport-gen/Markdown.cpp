// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Markdown.h"

#include "llvm/ADT/Twine.h"

using namespace cuport;
using llvm::StringRef;

std::string gen::cell(StringRef Text) {
  std::string Cell;
  for (char C : Text) {
    if (StringRef("|<*_`\\[").contains(C))
      Cell += '\\';
    Cell += C;
  }
  return Cell;
}

std::string gen::code(StringRef Name) { return Name.empty() ? "" : ("`" + Name + "`").str(); }

std::string gen::tableLine(llvm::ArrayRef<std::string> Cells) {
  std::string Line;
  for (const std::string &Cell : Cells)
    Line += Cell.empty() ? "| " : "| " + Cell + " ";
  return Line + "|\n";
}

std::string gen::tableHead(llvm::ArrayRef<StringRef> Titles) {
  std::string Head, Rule;
  for (StringRef Title : Titles) {
    Head += ("| " + Title + " ").str();
    Rule += "|---";
  }
  return Head + "|\n" + Rule + "|\n";
}
