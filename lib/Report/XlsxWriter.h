// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The report's tables as a workbook for Excel, through libxlsxwriter. XlsxMissing.cpp stands in where cuport is built without it.

#ifndef CUPORT_REPORT_XLSXWRITER_H
#define CUPORT_REPORT_XLSXWRITER_H

#include "Report/ReportModel.h"

#include "llvm/Support/Error.h"

namespace cuport {

/// The bytes of the workbook; the same model gives the same. Text is written as text: none is a formula. Errors: no room for
/// temporary files, or built without libxlsxwriter.
llvm::Expected<std::string> writeXlsx(const ReportModel &Model);

} // namespace cuport

#endif
