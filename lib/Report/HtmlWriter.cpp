// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/HtmlWriter.h"

#include "Report/HtmlPage.h"
#include "Report/PageData.h"

using namespace llvm;

void cuport::writeHtml(const ReportModel &Model, raw_ostream &Out) {
  writeHtmlPage({"dom.js", "data.js", "table.js", "treemap.js", "range.js", "cards.js", "effort.js",
                 "basis.js", "overview.js", "findings.js", "lists.js", "since.js", "report.js",
                 "main.js"},
                pageData(Model), Out);
}
