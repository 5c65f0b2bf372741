// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// --target=rocm: where an installed ROCm has its parts. Its compiler is the clang of this toolkit, which Debian's hipcc is too old
// to drive; nothing here runs on a card.

#ifndef CUPORT_CC_ROCM_H
#define CUPORT_CC_ROCM_H

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace cuport {

struct RocmInstallation {
  std::string Path;
  std::string Bitcode;      ///< the folder of the device libraries
  unsigned Major = 0;       ///< of HIP
  std::string libraryDirectory() const { return Path + "/lib"; }

  /// For clang, to compile for these cards or to link device code for them: where it is, and what its release needs to be told.
  std::vector<std::string> flags(const std::vector<std::string> &Cards) const;
};

/// The cards that --offload-arch names; gfx906 where it is not given.
std::vector<std::string> cardsOf(const std::vector<std::string> &Given);

/// An error names what is missing below Path.
llvm::Expected<RocmInstallation> findRocm(llvm::StringRef Path);

} // namespace cuport
#endif
