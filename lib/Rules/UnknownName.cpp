// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names in CUDA's style that no row knows and nobody in the project declares. cuport does not know what they are, and
// says so.
//
//   Seen: cudaBrandNewCall(p);

#include "Rules/Calls.h"
#include "Rules/Guards.h"

#include "Knowledge/NamePattern.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;

/// True where the project may well declare what this file names: a header of its own was not found.
static bool lacksHeader(const FileView &File) {
  return File.Facts && llvm::any_of(File.Facts->Includes, [](const auto &I) { return I.second.Where == IncludeFact::Missing; });
}

namespace cuport {
void runUnknownName(const FileView &File, std::vector<Finding> &Findings) {
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    const Token &T = File.tokens()[I];
    if (T.What != Token::Identifier || !looksLikeCuda(File.text(I)) || File.Apis.find(File.text(I)) ||
        (T.InDirective && isGuardUse(File, I)))
      continue;
    if (File.Project.UserNames.count(File.text(I).str()))
      continue;
    FileView::Owner Owner = File.ownerOfToken(I);
    if (Owner == FileView::Owner::User || Owner == FileView::Owner::Ambiguous)
      continue;
    // Two letters are not much of a pattern: cuFoo must at least be called.
    if (isWeakPattern(File.text(I)) && Owner == FileView::Owner::Lexical && !callAt(File, I))
      continue;
    Finding F = File.finding("unknown-name", T.Offset, T.Length, Verdict::Unknown, File.confidenceOfToken(I));
    F.Name = File.text(I).str();
    F.Message = "'" + F.Name + "' looks like a name of CUDA's that cuport does not know; " +
                (lacksHeader(File) ? "it may be the project's own, of a header that was not found"
                                   : "a row in a --knowledge file would tell what becomes of it");
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
