// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Code that relies on the threads of a warp running in step: they read what others of the warp wrote, with no barrier between.
// CUDA has not promised that since Volta; elsewhere it depends on the width of a warp and on the compiler.
//
//   Seen: if (tid < 32) { s[tid] += s[tid + 32]; s[tid] += s[tid + 16]; }
//         if (tid < 32) v = warpSum(v);

#include "Rules/Lanes.h"

using namespace cuport;

static std::string messageFor(const LaneFact &L) {
  if (L.What == LaneFact::FirstWarp)
    return "'" + L.Text + "' picks the first warp of 32 lanes for code that works by warp; with 64 or 128 lanes that is a part of a warp: compare with "
           "'warpSize'";
  return "'" + L.Text + "' reads what another thread wrote with no barrier between, and so relies on a warp's threads running in step: put "
         "'__syncwarp()' between the steps, or '__syncthreads()' where HIP has none";
}

namespace cuport {
void runWarpSynchronous(const FileView &File, std::vector<Finding> &Findings) {
  addLaneFindings(File, "warp-synchronous", {LaneFact::FirstWarp, LaneFact::Synchronous}, messageFor, Findings);
}
} // namespace cuport
