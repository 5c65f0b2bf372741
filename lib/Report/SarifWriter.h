// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is left for a person, and what a comment says to leave, in SARIF 2.1.0 for editors and code review.
// Source: OASIS, Static Analysis Results Interchange Format 2.1.0 (2020-03-27).

#ifndef CUPORT_REPORT_SARIFWRITER_H
#define CUPORT_REPORT_SARIFWRITER_H

#include "Report/ReportModel.h"

#include "llvm/Support/raw_ostream.h"

namespace cuport {

/// One run. A finding that a person has to look at is a result: "error" where the target has nothing, else "warning"; with its
/// edits as a fix. One that a comment takes back is a suppressed result. Files are relative to %SRCROOT%, the working
/// directory; absolute ones stay so. Columns count bytes, as in messages.
void writeSarif(const ReportModel &Model, llvm::raw_ostream &Out);

} // namespace cuport

#endif
