// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Code that nvcc compiles and clang, of which HIP's compilers are made, refuses.
//
//   Seen: int2 cell = {x, y};     // of floats
//         printf("%"PRId64, n);   // gets its blank
//         #pragma unroll          // and no loop behind
//         void Sum::add(int n) {  // __device__ in the class; gets the word
//         main() {                // gets its type
//
// The frontend's own errors, of which a parse survives these. More of the kind have rules of their own: register-storage,
// shared-memory.

#include "Rules/CodeFacts.h"

using namespace cuport;

static void insert(Finding &F, llvm::StringRef Text) {
  F.Verdict = Verdict::Edit;
  F.Edits = {{F.At.Offset, 0, Text.str()}};
}

namespace cuport {
void runNvccOnly(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "nvcc-only",
      {CodeFact::Narrowing, CodeFact::LiteralSuffix, CodeFact::StrayLoopPragma, CodeFact::MainType, CodeFact::PointerOrder,
       CodeFact::VariableArrayInit, CodeFact::OtherSpace, CodeFact::AddedSpace},
      [](const CodeFact &Fact, Finding &F) {
        if (Fact.What == CodeFact::AddedSpace) {
          F.Name = "other execution space";
          F.Message = "nvcc takes '" + llvm::StringRef(Fact.Text).rtrim().str() +
                      "' from another declaration of the function, or from its template; to HIP's compilers this is another function without it";
          insert(F, Fact.Text);
          return;
        }
        F.Message = "HIP's compilers stop here: " + Fact.Text + "; ";
        if (Fact.What == CodeFact::Narrowing) {
          F.Name = "narrowing in braces";
          F.Message += "nvcc converts the value: cast it";
        } else if (Fact.What == CodeFact::LiteralSuffix) {
          F.Name = "name behind a literal";
          F.Message += "nvcc expands the macro: write a blank before it";
          insert(F, " ");
        } else if (Fact.What == CodeFact::StrayLoopPragma) {
          F.Name = "stray loop pragma";
          F.Message += "nvcc leaves the pragma out: take it away";
        } else if (Fact.What == CodeFact::MainType) {
          F.Name = "main without a type";
          F.Message += "nvcc takes it for an int";
          insert(F, "int ");
        } else if (Fact.What == CodeFact::PointerOrder) {
          F.Name = "pointer ordered before 0";
          F.Message += "nvcc takes this in device code: compare with != or ==";
        } else if (Fact.What == CodeFact::VariableArrayInit) {
          F.Name = "initializer of an array of variable length";
          F.Message += "nvcc's host compiler fills the array: fill it in a statement of its own";
        } else {
          F.Name = "other execution space";
          F.Message += "to nvcc a function is declared once and for all by its first declaration: say the same words here";
        }
      },
      Findings);
}
} // namespace cuport
