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

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

namespace cuport {

/// What an earlier report says, as far as a trend wants it.
class EarlierReport {
public:
  /// Errors say what is wrong, not in which file.
  static llvm::Expected<EarlierReport> read(llvm::StringRef Json);

  Trend compare(const ReportModel &Now) const;

private:
  llvm::json::Object Report;
  llvm::StringMap<std::vector<Trend::Gone>> Places; ///< those left for a person, by fingerprint
};

/// One sentence, for reports as text.
std::string toWords(const Trend &T);

} // namespace cuport

#endif
