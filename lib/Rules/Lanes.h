// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the rules of the warp-width audit share: each answers for some kinds of LaneFact.

#ifndef CUPORT_RULES_LANES_H
#define CUPORT_RULES_LANES_H

#include "Rules/Rule.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace cuport {

/// Adds a finding of the verdict review for each fact of one of the kinds; Say gives its message. It needs warps of 32 lanes
/// where it is right for them.
void addLaneFindings(const FileView &File, llvm::StringRef Rule, llvm::ArrayRef<LaneFact::Kind> Kinds,
                     llvm::function_ref<std::string(const LaneFact &)> Say, std::vector<Finding> &Findings);

} // namespace cuport

#endif
