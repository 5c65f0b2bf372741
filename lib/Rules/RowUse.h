// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a row says of one use of its name, and how a finding words it. Shared by the rules that go through names.

#ifndef CUPORT_RULES_ROWUSE_H
#define CUPORT_RULES_ROWUSE_H

#include "Basic/Finding.h"
#include "Knowledge/ApiTable.h"
#include "Knowledge/Target.h"

namespace cuport {

/// The part of a row that holds for a use; a call may have a form of its own.
struct RowUse {
  Verdict V;
  llvm::StringRef Hip;
  llvm::StringRef Note;
};

/// The row itself, for this HIP.
RowUse wholeRow(const ApiRow &Row, Version Hip);

/// What a use asks of a card, by the library and the group of the row.
std::vector<Need> needsOf(const ApiRow &Row, const ApiLibrary &Library);

/// One sentence: what becomes of the name in the output that is called so, with the reason or note where there is one.
std::string messageFor(const ApiRow &Row, const RowUse &Use, Version Hip, llvm::StringRef Output);

/// What a card's fact of kind Support says, a part of a sentence: "Moore Threads MUSA has part of it: the note".
std::string supportText(const Target &Card, FactKey Key);

} // namespace cuport

#endif
