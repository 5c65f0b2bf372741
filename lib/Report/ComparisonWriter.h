// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What cuport verify found, for a terminal, for a program (docs/Verify.md has the keys), and as one
// HTML file.

#ifndef CUPORT_REPORT_COMPARISONWRITER_H
#define CUPORT_REPORT_COMPARISONWRITER_H

#include "Verify/Comparison.h"

#include "llvm/Support/raw_ostream.h"

namespace cuport {

/// The first difference in full, the others in a line each.
void writeComparisonText(const Comparison &C, llvm::raw_ostream &Out);
void writeComparisonJson(const Comparison &C, llvm::StringRef Version, llvm::raw_ostream &Out);
void writeComparisonHtml(const Comparison &C, llvm::StringRef Version, llvm::raw_ostream &Out);

} // namespace cuport

#endif
