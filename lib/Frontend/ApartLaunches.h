// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Launches whose brackets an editor has taken apart, as Visual Studio does:
//
//   scale << <grid, block >> >(p, n);
//
// nvcc takes them, and clang and HIP's compilers do not. What reads such a file reads the brackets in one piece and a blank behind,
// so that every other place stays where it is. The plugin of shims/passes compiles this file, too.

#ifndef CUPORT_FRONTEND_APARTLAUNCHES_H
#define CUPORT_FRONTEND_APARTLAUNCHES_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cuport {

/// A bracket in two pieces, blanks between them and all.
struct ApartBracket {
  uint32_t Offset, Length;
};

/// The brackets of Text that are apart, in its order. Other uses of << and < stay: operator<< <T>, vector<vector<set<T>> >.
std::vector<ApartBracket> apartBrackets(llvm::StringRef Text);

/// Text, as long as it was, with these in one piece.
std::string withJoined(llvm::StringRef Text, const std::vector<ApartBracket> &Brackets);

/// The same for all of its own; nothing where it has none.
std::optional<std::string> joinLaunches(llvm::StringRef Text);

} // namespace cuport

#endif
