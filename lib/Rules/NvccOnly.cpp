// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Code that nvcc compiles and clang, of which HIP's compilers are made, refuses.
//
//   Seen: int2 cell = {x, y};     // of floats
//         printf("%"PRId64, n);   // gets its blank
//         #pragma unroll          // and no loop behind
//         int add(int a) { ... }  // __device__ where it was declared first
//
// The frontend's own errors, of which a parse survives these. More of the kind have rules of their own: register-storage,
// shared-memory.

#include "Rules/CodeFacts.h"

using namespace cuport;

namespace cuport {
void runNvccOnly(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "nvcc-only", {CodeFact::Narrowing, CodeFact::LiteralSuffix, CodeFact::StrayLoopPragma, CodeFact::OtherSpace},
      [](const CodeFact &Fact, Finding &F) {
        F.Message = "HIP's compilers stop here: " + Fact.Text + "; ";
        if (Fact.What == CodeFact::Narrowing) {
          F.Name = "narrowing in braces";
          F.Message += "nvcc converts the value: cast it";
        } else if (Fact.What == CodeFact::LiteralSuffix) {
          F.Name = "name behind a literal";
          F.Message += "nvcc expands the macro: write a blank before it";
          F.Verdict = Verdict::Edit;
          F.Edits = {{Fact.Offset, 0, " "}};
        } else if (Fact.What == CodeFact::StrayLoopPragma) {
          F.Name = "stray loop pragma";
          F.Message += "nvcc leaves the pragma out: take it away";
        } else {
          F.Name = "other execution space";
          F.Message += "to nvcc a function is declared once and for all by its first declaration: say the same words here";
        }
      },
      Findings);
}
} // namespace cuport
