// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Macros that stand for a pragma, which nvcc takes:
//
//   #define UNROLL #pragma unroll   ->   #define UNROLL _Pragma("unroll")

#ifndef CUPORT_PASSES_PRAGMAMACROS_H
#define CUPORT_PASSES_PRAGMAMACROS_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace cuport {

/// Text with such macros in C++'s form; nothing where it has none. Lines stay.
std::optional<std::string> spellPragmaMacros(llvm::StringRef Text);

} // namespace cuport

#endif
