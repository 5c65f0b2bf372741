// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Tiles of 32 threads. They are half a warp where a warp has 64 lanes: right as long as nothing takes them for the whole of it.
//
//   Seen: auto tile = cg::tiled_partition<32>(cg::this_thread_block());

#include "Rules/Lanes.h"

using namespace cuport;

namespace cuport {
void runWarpTile(const FileView &File, std::vector<Finding> &Findings) {
  addLaneFindings(
      File, "warp-tile", {LaneFact::Tile},
      [](const LaneFact &L) {
        return "'" + L.Text + "' is half a warp where that has 64 lanes: its functions keep to the tile, but code beside it that counts warps or uses "
               "'__shfl' or '__ballot' does not";
      },
      Findings);
}
} // namespace cuport
