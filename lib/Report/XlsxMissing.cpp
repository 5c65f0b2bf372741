// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/XlsxWriter.h"

llvm::Expected<std::string> cuport::writeXlsx(const ReportModel &) {
  return llvm::createStringError("this cuport was built without libxlsxwriter and writes no workbooks; use csv, or install "
                                 "libxlsxwriter-dev and build again");
}
