// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What every rule has, whether it reads source or build files.

#ifndef CUPORT_BASIC_RULEINFO_H
#define CUPORT_BASIC_RULEINFO_H

#include "llvm/ADT/StringRef.h"

namespace cuport {

struct RuleInfo {
  llvm::StringRef Id;      ///< what messages show in brackets
  llvm::StringRef Summary; ///< one line for lists
};

} // namespace cuport

#endif
