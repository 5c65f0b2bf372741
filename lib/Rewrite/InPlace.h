// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Files that are changed where they lie, so that no text of the user's is ever lost.
//
//   committed in git        -> replaced; git has the old text
//   changed since           -> refused, or with Force replaced and the old text kept beside it
//   not in git              -> replaced and the old text kept beside it, as FILE.orig, FILE.orig.1,
//   ...

#ifndef CUPORT_REWRITE_INPLACE_H
#define CUPORT_REWRITE_INPLACE_H

#include "Rewrite/GitState.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace cuport {

/// One file that is to be changed in place.
struct InPlaceFile {
  std::string Path;
  bool KeepOriginal; ///< the present text is to be kept beside it
};

struct InPlacePlan {
  std::vector<InPlaceFile> Files; ///< in the order asked
  std::vector<std::string> Notes; ///< what the user should hear: where git could not be asked
};

/// Decides for all files before the first is touched. Without `Force` it is an error, naming the
/// files, if git has another text of one. Pass only files whose text will change.
llvm::Expected<InPlacePlan> planInPlace(llvm::ArrayRef<std::string> Files, bool Force,
                                        llvm::StringRef Git = "git");

/// Replaces the file's text. Returns the name under which the old text was kept, empty where it was
/// not. On an error the file is as it was.
llvm::Expected<std::string> writeInPlace(const InPlaceFile &File, llvm::StringRef NewText);

} // namespace cuport

#endif
