// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Constant memory: what its variables take, and variables that are templates.
//
//   Seen: template <typename T> struct Filter { static __constant__ T weights[64]; };
//
// CUDA has 64 KiB of it. AMD's cards keep it in ordinary memory, others have a limit of their own.

#include "Rules/CodeFacts.h"
#include "Rules/Needs.h"

using namespace cuport;

namespace cuport {
void runConstantMemory(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "constant-memory", {CodeFact::ConstantBytes, CodeFact::ConstantInTemplate},
      [](const CodeFact &Fact, Finding &F) {
        if (Fact.What == CodeFact::ConstantInTemplate) {
          F.Message = "the constant variable '" + Fact.Text + "' belongs to a template: HIP registers such a variable for the host not in every version, and copies to "
                      "it fail; make it a variable of the file, or an argument of the kernel";
          return;
        }
        constexpr uint32_t WorthSaying = 4 * 1024;
        if (Fact.Amount < WorthSaying)
          return;
        F.Verdict = Verdict::AsIs;
        F.Message = "'" + Fact.Text + "' takes " + bytesText(Fact.Amount) + " of constant memory";
        F.Needs = {need(FactKey::ConstantMemory, Fact.Amount)};
      },
      Findings);
}
} // namespace cuport
