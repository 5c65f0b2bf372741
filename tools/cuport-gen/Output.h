// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How results reach the disk, and how text becomes a C++ literal.

#ifndef CUPORT_TOOLS_CUPORT_GEN_OUTPUT_H
#define CUPORT_TOOLS_CUPORT_GEN_OUTPUT_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace cuport::gen {

/// Writes the file and its folders, unless it has this content already: builds restart from what
/// changed.
llvm::Error writeIfChanged(llvm::StringRef Path, llvm::StringRef Content);

/// Text as C++ string literals with a line break of the source after each \n and each 2000 bytes.
std::string literal(llvm::StringRef Text);

/// {"text",4}: a StringRef without a call of strlen; {} for empty text.
std::string stringRef(llvm::StringRef Text);

} // namespace cuport::gen

#endif
