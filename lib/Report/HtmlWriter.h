// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The report as one HTML file, for whoever plans and whoever ports; Report/HtmlPage.h says what keeps it harmless.

#ifndef CUPORT_REPORT_HTMLWRITER_H
#define CUPORT_REPORT_HTMLWRITER_H

#include "Report/ReportModel.h"

#include "llvm/Support/raw_ostream.h"

namespace cuport {

/// The same model gives the same bytes. English and Chinese are both in the file.
void writeHtml(const ReportModel &Model, llvm::raw_ostream &Out);

} // namespace cuport

#endif
