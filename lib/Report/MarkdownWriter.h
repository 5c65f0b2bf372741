// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The report in short, as Markdown for the comment of a code review.

#ifndef CUPORT_REPORT_MARKDOWNWRITER_H
#define CUPORT_REPORT_MARKDOWNWRITER_H

#include "Report/ReportModel.h"

#include "llvm/Support/raw_ostream.h"

namespace cuport {

/// At most 60 lines, whatever the model holds. Text of the user's stands in code spans only, so that none of it is markup or
/// mentions somebody.
void writeMarkdown(const ReportModel &Model, llvm::raw_ostream &Out);

} // namespace cuport

#endif
