// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport report: scans and counts, changes nothing.

#ifndef CUPORT_DRIVER_REPORT_H
#define CUPORT_DRIVER_REPORT_H

#include "Driver/Scan.h"
#include "Report/ReportModel.h"

namespace cuport {

/// Errors are those of scan().
llvm::Expected<ReportModel> report(const ScanOptions &Options, const ApiTable &Apis, llvm::StringRef ToolVersion);

} // namespace cuport

#endif
