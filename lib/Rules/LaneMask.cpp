// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Sets of lanes in 32 bits: variables that hold a ballot, functions that count its bits, and bits made by shifting an int.
//
//   Seen: unsigned votes = __ballot_sync(m, p); int before = __popc(votes & ((1u << lane) - 1));
//
// HIP's ballot has 64 bits. Half of it is lost without a word where it is stored in 32.

#include "Rules/Lanes.h"

using namespace cuport;

/// The function that does for 64 bits what Name does for 32; __clz counts from the top and has none that gives the same.
static std::string wide(llvm::StringRef Name) { return Name == "__clz" || Name == "__fns" ? "" : (Name + "ll").str(); }

static std::string messageFor(const LaneFact &L, const std::string &Output) {
  switch (L.What) {
  case LaneFact::MaskInWord:
    return "'" + L.Text + "' holds a set of lanes in 32 bits; " + Output + "'s has 64, and the upper half is lost here without a word: make it 'unsigned "
           "long long'";
  case LaneFact::MaskIntrinsic:
    if (std::string Wide = wide(L.Text); !Wide.empty())
      return "'" + L.Text + "' looks at 32 bits of a set of lanes; " + Output + "'s has 64: use '" + Wide + "'";
    return "'" + L.Text + "' looks at 32 bits of a set of lanes; " + Output + "'s has 64, and the result is counted from the other end: write it for 64";
  default:
    return "'" + L.Text + "' is the bit of a lane in 32 bits; shifting by 32 and more is undefined: shift '1ull'";
  }
}

namespace cuport {
void runLaneMask(const FileView &File, std::vector<Finding> &Findings) {
  addLaneFindings(File, "lane-mask", {LaneFact::MaskInWord, LaneFact::MaskIntrinsic, LaneFact::LaneBit},
                  [&](const LaneFact &L) { return messageFor(L, File.Options.Output); }, Findings);
}
} // namespace cuport
