// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/Doubts.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace cuport;

void cuport::sayDoubts(const FileView &File, std::vector<Finding> &Findings) {
  llvm::StringSet<> Said;
  Finding *FirstKept = nullptr;
  std::vector<std::string> Kept;
  for (Finding &F : Findings) {
    if (F.Replacement.empty() || needsPerson(F.Verdict))
      continue;
    const ApiRow *Row = F.Rule == "include" ? File.Apis.findInclude(F.Name) : File.Apis.find(F.Name);
    llvm::StringRef Doubt = Row ? File.Options.Card->doubtOf(*Row) : "";
    if (Doubt.empty() || !Said.insert(F.Name).second)
      continue;
    if (F.Replacement != F.Name) {
      F.Verdict = Verdict::Review;
      F.Message += ", " + Doubt.str() + ": see that the card's headers have it";
      continue;
    }
    Kept.push_back("'" + F.Name + "'");
    if (!FirstKept)
      FirstKept = &F;
  }
  if (!FirstKept)
    return;
  FirstKept->Verdict = Verdict::Review;
  FirstKept->Message = "kept by a rule, and not seen themselves in code for " + File.Options.Output + ": " + llvm::join(Kept, ", ") +
                       "; see that the card has them";
}
