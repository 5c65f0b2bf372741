// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/CodeFacts.h"

#include "llvm/ADT/STLExtras.h"

void cuport::addCodeFindings(const FileView &File, llvm::StringRef Rule, llvm::ArrayRef<CodeFact::Kind> Kinds,
                             llvm::function_ref<void(const CodeFact &, Finding &)> Say, std::vector<Finding> &Findings) {
  if (!File.Facts)
    return;
  for (const CodeFact &Fact : File.Facts->Code) {
    if (!llvm::is_contained(Kinds, Fact.What))
      continue;
    Finding F = File.finding(Rule, Fact.Offset, Fact.Length, Verdict::Review, Confidence::Resolved);
    F.Name = Fact.Text;
    Say(Fact, F);
    if (!F.Message.empty())
      Findings.push_back(std::move(F));
  }
}

std::string cuport::bytesText(uint64_t Bytes) {
  std::string Text = std::to_string(Bytes) + " bytes";
  return Bytes >= 1024 && Bytes % 1024 == 0 ? Text + " (" + std::to_string(Bytes / 1024) + " KiB)" : Text;
}
