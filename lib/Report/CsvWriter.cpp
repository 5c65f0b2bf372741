// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/CsvWriter.h"

#include "Report/CsvCell.h"

using namespace llvm;

namespace cuport {
void writeCsv(const ReportModel &Model, raw_ostream &Out) {
  Out << CsvByteOrderMark
      << "file,line,column,verdict,confidence,rule,name,replacement,message,ignored,fingerprint\r\n";
  for (const Finding &F : Model.Findings)
    Out << csvCell(F.At.File) << ',' << F.At.Line << ',' << F.At.Column << ',' << verdictName(F.Verdict) << ','
        << confidenceName(F.Confidence) << ',' << F.Rule << ',' << csvCell(F.Name) << ',' << csvCell(F.Replacement) << ','
        << csvCell(F.Message) << ',' << csvCell(F.Ignored) << ',' << F.Fingerprint << "\r\n";
}

} // namespace cuport
