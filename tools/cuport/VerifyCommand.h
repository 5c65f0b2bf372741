// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The verb verify: its options and what it prints.

#ifndef CUPORT_TOOLS_VERIFYCOMMAND_H
#define CUPORT_TOOLS_VERIFYCOMMAND_H

#include "llvm/Support/CommandLine.h"

#include <string>
#include <vector>

namespace cuport {

llvm::cl::SubCommand &verifyCommand();

/// Behind are the words after "--": the program to run. Exit codes: 0 the same, 1 different, 2 it
/// could not tell.
int runVerify(const std::vector<std::string> &Behind);

} // namespace cuport

#endif
