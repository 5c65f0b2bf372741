// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads that return while others of their block go on to __syncthreads().
//
//   Seen: if (i >= n) return;  ...  __syncthreads();
//
// Where whole warps return CUDA's cards go on. With warps of another width, or on cards that count every thread, they do not.

#include "Rules/Lanes.h"

using namespace cuport;

namespace cuport {
void runDivergentBarrier(const FileView &File, std::vector<Finding> &Findings) {
  addLaneFindings(
      File, "divergent-barrier", {LaneFact::EarlyReturn},
      [](const LaneFact &L) -> std::string {
        return "threads with '" + L.Text + "' return, and others of the block go on to __syncthreads(): cards that count every thread at the barrier hang; keep the threads and "
               "leave out their work";
      },
      Findings);
}
} // namespace cuport
