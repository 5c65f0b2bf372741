// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The API rows as they are for a card under its own names: what a translation to MUSA instead of HIP works with.
//
//   rows + target  --nameOnCard-->  rows whose `Hip` is the card's name, and how sure each is
//
// Rules go through them as through HIP's. A name that is not known is unknown there, never left out.

#ifndef CUPORT_KNOWLEDGE_CARDROWS_H
#define CUPORT_KNOWLEDGE_CARDROWS_H

#include "Knowledge/ApiTable.h"
#include "Knowledge/Target.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/StringSaver.h"

#include <deque>

namespace cuport {

class CardRows {
public:
  /// Of the rows that Apis has and the card's facts, both of which have to outlive it. Hip is the HIP of cards with HIP's names.
  CardRows(const ApiTable &Apis, const Target &Card, Version Hip);

  const Target &card() const { return Card; }
  const ApiTable &apis() const { return Rows; }

  /// Why the name in a row of apis() is not sure, a part of a sentence: it follows from a rule, or was seen where that is no
  /// proof. Empty for a name that was seen for certain, and where there is no name.
  llvm::StringRef doubtOf(const ApiRow &Row) const { return Doubts.lookup(&Row); }

  /// False only where every warp of the card is known to have 32 lanes.
  bool mayHaveWideWarps() const;

private:
  const Target &Card;
  llvm::BumpPtrAllocator Memory;
  llvm::UniqueStringSaver Strings{Memory};
  ApiTable Rows;
  llvm::DenseMap<const ApiRow *, llvm::StringRef> Doubts;
};

/// Why source cannot be written for a card under its own names, a sentence for the user; empty where it can: kernels have to be
/// CUDA's there, so that a launch means what it says, and names have to follow from CUDA's.
std::string whyNoSource(const Target &Card);

} // namespace cuport

#endif
