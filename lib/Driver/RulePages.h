// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// All rules, on source and on build files, and the pages of docs/rules/, carried in the program for cuport explain.

#ifndef CUPORT_DRIVER_RULEPAGES_H
#define CUPORT_DRIVER_RULEPAGES_H

#include "Basic/RuleInfo.h"

#include <vector>

namespace cuport {

/// Sorted by id.
std::vector<RuleInfo> everyRule();

/// The Markdown page of a rule; empty where there is none.
llvm::StringRef rulePage(llvm::StringRef RuleId);

} // namespace cuport

#endif
