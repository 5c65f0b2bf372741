// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The forms a report is written in: one list of them, and one way to write each.

#ifndef CUPORT_REPORT_FORMS_H
#define CUPORT_REPORT_FORMS_H

#include "Report/ReportModel.h"
#include "Report/TextWriter.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

namespace cuport {

enum class Form { Text, Json, Sarif, Html, Csv, Markdown, Xlsx };

struct FormInfo {
  Form Id;
  llvm::StringRef Name;   ///< "html", as options spell it
  llvm::StringRef Ending; ///< ".html", of a file in this form
  llvm::StringRef About;  ///< one line
};

/// All forms, in the order of the enumeration.
llvm::ArrayRef<FormInfo> allForms();

/// The report in a form: text, or the bytes of a file for Xlsx. Style is for Text. The error says what this program was built
/// without.
llvm::Expected<std::string> writeReport(const ReportModel &Model, Form As, const TextOptions &Style = {});

} // namespace cuport

#endif
