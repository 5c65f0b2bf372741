// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A version of CUDA or HIP: major.minor, ordered, 0.0 for "not known".

#ifndef CUPORT_BASIC_VERSION_H
#define CUPORT_BASIC_VERSION_H

#include "llvm/ADT/StringRef.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace cuport {

struct Version {
  uint16_t Major = 0;
  uint16_t Minor = 0;

  constexpr auto operator<=>(const Version &) const = default;
  constexpr bool isKnown() const { return Major != 0 || Minor != 0; }
};

/// Accepts "6", "6.3" and "6.3.1" (the patch level is dropped); nothing else.
std::optional<Version> parseVersion(llvm::StringRef Text);

/// "6.3".
std::string toString(Version V);

} // namespace cuport

#endif
