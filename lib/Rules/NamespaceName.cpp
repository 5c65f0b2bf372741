// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Namespaces of CUDA's C++ libraries, where they qualify a name, are opened, used or aliased.
//
//   Before: cub::DeviceReduce::Sum(...)     After: hipcub::DeviceReduce::Sum(...)
//   Before: using namespace nvcuda;         After: using namespace rocwmma;

#include "Rules/SpecialNames.h"

using namespace cuport;

/// A namespace name stands before ::, or behind namespace or = in a using or alias.
static bool isNamespacePosition(const FileView &File, size_t Index) {
  if (File.is(Index + 1, "::"))
    return true;
  if (Index == 0)
    return false;
  if (File.is(Index - 1, "namespace"))
    return File.is(Index + 1, ";") || File.is(Index + 1, "{");
  if (File.is(Index - 1, "=") && Index >= 3 && File.is(Index - 3, "namespace"))
    return true;
  return File.is(Index - 1, "::") && File.is(Index + 1, ";");
}

namespace cuport {
void runNamespaceName(const FileView &File, std::vector<Finding> &Findings) {
  llvm::ArrayRef<Token> Tokens = File.tokens();
  for (size_t I = 0; I < Tokens.size(); ++I) {
    if (Tokens[I].What != Token::Identifier)
      continue;
    // The longest spelling that has a row: nvcuda::wmma before nvcuda.
    const ApiRow *Row = File.Apis.find(File.text(I));
    size_t Last = I;
    if (File.is(I + 1, "::") && I + 2 < Tokens.size() && Tokens[I + 2].What == Token::Identifier) {
      std::string Nested = (File.text(I) + "::" + File.text(I + 2)).str();
      if (const ApiRow *Longer = File.Apis.find(Nested); Longer && Longer->Kind == ApiKind::Namespace) {
        Row = Longer;
        Last = I + 2;
      }
    }
    if (!Row || Row->Kind != ApiKind::Namespace || !isNamespacePosition(File, Last))
      continue;
    FileView::Owner Owner = File.ownerOfToken(I);
    if (needsPerson(verdictFor(*Row, File.Options.Hip)) && saysQualifiedName(File, I))
      continue; // one finding for both
    bool Opened = I > 0 && File.is(I - 1, "namespace") && File.is(Last + 1, "{");
    if (Owner == FileView::Owner::User || Owner == FileView::Owner::Ambiguous)
      continue; // a namespace of the user's with that name
    uint32_t Begin = Tokens[I].Offset, Length = Tokens[Last].end() - Begin;
    Verdict V = verdictFor(*Row, File.Options.Hip);
    Finding F = File.finding("namespace-name", Begin, Length, Opened && !needsPerson(V) ? Verdict::Review : V,
                             File.confidenceOfToken(I));
    F.Name = Row->Cuda.str();
    F.Replacement = Row->Hip.str();
    std::string Why = (Row->Note.empty() ? Row->Reason : Row->Note).str();
    if (Row->Hip.empty())
      F.Message = File.Options.Output + " has nothing for namespace '" + F.Name + "'";
    else if (Row->Hip == Row->Cuda)
      F.Message = "namespace '" + F.Name + "' is the same in " + File.Options.Output;
    else
      F.Message = "namespace '" + F.Name + "' is '" + F.Replacement + "' in " + File.Options.Output;
    if (Opened)
      F.Message += "; the project adds to it here";
    if (!Why.empty())
      F.Message += ": " + Why;
    if (!Row->Hip.empty() && Row->Hip != Row->Cuda && V != Verdict::Unsupported && V != Verdict::Redesign)
      F.Edits = {{Begin, Length, F.Replacement}};
    Findings.push_back(std::move(F));
    I = Last;
  }
}
} // namespace cuport
