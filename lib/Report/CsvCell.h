// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Text as a cell of a CSV file that Excel and its kin open.

#ifndef CUPORT_REPORT_CSVCELL_H
#define CUPORT_REPORT_CSVCELL_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace cuport {

/// Stands at the beginning of the file, which Excel would else take for the machine's old encoding.
inline constexpr llvm::StringLiteral CsvByteOrderMark = "\xEF\xBB\xBF";

/// In quotes, as RFC 4180 has it; stray bytes become U+FFFD. A cell that a spreadsheet would take for a formula begins with an
/// apostrophe, which makes it text.
std::string csvCell(llvm::StringRef Text);

} // namespace cuport

#endif
