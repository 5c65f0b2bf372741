// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport verify: a program run while what it does is recorded, and two recordings compared.

#ifndef CUPORT_DRIVER_VERIFY_H
#define CUPORT_DRIVER_VERIFY_H

#include "Verify/Comparison.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

namespace cuport {

/// Runs the command with CUPORT_RECORD=File and returns its exit code; a program that loads libcudart with the recorder of the toolkit,
/// a folder, in front of it. A recording that is there is
/// replaced; another file, a command that cannot be run and one that recorded nothing are errors.
llvm::Expected<int> recordRun(llvm::ArrayRef<std::string> Command, llvm::StringRef File, llvm::StringRef Toolkit);

/// Errors name the file.
llvm::Expected<Comparison> compareFiles(llvm::StringRef A, llvm::StringRef B,
                                        const CompareOptions &Options);

} // namespace cuport

#endif
