// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The storage class register. nvcc with its host compiler warns of it in C++17, HIP's compilers refuse it; it means nothing.
//
//   Before: register float x = 0;     After: float x = 0;

#include "Frontend/CompileCommand.h"
#include "Rules/Rule.h"

using namespace cuport;

/// GNU's register variables, `register long r asm("r0")`, are something else.
static bool isBoundToRegister(const FileView &File, size_t Index) {
  for (size_t I = Index + 1; I < File.tokens().size(); ++I) {
    llvm::StringRef Text = File.text(I);
    if (Text == "asm" || Text == "__asm__" || Text == "__asm")
      return true;
    if (Text == ";" || Text == "=" || Text == "," || Text == ")" || Text == "{")
      return false;
  }
  return false;
}

namespace cuport {
void runRegisterStorage(const FileView &File, std::vector<Finding> &Findings) {
  if (languageOf(File.RealPath) == Language::C)
    return;
  for (size_t I = 0; I + 1 < File.tokens().size(); ++I) {
    const Token &T = File.tokens()[I];
    if (T.What != Token::Identifier || File.text(I) != "register" || isBoundToRegister(File, I))
      continue;
    // A macro may be named so, and a name be pasted of it.
    if (const Directive *D = File.Source.directiveOf(I); D && (I == D->First + 2 || I + 1 == D->Last))
      continue;
    Finding F = File.finding("register-storage", T.Offset, T.Length, Verdict::Edit,
                             File.Facts ? Confidence::Resolved : Confidence::Unparsed);
    if (File.lexicalConfidence(T.Offset) == Confidence::Inactive)
      F.Confidence = Confidence::Inactive;
    F.Name = "register";
    F.Message = "C++17 has no storage class 'register', and HIP's compilers refuse it; it has no effect";
    F.Edits = {{T.Offset, File.tokens()[I + 1].Offset - T.Offset, ""}};
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
