// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The report model as the HTML page wants it: the values of the JSON, packed. html/data.js reads it.
//
// Findings that differ only in their place share a kind, and kinds share their strings; a file lists its places as
// kind, line, column.

#ifndef CUPORT_REPORT_PAGEDATA_H
#define CUPORT_REPORT_PAGEDATA_H

#include "Report/ReportModel.h"

#include <string>

namespace cuport {

/// One JSON object.
std::string pageData(const ReportModel &Model);

} // namespace cuport

#endif
