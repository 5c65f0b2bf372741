// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a project's build files say of how its units are compiled, for runs that no compilation database is there for.

#ifndef CUPORT_DRIVER_BUILDHINTS_H
#define CUPORT_DRIVER_BUILDHINTS_H

#include "Build/BuildText.h"
#include "Driver/Scan.h"
#include "Frontend/CompileCommand.h"

namespace cuport {

struct BuildHints {
  std::string Standard;             ///< the newest C++ that one names, if it is newer than what a parse begins with
  std::vector<std::string> Options; ///< that put CUDA's libraries elsewhere, or turn the project's code for CUDA on
};

/// Calls Add with the macros that a build file gives the compiler: -DNAME, those of CMake's definitions and of setuptools' define_macros.
void addBuildMacros(const BuildText &Text, llvm::function_ref<void(llvm::StringRef Name, llvm::StringRef Value)> Add);

/// Of the build files among Files. IsCuda: whether a header is CUDA's, as an include directive spells it.
BuildHints hintsOf(llvm::ArrayRef<ScannedFile> Files, llvm::function_ref<bool(llvm::StringRef Header)> IsCuda);

/// Adds them to the units' arguments where these do not say otherwise.
void giveHints(std::vector<UnitCommand> &Units, const BuildHints &Hints);

} // namespace cuport

#endif
