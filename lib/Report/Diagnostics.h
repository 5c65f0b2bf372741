// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A finding as a line that people and editors know from compilers and clang-tidy.

#ifndef CUPORT_REPORT_DIAGNOSTICS_H
#define CUPORT_REPORT_DIAGNOSTICS_H

#include "Basic/Finding.h"

#include <string>

namespace cuport {

/// "file:line:col: warning: message [rule]", a note where no person is needed; without newline. The
/// file's bytes stand as they are, so that the shell finds it; the message is one printable line.
/// Line 0 (the whole file) leaves line and column out.
std::string toDiagnosticLine(const Finding &F);

} // namespace cuport

#endif
