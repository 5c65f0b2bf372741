// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Launches with blocks that are whole warps of 32 threads and no whole warps of 64.
//
//   Seen: kernel<<<grid, 32>>>(x);       Seen: dim3 block(32, 3); kernel<<<grid, block>>>(x);

#include "Rules/Lanes.h"

using namespace cuport;

namespace cuport {
void runBlockSize(const FileView &File, std::vector<Finding> &Findings) {
  addLaneFindings(
      File, "block-size", {LaneFact::BlockSize},
      [](const LaneFact &L) {
        return "blocks of " + L.Text + " threads leave the last warp of 64 lanes half empty: its lanes do nothing, and what the kernel does by warp "
               "finds 32 of them; use a multiple of 64, or see that the kernel does not work by warp";
      },
      Findings);
}
} // namespace cuport
