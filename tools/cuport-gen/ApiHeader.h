// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The text of a header <library>_api.h, gathered by sections and joined at the end.

#ifndef CUPORT_TOOLS_CUPORT_GEN_APIHEADER_H
#define CUPORT_TOOLS_CUPORT_GEN_APIHEADER_H

#include "Knowledge/ApiLoader.h"

namespace cuport::gen {

struct ApiHeader {
  std::string Macros, Types;
  std::string C;         ///< has C linkage, for C and C++
  std::string Inline;    ///< functions and macros over what is in C, for both
  std::string Cxx;       ///< for C++ only
  bool Exported = false; ///< whoever defines what is in C exports it, whatever its flags

  /// The header with its guard, or a part of it that stands in a file of its own; of a library without declarations the guard alone.
  std::string text(const RawLibrary &Library, llvm::StringRef Part = "") const;

private:
  bool uses(llvm::StringRef Word) const;
};

/// A header with the library's types and macros, and no functions yet.
llvm::Expected<ApiHeader> beginHeader(const RawLibrary &Library);

} // namespace cuport::gen

#endif
