// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Return addresses of a recording to lines of source, where the program is still there as it was
// and has debug information.

#ifndef CUPORT_VERIFY_SITENAMES_H
#define CUPORT_VERIFY_SITENAMES_H

#include "Verify/Recording.h"

#include <memory>
#include <string>

namespace llvm::symbolize {
class LLVMSymbolizer;
}

namespace cuport {

class SiteNames {
public:
  SiteNames();
  ~SiteNames();

  /// "prog.cu:12", "main" where there is no line, "" where nothing is known. Only a regular file of
  /// the size and time that the recording names is opened.
  std::string of(const Recording &R, const RecordedSite &Site);

private:
  std::unique_ptr<llvm::symbolize::LLVMSymbolizer> Symbolizer;
};

} // namespace cuport

#endif
