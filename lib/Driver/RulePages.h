// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The pages of docs/rules/, carried in the program for cuport explain.

#ifndef CUPORT_DRIVER_RULEPAGES_H
#define CUPORT_DRIVER_RULEPAGES_H

#include "llvm/ADT/StringRef.h"

namespace cuport {

/// The Markdown page of a rule; empty where there is none.
llvm::StringRef rulePage(llvm::StringRef RuleId);

} // namespace cuport

#endif
