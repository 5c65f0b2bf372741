// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/Lanes.h"

#include "Rules/Needs.h"

#include "llvm/ADT/STLExtras.h"

void cuport::addLaneFindings(const FileView &File, llvm::StringRef Rule, llvm::ArrayRef<LaneFact::Kind> Kinds,
                             llvm::function_ref<std::string(const LaneFact &)> Say, std::vector<Finding> &Findings) {
  if (!File.Facts)
    return;
  for (const LaneFact &L : File.Facts->Lanes) {
    if (!llvm::is_contained(Kinds, L.What))
      continue;
    Finding F = File.finding(Rule, L.Offset, L.Length, Verdict::Review, Confidence::Resolved);
    F.Name = L.Text;
    F.Message = Say(L);
    // What is read with no barrier between is wrong on a card with warps of 32, too, as soon as its compiler reorders it.
    if (L.What != LaneFact::Synchronous)
      F.Needs = {needsWarpOf32()};
    Findings.push_back(std::move(F));
  }
}
