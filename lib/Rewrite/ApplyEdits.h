// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The edits of one file's findings -> the file's new text.
//
//   Finding[] --resolveEdits--> Edit[] (sorted, disjoint) --applyResolved--> text
//                          \--> findings whose edits lost: no edits left, verdict review, and the
//                          message says so
//
// The order of the findings in the array does not matter: what is made depends on their values
// only.

#ifndef CUPORT_REWRITE_APPLYEDITS_H
#define CUPORT_REWRITE_APPLYEDITS_H

#include "Basic/Finding.h"

#include "llvm/ADT/ArrayRef.h"

#include <string>
#include <vector>

namespace cuport {

/// Decides which edits are made and returns them sorted by offset, with a gap of at least one byte
/// between two of them, and without edits that change nothing. `FindingsOfOneFile` all speak of
/// `Text`; those that lose are changed.
///
/// - A finding's edits are made all or not at all.
/// - Two edits overlap when their ranges share a byte, or when one inserts strictly inside the
/// other's range. Then
///   the finding that is later by (offset, rule) loses: its edits are emptied, a verdict that needs
///   no person becomes Review, and the message names the rule and the line it lost to. The same
///   replacement of the same range is no overlap; it is made once.
/// - Insertions never overlap each other. At one offset stand first those that close what another
/// insertion opened
///   (inner before outer), then those that leave brackets balanced (by offset and rule of their
///   findings), then those that open (outer before inner). So `wrap(` and `)` can be put around a
///   token that another finding renames or wraps.
/// - Insertions of whole lines (the text begins or ends with a newline) that are the same are made
/// once. Other
///   insertions are made once only if the findings' edits are the same altogether: two wraps that
///   end at one place both need their bracket.
/// - A finding with an edit past the end of the text, or with edits that overlap each other, is a
/// programming error:
///   it asserts, and loses.
std::vector<Edit> resolveEdits(llvm::StringRef Text,
                               llvm::MutableArrayRef<Finding> FindingsOfOneFile);

/// `Text` with edits that resolveEdits() returned for it.
std::string applyResolved(llvm::StringRef Text, llvm::ArrayRef<Edit> Resolved);

/// Both steps in one.
std::string applyEdits(llvm::StringRef Text, llvm::MutableArrayRef<Finding> FindingsOfOneFile);

} // namespace cuport

#endif
