// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Brace lists, which fold families of names into one row.
//
//   cublas{S,D}gemm{,_64}  ->  cublasSgemm cublasSgemm_64 cublasDgemm cublasDgemm_64
//
// Another value of the row follows: each of its lists belongs to one list of the name and gives the
// element of the same rank. A list belongs to the name's list of the same position; where the value
// has more lists than the name, to the only one of the name or the only one that is as long;
// `{2:int,int64_t}` says it outright, counted from 1. Braces without a comma in them are text.

#ifndef CUPORT_KNOWLEDGE_BRACELIST_H
#define CUPORT_KNOWLEDGE_BRACELIST_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace cuport {

/// A text with brace lists, taken apart. Points into the text it was parsed from.
class BracePattern {
public:
  static llvm::Expected<BracePattern> parse(llvm::StringRef Text);

  bool hasLists() const { return !Lists.empty(); }

  /// One vector of ranks for each combination, the last list running fastest; a single empty one
  /// without lists. An error where there would be more than 4096.
  llvm::Expected<std::vector<llvm::SmallVector<unsigned, 2>>> combinations() const;

  /// Joins each list of this value to a list of the name.
  llvm::Error follow(const BracePattern &Name);

  /// The text for one combination of the name's ranks.
  std::string substitute(llvm::ArrayRef<unsigned> Ranks) const;

private:
  struct List {
    llvm::StringRef Before; ///< the text between the previous list and this one
    llvm::SmallVector<llvm::StringRef, 4> Elements;
    unsigned Source = 0; ///< whose rank it takes: an index into the name's lists
    bool HasSource = false;
  };
  std::vector<List> Lists;
  llvm::StringRef Rest; ///< the text after the last list
};

} // namespace cuport

#endif
