// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/RulePages.h"

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

llvm::StringRef cuport::rulePage(llvm::StringRef RuleId) {
  for (const RulePage &Page : RulePages)
    if (Page.File.drop_back(3) == RuleId) // .md
      return Page.Text;
  return "";
}
