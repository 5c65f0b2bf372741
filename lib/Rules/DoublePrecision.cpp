// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Device code that computes in FP64, by declaration or because a literal has no f.
//
//   Seen: float y = x * 0.5;     Seen: __global__ void kernel(double *x)
//
// It is right in HIP; cards without FP64 refuse it, emulate it or are slow.

#include "Rules/CodeFacts.h"
#include "Rules/Needs.h"

using namespace cuport;

namespace cuport {
void runDoublePrecision(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "double-precision", {CodeFact::DoubleFunction, CodeFact::DoubleLiteral},
      [](const CodeFact &Fact, Finding &F) {
        F.Verdict = Verdict::AsIs;
        F.Needs = {need(FactKey::Fp64)};
        if (Fact.What == CodeFact::DoubleLiteral)
          F.Message = "'" + Fact.Text + "' is a double, so that the operation on a float beside it is done in FP64: write '" + Fact.Text + "f' where float will do";
        else
          F.Message = "'" + Fact.Text + "' computes in FP64, which not every card has at full speed, or at all";
      },
      Findings);
}
} // namespace cuport
