// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Children.h"

#include "Cost.h"
#include "Fault.h"
#include "Grid.h"
#include "Pool.h"
#include "Settings.h"
#include "Worker.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace cuport::cpu {

void Children::add(const cuport_launch &launch, const BlockIndex &by, bool last) {
  std::lock_guard hold(lock);
  waiting.push_back({OwnedLaunch(launch), by, last});
}

std::vector<OwnedLaunch> Children::takeAll() {
  std::lock_guard hold(lock);
  std::vector<OwnedLaunch> taken;
  for (bool last : {false, true})
    for (Child &child : waiting)
      if (child.last == last)
        taken.push_back(std::move(child.launch));
  waiting.clear();
  return taken;
}

std::vector<OwnedLaunch> Children::takeOf(const BlockIndex &block) {
  std::lock_guard hold(lock);
  std::vector<OwnedLaunch> taken;
  std::erase_if(waiting, [&](Child &child) {
    const bool wanted = child.by == block && !child.last;
    if (wanted)
      taken.push_back(std::move(child.launch));
    return wanted;
  });
  return taken;
}

static int runAll(const std::vector<OwnedLaunch> &launches) {
  for (const OwnedLaunch &each : launches)
    if (int status = runGrid(each.get()))
      return status;
  return Success;
}

int runGrid(const cuport_launch &launch) {
  uint64_t threads = uint64_t(launch.grid.x) * launch.grid.y * launch.grid.z * launch.block.x * launch.block.y * launch.block.z;
  Cost &cost = Cost::of(launch.kernel);
  Grid grid(launch, settings().threads);
  auto begin = std::chrono::steady_clock::now();
  bool alone = cost.isShort(threads);
  if (alone)
    grid.takeBlocks();
  else
    Pool::get().run(grid);
  int status = grid.status();
  if (!status)
    status = runAll(grid.children.takeAll());
  auto took = std::chrono::steady_clock::now() - begin;
  uint64_t nanoseconds = uint64_t(std::chrono::nanoseconds(took).count());
  // Spread over workers, the blocks took more time than passed.
  if (!alone)
    nanoseconds *= std::min<uint64_t>(settings().threads, grid.blockCount());
  cost.add(threads, nanoseconds);
  return status;
}

/// The block that the caller runs.
static BlockIndex caller(const Worker &worker) {
  const uint32_t *index = worker.shape->block_idx;
  return {index[0], index[1], index[2]};
}

int launchChild(const cuport_launch &launch, bool last) {
  Worker &worker = thisWorker();
  worker.grid->children.add(launch, caller(worker), last);
  return Success;
}

int synchronizeChildren() {
  Worker &worker = thisWorker();
  std::vector<OwnedLaunch> launches = worker.grid->children.takeOf(caller(worker));
  if (launches.empty())
    return Success;
  // This thread of the operating system stands inside a kernel, and its worker can carry no second one.
  int status = Success;
  std::thread([&] { status = runAll(launches); }).join();
  if (status) {
    launches.clear();
    noteFault(status, describePlace(*worker.shape, nullptr) + ": a kernel that it launched has failed");
    leaveKernel();
  }
  return Success;
}

} // namespace cuport::cpu
