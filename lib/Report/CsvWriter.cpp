// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/CsvWriter.h"

#include "Report/CsvCell.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace cuport {

void writeCsv(const ReportModel &Model, raw_ostream &Out) {
  Out << CsvByteOrderMark
      << "file,line,column,verdict,confidence,rule,name,replacement,message,ignored,fingerprint";
  if (Model.OnCards)
    for (const CardAssessment &A : Model.OnCards->Cards)
      Out << ',' << csvCell("verdict on " + A.On.id());
  Out << "\r\n";
  for (auto [I, F] : enumerate(Model.Findings)) {
    Out << csvCell(F.At.File) << ',' << F.At.Line << ',' << F.At.Column << ','
        << verdictName(F.Verdict) << ',' << confidenceName(F.Confidence) << ',' << F.Rule << ','
        << csvCell(F.Name) << ',' << csvCell(F.Replacement) << ',' << csvCell(F.Message) << ','
        << csvCell(F.Ignored) << ',' << F.Fingerprint;
    if (Model.OnCards)
      for (const CardAssessment &A : Model.OnCards->Cards)
        Out << ',' << verdictName(A.Answers[Model.OnCards->Survey.QuestionOf[I]].Verdict);
    Out << "\r\n";
  }
}

} // namespace cuport
