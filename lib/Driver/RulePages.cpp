// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/RulePages.h"

#include "Build/BuildRule.h"
#include "Rules/Rule.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;

namespace {

struct RulePage {
  llvm::StringRef File;
  llvm::StringRef Text;
};

} // namespace

static constexpr RulePage RulePages[] = {
#include "Driver/RulePages.inc"
};

std::vector<RuleInfo> cuport::everyRule() {
  std::vector<RuleInfo> All(allRules().begin(), allRules().end());
  llvm::append_range(All, buildRules());
  llvm::sort(All, [](const RuleInfo &A, const RuleInfo &B) { return A.Id < B.Id; });
  return All;
}

llvm::StringRef cuport::rulePage(llvm::StringRef RuleId) {
  for (const RulePage &Page : RulePages)
    if (Page.File.drop_back(3) == RuleId) // .md
      return Page.Text;
  return "";
}
