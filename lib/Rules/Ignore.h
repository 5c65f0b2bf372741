// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Comments by which a user tells cuport that a place has been looked at:
//
//   int lane = tid & 31; // cuport-ignore(warp-index): rows have 32 threads on every card
//   // cuport-ignore(warp-index, lane-mask): the same, for the next line
//
// The place stays in every count, as-is and with the reason; nothing is changed there.

#ifndef CUPORT_RULES_IGNORE_H
#define CUPORT_RULES_IGNORE_H

#include "Rules/Rule.h"

namespace cuport {

/// Findings of the rules that a comment names on its line become AsIs, without edits.
void heedIgnoreComments(const FileView &File, std::vector<Finding> &Findings);

} // namespace cuport

#endif
