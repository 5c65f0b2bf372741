// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the rules that answer for kinds of CodeFact share.

#ifndef CUPORT_RULES_CODEFACTS_H
#define CUPORT_RULES_CODEFACTS_H

#include "Rules/Rule.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace cuport {

/// Adds a finding of the verdict review, named after the fact's text, for each fact of one of the kinds. Say gives the rest of it,
/// and a fact whose finding it leaves without a message is none.
void addCodeFindings(const FileView &File, llvm::StringRef Rule, llvm::ArrayRef<CodeFact::Kind> Kinds,
                     llvm::function_ref<void(const CodeFact &, Finding &)> Say, std::vector<Finding> &Findings);

/// "49152 bytes (48 KiB)", "100 bytes".
std::string bytesText(uint64_t Bytes);

} // namespace cuport

#endif
