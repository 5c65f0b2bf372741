// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/ApiRow.h"

using namespace cuport;

static constexpr llvm::StringRef KindNames[] = {
    "function", "device-function", "type",    "enumerator", "macro",
    "variable", "keyword",         "include", "namespace",
};

llvm::StringRef cuport::apiKindName(ApiKind K) { return KindNames[static_cast<unsigned>(K)]; }

std::optional<ApiKind> cuport::parseApiKind(llvm::StringRef Name) {
  for (unsigned I = 0; I < std::size(KindNames); ++I)
    if (KindNames[I] == Name)
      return static_cast<ApiKind>(I);
  return std::nullopt;
}
