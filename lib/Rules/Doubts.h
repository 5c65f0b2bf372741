// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where a card's own names are written: how sure they are. A name that follows from a rule is for a person at its first place in
// a file, so that it is said and still does not drown what else there is; names that are kept are told together, once a file.

#ifndef CUPORT_RULES_DOUBTS_H
#define CUPORT_RULES_DOUBTS_H

#include "Rules/Rule.h"

namespace cuport {

/// Findings have to be sorted, and File has a card.
void sayDoubts(const FileView &File, std::vector<Finding> &Findings);

} // namespace cuport

#endif
