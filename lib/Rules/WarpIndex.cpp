// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Numbers of lanes and warps that are computed with 32. With 64 lanes a warp, two lanes share a number, and a warp has two.
//
//   Seen: int lane = threadIdx.x & 31, warp = threadIdx.x >> 5, warps = blockDim.x / 32;
//
// A 32 beside anything else than the number of a thread or the size of a block is left alone (Frontend/LaneFlow.h).

#include "Rules/Lanes.h"

using namespace cuport;

static std::string messageFor(const LaneFact &L) {
  switch (L.What) {
  case LaneFact::LaneNumber:
    return "'" + L.Text + "' is the number of a lane in a warp of 32; with 64 or 128 lanes several of a warp get the same one: count with "
           "'warpSize', or keep groups of 32 and give every shuffle the width 32";
  case LaneFact::WarpNumber:
    return "'" + L.Text + "' is the number of a warp of 32 lanes; with 64 or 128 lanes a warp gets several: divide by 'warpSize', or "
           "keep groups of 32 and give every shuffle the width 32";
  default:
    return "'" + L.Text + "' counts warps of 32 lanes in a block; with 64 or 128 lanes there are fewer: divide by 'warpSize', or keep "
           "groups of 32 and give every shuffle the width 32";
  }
}

namespace cuport {
void runWarpIndex(const FileView &File, std::vector<Finding> &Findings) {
  addLaneFindings(File, "warp-index", {LaneFact::LaneNumber, LaneFact::WarpNumber, LaneFact::WarpCount}, messageFor, Findings);
}
} // namespace cuport
