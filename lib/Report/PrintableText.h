// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Text from the user's source (names, paths, messages) as a terminal can show it, and how wide it
// gets there.

#ifndef CUPORT_REPORT_PRINTABLETEXT_H
#define CUPORT_REPORT_PRINTABLETEXT_H

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace cuport {

/// `Text` as UTF-8 of one line: bytes that are none become U+FFFD, control characters (a terminal
/// would obey them) and formatting characters (text around them would read otherwise) become '?'.
std::string printable(llvm::StringRef Text);

/// How many columns printable text takes; an ideograph takes two.
size_t columnsOf(llvm::StringRef Printable);

/// The text, or its end behind "..." if it takes more columns than `Columns` (at least 4): of a
/// path the end tells.
std::string fitEnd(llvm::StringRef Printable, size_t Columns);

/// The same with the beginning kept.
std::string fitBegin(llvm::StringRef Printable, size_t Columns);

/// Lines of at most `Columns`, broken at blanks, and inside a word only where it has no place on a
/// line.
std::vector<std::string> wrap(llvm::StringRef Printable, size_t Columns);

} // namespace cuport

#endif
