// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// min and max of operands of different types, one of them an integer. CUDA has overloads that take both to a common type; HIP's headers lack
// some, and then the call is ambiguous or goes by double.
//
//   Seen: min(n, 1024u)     After: min((unsigned)n, 1024u)

#include "Rules/CodeFacts.h"

using namespace cuport;

namespace cuport {
void runMixedMinmax(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "mixed-minmax", {CodeFact::MixedMinMax},
      [](const CodeFact &Fact, Finding &F) {
        F.Message = "'" + Fact.Text + "' has operands of different types, for which HIP may have no overload, or one of double that loses bits above 2^53: cast both to "
                    "the type that is meant";
      },
      Findings);
}
} // namespace cuport
