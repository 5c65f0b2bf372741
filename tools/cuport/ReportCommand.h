// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport report: one scan, as many forms as are wanted; or a portfolio of projects.

#ifndef CUPORT_TOOLS_REPORTCOMMAND_H
#define CUPORT_TOOLS_REPORTCOMMAND_H

#include "CommonOptions.h"

namespace cuport {

int runReport(const Invocation &Call);

} // namespace cuport

#endif
