// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The word that nvcc does without in device code:
//
//   Cast<T, U>::to<N>(p, q)   ->   Cast<T, U>::template to<N>(p, q)
//
// C++ reads the first as two comparisons, and clang says so only where the template is used, too late to read it again.

#ifndef CUPORT_PASSES_TEMPLATEKEYWORD_H
#define CUPORT_PASSES_TEMPLATEKEYWORD_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace cuport {

/// Text with the word wherever a call is written so; nothing where none is. Lines stay, columns behind the word do not.
std::optional<std::string> addTemplateKeyword(llvm::StringRef Text);

} // namespace cuport

#endif
