// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The report model as JSON: the source of every other view, and what programs read.
// docs/ReportFormat.md describes it.

#ifndef CUPORT_REPORT_JSONWRITER_H
#define CUPORT_REPORT_JSONWRITER_H

#include "Report/ReportModel.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace cuport {

/// Changes when a reader of the format would have to.
inline constexpr llvm::StringLiteral ReportSchema = "cuport-report-1";

/// The same model gives the same bytes: lists as the model sorts them, keys in the order of
/// docs/ReportFormat.md. Text that is not UTF-8 has U+FFFD for its stray bytes; a file so named has
/// its bytes beside it.
void writeJson(const ReportModel &Model, llvm::raw_ostream &Out);

/// Writes its attributes "trend" and "trace" into the open object, each where the model has it.
void writeTrendAndTrace(const ReportModel &Model, llvm::json::OStream &J);

/// The value of its key "summary" alone.
void writeSummaryJson(const ReportModel &Model, llvm::json::OStream &J);

} // namespace cuport

#endif
