// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The lines around places that are left for a person, for a report that is read where the source is not.

#ifndef CUPORT_DRIVER_EXCERPTS_H
#define CUPORT_DRIVER_EXCERPTS_H

#include "Frontend/SourceFile.h"
#include "Report/ReportModel.h"

namespace cuport {

/// Three lines before and after each such place; lines that several places want stand once. Long lines are cut, and a file gives
/// no more than some thousand of them. LinesTaken counts over all files of a report: past its limit nothing is added.
std::vector<Excerpt> excerptsOf(const SourceFile &Source, llvm::ArrayRef<Finding> Findings, size_t &LinesTaken);

} // namespace cuport

#endif
