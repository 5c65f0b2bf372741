// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/Forms.h"

#include "Report/CsvWriter.h"
#include "Report/HtmlWriter.h"
#include "Report/JsonWriter.h"
#include "Report/MarkdownWriter.h"
#include "Report/SarifWriter.h"
#include "Report/XlsxWriter.h"

using namespace llvm;

namespace cuport {

ArrayRef<FormInfo> allForms() {
  static constexpr FormInfo Forms[] = {
      {Form::Text, "text", ".txt", "for a terminal (default)"},
      {Form::Json, "json", ".json", "for programs, see docs/ReportFormat.md"},
      {Form::Sarif, "sarif", ".sarif", "SARIF 2.1.0, for editors and code review"},
      {Form::Html, "html", ".html", "one file for a browser; loads nothing"},
      {Form::Csv, "csv", ".csv", "every place as a row, for spreadsheets"},
      {Form::Markdown, "markdown", ".md", "at most 60 lines, for a review comment"},
      {Form::Xlsx, "xlsx", ".xlsx", "a workbook of the report's tables"},
  };
  return Forms;
}

Expected<std::string> writeReport(const ReportModel &Model, Form As, const TextOptions &Style) {
  if (As == Form::Text)
    return writeText(Model, Style);
  if (As == Form::Xlsx)
    return writeXlsx(Model);
  std::string Text;
  raw_string_ostream Out(Text);
  switch (As) {
  case Form::Json:
    writeJson(Model, Out);
    break;
  case Form::Sarif:
    writeSarif(Model, Out);
    break;
  case Form::Html:
    writeHtml(Model, Out);
    break;
  case Form::Csv:
    writeCsv(Model, Out);
    break;
  case Form::Markdown:
    writeMarkdown(Model, Out);
    break;
  case Form::Text:
  case Form::Xlsx:
    llvm_unreachable("written above");
  }
  return Text;
}

} // namespace cuport
