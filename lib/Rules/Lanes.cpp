// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/Lanes.h"

#include "Rules/Needs.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;

/// False for what CUDA does not promise either: its own cards bear it, others with warps of 32 need not.
static bool isRightFor32(LaneFact::Kind What) {
  return What != LaneFact::Synchronous && What != LaneFact::Divergent && What != LaneFact::EarlyReturn;
}

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
    if (isRightFor32(L.What))
      F.Needs = {needsWarpOf32()};
    Findings.push_back(std::move(F));
  }
}
