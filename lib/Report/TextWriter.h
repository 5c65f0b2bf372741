// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The report model as text for the engineer who does the port: first what is left to do, then
// where, then what cuport could not read. Counts, never a percentage: the places left are the hard
// ones.

#ifndef CUPORT_REPORT_TEXTWRITER_H
#define CUPORT_REPORT_TEXTWRITER_H

#include "Report/ReportModel.h"

#include <string>

namespace cuport {

struct TextOptions {
  bool Colour = false;    ///< ANSI colours, for a terminal
  size_t FirstPlaces = 3; ///< how many places of a group are named
  size_t Rows = 20; ///< how long a table gets before its rest is one line that says how much it is;
                    ///< 0: no limit
};

/// No line takes more columns than this; a path that would is cut at its front.
inline constexpr size_t TextColumns = 100;

/// The first paragraph: what was found, what is left, what was not read.
std::string writeSummary(const ReportModel &Model, const TextOptions &Options = {});

/// The summary and the tables behind it.
std::string writeText(const ReportModel &Model, const TextOptions &Options = {});

} // namespace cuport

#endif
