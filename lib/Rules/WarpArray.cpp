// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shared arrays with an element a lane or a warp, sized for warps of 32.
//
//   Seen: __shared__ float sums[32]; ... sums[warp] = v; v = sums[lane];
//         __shared__ float parts[BLOCK / 32];

#include "Rules/Lanes.h"

using namespace cuport;

static std::string messageFor(const LaneFact &L) {
  if (L.What == LaneFact::ArrayOfLanes)
    return "'" + L.Text + "' has 32 elements and is indexed by lane or warp; where lanes are counted to 64 or 128 it is too small: size it by "
           "the widest warp";
  return "'" + L.Text + "' has an element for each warp of 32 lanes; with 64 or 128 lanes a block has fewer warps: see that no more are read "
         "than were written";
}

namespace cuport {
void runWarpArray(const FileView &File, std::vector<Finding> &Findings) {
  addLaneFindings(File, "warp-array", {LaneFact::ArrayOfLanes, LaneFact::ArrayOfWarps}, messageFor, Findings);
}
} // namespace cuport
