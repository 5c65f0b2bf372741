// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/Diagnostics.h"

#include "Report/PrintableText.h"

#include <fmt/format.h>

namespace cuport {

std::string toDiagnosticLine(const Finding &F) {
  std::string Place =
      F.At.Line == 0 ? F.At.File : fmt::format("{}:{}:{}", F.At.File, F.At.Line, F.At.Column);
  return fmt::format("{}: {}: {} [{}]", Place, needsPerson(F.Verdict) ? "warning" : "note",
                     printable(F.Message), F.Rule);
}

} // namespace cuport
