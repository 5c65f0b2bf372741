// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport report --trace: what the source names joined with what a run called.

#ifndef CUPORT_DRIVER_JOINTRACE_H
#define CUPORT_DRIVER_JOINTRACE_H

#include "Knowledge/ApiTable.h"
#include "Report/CallTrace.h"
#include "Report/ReportModel.h"

namespace cuport {

/// Fills Model.Trace. Of the names in the model those count that the rows say are functions of the host; a symbol with a version is
/// the function without it.
void joinTrace(ReportModel &Model, const CallTrace &Trace, const ApiTable &Apis);

} // namespace cuport

#endif
