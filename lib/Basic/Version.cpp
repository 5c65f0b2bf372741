// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Basic/Version.h"

#include "llvm/ADT/SmallVector.h"

using namespace cuport;

std::optional<Version> cuport::parseVersion(llvm::StringRef Text) {
  llvm::SmallVector<llvm::StringRef, 3> Parts;
  Text.split(Parts, '.');
  if (Parts.size() > 3)
    return std::nullopt;
  uint16_t Numbers[3] = {0, 0, 0};
  for (size_t I = 0; I < Parts.size(); ++I)
    if (Parts[I].getAsInteger(10, Numbers[I]))
      return std::nullopt;
  return Version{Numbers[0], Numbers[1]};
}

std::string cuport::toString(Version V) {
  return std::to_string(V.Major) + "." + std::to_string(V.Minor);
}
