// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Reductions and scans by shuffles over the distances of a warp of 32. With 64 lanes the two halves never meet, and the result is
// that of one half.
//
//   Seen: for (int d = 16; d > 0; d /= 2) v += __shfl_down_sync(m, v, d);
//
// Shuffles that are given a width keep to groups of it, and are left alone.

#include "Rules/Lanes.h"

using namespace cuport;

namespace cuport {
void runShuffleDistance(const FileView &File, std::vector<Finding> &Findings) {
  addLaneFindings(
      File, "shuffle-distance", {LaneFact::ShuffleTree},
      [](const LaneFact &L) {
        return "'" + L.Text + "' reaches over 32 lanes; with 64 or 128 lanes the rest of the warp is left out: begin at "
               "'warpSize / 2', or give every shuffle the width 32";
      },
      Findings);
}
} // namespace cuport
