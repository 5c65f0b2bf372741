// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shuffles and votes whose mask names all lanes, under a condition that only some lanes of a warp meet.
//
//   Seen: if (i < n) sum += __shfl_down_sync(0xffffffff, x[i], 1);
//
// CUDA's documentation forbids it and its cards mostly bear it: the value of a lane that is not there is undefined.

#include "Rules/Lanes.h"

using namespace cuport;

namespace cuport {
void runDivergentWarp(const FileView &File, std::vector<Finding> &Findings) {
  addLaneFindings(
      File, "divergent-warp", {LaneFact::Divergent},
      [](const LaneFact &L) -> std::string {
        return "not all lanes of a warp come here, only those with '" + L.Text + "', and the mask names all: what the others give is undefined, and elsewhere 0, another value "
               "or a hang; take it out of the condition, or make the mask with a ballot before it";
      },
      Findings);
}
} // namespace cuport
