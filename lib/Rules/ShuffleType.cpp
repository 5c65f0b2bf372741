// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shuffles of halves, characters, shorts and structs.
//
//   Seen: __half2 v = __shfl_xor_sync(m, v, 1);     After: the 32 bits of v are shuffled as an unsigned int

#include "Rules/CodeFacts.h"

using namespace cuport;

namespace cuport {
void runShuffleType(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "shuffle-type", {CodeFact::ShuffledRecord},
      [](const CodeFact &Fact, Finding &F) {
        F.Message = "the shuffled value is a '" + Fact.Text + "', for which not every HIP has a shuffle, or one that converts it to float or int without a word: shuffle its bits as "
                    "an unsigned int";
      },
      Findings);
}
} // namespace cuport
