// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Text as a YAML scalar, for what is written as files to start from.

#ifndef CUPORT_KNOWLEDGE_YAMLSCALAR_H
#define CUPORT_KNOWLEDGE_YAMLSCALAR_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace cuport {

/// Text of one line, plain where YAML reads it back as the same text, else in single quotes.
/// InFlow: it stands between [ ] or { }.
std::string yamlScalar(llvm::StringRef Text, bool InFlow = false);

} // namespace cuport

#endif
