// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Device code that computes with integers of 64 bits, an index of type size_t among them.
//
//   Seen: size_t i = blockIdx.x * size_t(blockDim.x) + threadIdx.x;     Seen: long long sum; sum += x[i];
//
// It is right in HIP; cards without such integers refuse it, emulate it, or give long fewer bits. Said once a function.

#include "Rules/CodeFacts.h"
#include "Rules/Needs.h"

using namespace cuport;

namespace cuport {
void runWideInteger(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "wide-integer", {CodeFact::WideIntegers},
      [](const CodeFact &Fact, Finding &F) {
        F.Verdict = Verdict::AsIs;
        F.Needs = {need(FactKey::Int64)};
        F.Message = "'" + Fact.Text + "' computes with integers of 64 bits, which not every card has at full speed, or at all";
      },
      Findings);
}
} // namespace cuport
