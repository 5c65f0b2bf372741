// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport check: what is left for a person, and what of it is new; for CI.

#ifndef CUPORT_TOOLS_CHECKCOMMAND_H
#define CUPORT_TOOLS_CHECKCOMMAND_H

#include "CommonOptions.h"

namespace cuport {

int runCheck(const Invocation &Call);

} // namespace cuport

#endif
