// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What has changed since an earlier report: what people fixed, what is new, and what only cuport sees otherwise.
//
//   earlier report.json + ReportModel  ->  Trend
//
// A place is known again by its fingerprint, as in Baseline.h. In a file whose bytes are the same nobody fixed or added anything: what
// differs there comes from other rules or rows.

#ifndef CUPORT_REPORT_TREND_H
#define CUPORT_REPORT_TREND_H

#include "Report/ReportModel.h"

#include "llvm/Support/Error.h"

namespace cuport {

/// Errors say what is wrong, not in which file.
llvm::Expected<Trend> compareWithReport(llvm::StringRef EarlierJson, const ReportModel &Now);

/// One sentence, for reports as text.
std::string toWords(const Trend &T);

} // namespace cuport

#endif
