// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Dependency files (-MD): what the device half read besides the host half is added to the host half's rule.

#ifndef CUPORT_CC_DEPENDENCYFILE_H
#define CUPORT_CC_DEPENDENCYFILE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace cuport {

/// Host and Device are rules for make, as clang writes them. Returns Host's, with Device's other prerequisites at the end of the
/// first.
std::string mergeDependencies(llvm::StringRef Host, llvm::StringRef Device);

/// The same for files; HostPath gets the result.
llvm::Error mergeDependencyFiles(llvm::StringRef HostPath, llvm::StringRef DevicePath);

} // namespace cuport
#endif
