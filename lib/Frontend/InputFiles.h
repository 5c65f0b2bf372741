// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The files a run is about: what the user named, and what lies below the folders among it.

#ifndef CUPORT_FRONTEND_INPUTFILES_H
#define CUPORT_FRONTEND_INPUTFILES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace cuport {

struct InputFile {
  std::string RealPath; ///< absolute, links resolved: the file's identity
  std::string Path;     ///< as the user would name it
  std::string Relative; ///< below its root, for output folders
};

/// Every file named, and below every folder named every file of a source's name, or of a name (without folders) that Wanted takes;
/// sorted by path, each once. Hidden folders and folders that are links are not entered. Errors: a path that is not there.
llvm::Expected<std::vector<InputFile>> listInputs(llvm::ArrayRef<std::string> Paths,
                                                  llvm::function_ref<bool(llvm::StringRef Name)> Wanted);

} // namespace cuport

#endif
