// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What clang said about the two halves of a file -> what the user reads: each message once.

#ifndef CUPORT_CC_DIAGNOSTICS_H
#define CUPORT_CC_DIAGNOSTICS_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace cuport {

/// Host's messages, then those that only Device has, then one line that counts them.
std::string mergeDiagnostics(llvm::StringRef Host, llvm::StringRef Device);

/// A note, with its line's end, on what to do about what clang or the linker wrote; "" where there is none.
std::string noteOn(llvm::StringRef Messages);

} // namespace cuport
#endif
