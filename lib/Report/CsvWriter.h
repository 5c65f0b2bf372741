// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The findings as a table for spreadsheets: RFC 4180, in UTF-8 with a byte order mark, which Excel asks for.

#ifndef CUPORT_REPORT_CSVWRITER_H
#define CUPORT_REPORT_CSVWRITER_H

#include "Report/ReportModel.h"

#include "llvm/Support/raw_ostream.h"

namespace cuport {

/// A row a finding, below one of headings. No cell is a formula (Report/CsvCell.h).
void writeCsv(const ReportModel &Model, llvm::raw_ostream &Out);

} // namespace cuport

#endif
