// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Virtual calls and calls through function pointers in device code.
//
//   Seen: shape->area()     Seen: table[op](x)

#include "Rules/CodeFacts.h"
#include "Rules/Needs.h"

using namespace cuport;

namespace cuport {
void runIndirectCall(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "indirect-call", {CodeFact::IndirectCall},
      [](const CodeFact &Fact, Finding &F) {
        F.Message = "'" + Fact.Text + "' is called through a pointer in device code: address and table must be made on the card by the same code object, and registers "
                    "are reserved for the worst case; use a template argument or a switch where the callees are known";
        F.Needs = {need(FactKey::FunctionPointers)};
      },
      Findings);
}
} // namespace cuport
