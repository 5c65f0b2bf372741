// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Launches by kernels. What a grid's threads launch is kept until all of its blocks have ended, or until a block waits for it:
//
//   runGrid(launch)  ->  Grid, on all workers  ->  its children, each by runGrid, in the order of their launches
//
// CUDA promises a child no earlier begin, and so no place of a running kernel has to be kept while another one runs.

#ifndef CUPORT_CPU_CHILDREN_H
#define CUPORT_CPU_CHILDREN_H

#include "OwnedLaunch.h"

#include <array>
#include <deque>
#include <mutex>
#include <vector>

namespace cuport::cpu {

/// Index of a block in its grid.
using BlockIndex = std::array<uint32_t, 3>;

/// The launches of one grid that have not run. Any number of threads at once.
class Children {
public:
  /// `last`: after all others.
  void add(const cuport_launch &launch, const BlockIndex &by, bool last);
  /// Takes all out, in the order in which they run.
  std::vector<OwnedLaunch> takeAll();
  /// Takes out those of one block that are not `last`.
  std::vector<OwnedLaunch> takeOf(const BlockIndex &block);

private:
  struct Child {
    OwnedLaunch launch;
    BlockIndex by;
    bool last;
  };
  std::mutex lock;
  std::deque<Child> waiting;
};

/// Runs a launch and all that it launches to their ends. 0 or the first fault, after which nothing more begins.
int runGrid(const cuport_launch &launch);

/// For the table: launches of the kernel that the caller runs.
int launchChild(const cuport_launch &launch, bool last);
/// Runs what the caller's block has launched. Leaves the kernel by its fault if one of them has one.
int synchronizeChildren();

} // namespace cuport::cpu
#endif
