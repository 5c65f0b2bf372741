// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Error codes of CUDA's that are compared with numbers other than 0. HIP's have other numbers.
//
//   Seen: if (cudaGetLastError() == 700)     After: if (hipGetLastError() == hipErrorIllegalAddress)

#include "Rules/CodeFacts.h"

using namespace cuport;

namespace cuport {
void runErrorNumber(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "error-number", {CodeFact::ErrorNumber},
      [](const CodeFact &Fact, Finding &F) {
        F.Message = "'" + Fact.Text + "' takes an error code of CUDA's by its number; not all of HIP's codes have the same: compare with the name of the code";
      },
      Findings);
}
} // namespace cuport
