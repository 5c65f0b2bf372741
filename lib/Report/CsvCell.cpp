// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/CsvCell.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace cuport {
namespace {

/// True where a spreadsheet would compute the cell. Source: OWASP, CSV Injection, which names the wide forms too.
bool beginsFormula(StringRef Text) {
  static constexpr StringLiteral Begins[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
  return any_of(Begins, [&](StringRef Begin) { return Text.starts_with(Begin); });
}

} // namespace

std::string csvCell(StringRef Text) {
  std::string Quoted = beginsFormula(Text) ? "\"'" : "\"";
  for (char C : json::fixUTF8(Text)) {
    if (C == '\0')
      continue;
    Quoted += C;
    if (C == '"')
      Quoted += C;
  }
  return Quoted + '"';
}

} // namespace cuport
