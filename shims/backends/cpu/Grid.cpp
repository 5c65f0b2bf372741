// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Grid.h"

#include "HappensBefore.h"
#include "Sanitizer.h"
#include "Scheduler.h"
#include "Settings.h"
#include "ThreadBlock.h"
#include "Worker.h"

#include <algorithm>
#include <memory>
#include <sched.h>
#include <vector>

namespace cuport::cpu {

static constexpr size_t Alignment = 128;

size_t dynamicOffset(const cuport_block &block) {
  return (block.kernel->static_shared + Alignment - 1) & ~(Alignment - 1);
}
size_t sharedBytes(const cuport_block &block) {
  return std::max(Alignment, dynamicOffset(block) + block.dynamic_shared_size);
}
size_t frameBytes(const cuport_block &block) {
  // Of the threads of a row, and from a cache line on (shims/passes/Regions.h).
  constexpr size_t RowThreads = 16, CacheLine = 64;
  const size_t threads = (block.thread_count + RowThreads - 1) & ~(RowThreads - 1);
  return std::max(Alignment, size_t(block.kernel->frame) * threads + CacheLine);
}

bool giveShared(cuport_block &block, Arena &arena, void *lastUse) {
  size_t redZone = addressSanitizer() ? Alignment : 0;
  block.shared = arena.get(sharedBytes(block) + redZone, lastUse);
  if (!block.shared)
    return false;
  block.dynamic_shared = block.shared + dynamicOffset(block);
  if (redZone) {
    size_t size = arena.capacity();
    __asan_unpoison_memory_region(block.shared, size);
    __asan_poison_memory_region(block.shared + block.kernel->static_shared,
                                dynamicOffset(block) - block.kernel->static_shared);
    size_t end = dynamicOffset(block) + block.dynamic_shared_size;
    __asan_poison_memory_region(block.shared + end, size - end);
  }
  return true;
}

Grid::Grid(const cuport_launch &launch, uint32_t workers)
    : launch(launch), blocks(uint64_t(launch.grid.x) * launch.grid.y * launch.grid.z) {
  // Few enough claims to cost nothing, enough to even out what blocks take.
  chunk = std::max<uint64_t>(1, blocks / (uint64_t(workers) * 16));
  // Blocks that wait for others wait for such as come before them.
  if (launch.kernel->flags & CUPORT_KERNEL_WAITS)
    chunk = 1;
  if (launch.flags & CUPORT_LAUNCH_COOPERATIVE)
    chunk = std::max<uint64_t>(1, (blocks + workers - 1) / workers);
  aliveTogether = blocks;
  shape.block_dim[0] = launch.block.x;
  shape.block_dim[1] = launch.block.y;
  shape.block_dim[2] = launch.block.z;
  shape.grid_dim[0] = launch.grid.x;
  shape.grid_dim[1] = launch.grid.y;
  shape.grid_dim[2] = launch.grid.z;
  shape.thread_count = launch.block.x * launch.block.y * launch.block.z;
  shape.warp_size = settings().warp;
  shape.dynamic_shared_size = launch.dynamic_shared;
  shape.scheduler = &scheduler();
  shape.kernel = launch.kernel;
}

bool Grid::claim(uint64_t &first, uint64_t &last) {
  if (fault.load(std::memory_order_relaxed))
    return false;
  if (begunAll())
    return false;
  first = next.fetch_add(chunk, std::memory_order_relaxed);
  last = std::min(first + chunk, blocks);
  return first < blocks;
}

void Grid::place(cuport_block &block, uint64_t index) const {
  block.block_idx[0] = uint32_t(index % launch.grid.x);
  block.block_idx[1] = uint32_t(index / launch.grid.x % launch.grid.y);
  block.block_idx[2] = uint32_t(index / launch.grid.x / launch.grid.y);
}

void Grid::fail(Worker &worker, const cuport_block &block) {
  int status = reportFault(worker, block), none = 0;
  fault.compare_exchange_strong(none, status);
}

void Grid::failWithoutMemory(Worker &worker, const cuport_block &block) {
  worker.fault.status = LaunchOutOfResources;
  worker.fault.message = describePlace(block, nullptr) + ": no memory for a block";
  fail(worker, block);
}

bool Grid::isArgument(const void *pointer) const {
  const cuport_kernel &kernel = *launch.kernel;
  for (uint32_t i = 0; i < kernel.parameter_count; ++i)
    if (uintptr_t(pointer) - uintptr_t(launch.arguments[i]) < kernel.parameter_sizes[i])
      return true;
  return false;
}

/// A compiled `block` runs threads in its own order.
bool Grid::asWhole() const {
  return launch.kernel->block && settings().mode != Mode::Thread && settings().order == Order::Forward;
}

void Grid::takeBlocks() {
  Worker &worker = thisWorker();
  worker.grid = this;
  worker.gridStack = __builtin_frame_address(0);
  worker.gridBegin = &beginning;
  worker.gridEnd = &ending;
  worker.cooperative = launch.flags & CUPORT_LAUNCH_COOPERATIVE;
  release(&beginning);
  if (worker.cooperative && (launch.kernel->flags & CUPORT_KERNEL_GRID_BARRIER))
    runTogether(worker);
  else if (asWhole() && !(launch.kernel->flags & CUPORT_KERNEL_WAITS))
    runBlocks(worker);
  else
    runFibers(worker);
  worker.shape = nullptr;
  if (worker.read.address || worker.division.address)
    reportStrays(worker);
  acquire(&ending);
}

BlockEnd Grid::step(Worker &worker, ThreadBlock &threads) {
  cuport_block block = threads.shape();
  worker.shape = &block;
  BlockEnd end = threads.run();
  worker.shape = nullptr;
  if (end == BlockEnd::Failed)
    fail(worker, block);
  return end;
}

/// A block that is ready to run; null, and the grid has failed, where there is no memory for it.
std::unique_ptr<ThreadBlock> Grid::begin(Worker &worker, uint64_t index) {
  cuport_block block = shape;
  place(block, index);
  std::unique_ptr<ThreadBlock> threads = worker.takeBlock();
  if (threads->prepare(block, launch.arguments, asWhole()))
    return threads;
  failWithoutMemory(worker, block);
  return nullptr;
}

void Grid::runFibers(Worker &worker) {
  // Blocks of which threads wait for other blocks: then more are alive at a time, as on a card. Whole ones take little.
  const uint64_t mostThreads = asWhole() ? 1 << 18 : 1 << 16;
  std::vector<std::unique_ptr<ThreadBlock>> yielding;
  uint64_t index = 0, last = 0;
  for (;;) {
    size_t before = yielding.size();
    std::erase_if(yielding, [&](auto &threads) {
      if (status() || step(worker, *threads) == BlockEnd::Yielded)
        return false;
      worker.spareBlocks.push_back(std::move(threads));
      return true;
    });
    bool stuck = !yielding.empty() && yielding.size() == before;
    bool room = yielding.empty() || (stuck && (yielding.size() + 1) * shape.thread_count <= mostThreads);
    if (status())
      break;
    if (!room || (index >= last && !claim(index, last))) {
      if (yielding.empty())
        break;
      sched_yield();
      continue;
    }
    std::unique_ptr<ThreadBlock> threads = begin(worker, index++);
    if (!threads)
      break;
    auto &kept = step(worker, *threads) == BlockEnd::Yielded ? yielding : worker.spareBlocks;
    kept.push_back(std::move(threads));
  }
  for (auto &threads : yielding)
    threads->abandon();
}

void Grid::runBlocks(Worker &worker) {
  cuport_block block = shape;
  block.frames = worker.frames.get(frameBytes(block), &ending);
  if (!block.frames || !giveShared(block, worker.shared, &ending))
    return failWithoutMemory(worker, block);
  cuport_thread *outer = cuport_self;
  worker.shape = &block;
  runBlocksUnguarded(worker, block);
  cuport_self = outer;
  if (worker.fault.status)
    fail(worker, block);
}

/// Returns also after a fault, by a jump; so nothing in it may need an end.
__attribute__((noinline)) void Grid::runBlocksUnguarded(Worker &worker, cuport_block &block) {
  cuport_thread first = {};
  if (sigsetjmp(worker.out, 0))
    return;
  for (uint64_t index, end; claim(index, end);)
    for (; index < end; ++index) {
      place(block, index);
      first.block = &block;
      cuport_self = &first;
      launch.kernel->block(launch.arguments, &block);
    }
}

void Grid::runTogether(Worker &worker) {
  std::vector<std::unique_ptr<ThreadBlock>> waiting, running;
  for (uint64_t index, last; claim(index, last);)
    for (; index < last && !status(); ++index)
      if (std::unique_ptr<ThreadBlock> threads = begin(worker, index))
        running.push_back(std::move(threads));
  for (;;) {
    uint64_t ended = 0;
    // As far as the barrier; those that yield wait for one of the others.
    while (!running.empty() && !status())
      std::erase_if(running, [&](auto &threads) {
        BlockEnd end = status() ? BlockEnd::Yielded : step(worker, *threads);
        ended += end == BlockEnd::Done;
        if (end == BlockEnd::AtGridBarrier)
          waiting.push_back(std::move(threads));
        else if (end != BlockEnd::Yielded)
          worker.spareBlocks.push_back(std::move(threads));
        return end != BlockEnd::Yielded;
      });
    if (!meet(waiting.size(), ended) || waiting.empty())
      break;
    // Under ThreadSanitizer there is one worker, and so these are all blocks.
    HappensBefore met;
    for (auto &threads : waiting)
      threads->eachFiber([&](void *fiber) { met.before(fiber); });
    for (auto &threads : waiting)
      threads->eachFiber([&](void *fiber) { met.after(fiber); });
    running.swap(waiting);
  }
  for (auto *left : std::initializer_list<decltype(&waiting)>{&waiting, &running})
    for (auto &threads : *left)
      threads->abandon();
}

bool Grid::meet(uint64_t arrived, uint64_t ended) {
  std::unique_lock hold(lock);
  aliveTogether -= ended;
  arrivedTogether += arrived;
  uint64_t now = round;
  if (status() || (arrivedTogether == aliveTogether && arrivedTogether)) {
    arrivedTogether = 0;
    ++round;
    met.notify_all();
  } else if (arrived) {
    met.wait(hold, [&] { return round != now; });
  }
  return !status();
}

} // namespace cuport::cpu
