// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Cooperative launches: all blocks are alive at once and meet at the grid's barrier, in thread mode and in block mode.
// RUN: %clangxx -std=c++20 -O1 -g %shim-by-hand %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_THREADS=1 %t | FileCheck %s
// RUN: env CUPORT_THREADS=7 CUPORT_WARP=64 %t | FileCheck %s
// CHECK-NOT: not so
// CHECK: done

#include "ByHand.h"

#include <atomic>

static const cuport_place here = {"a.cu", "f", 12};

// Each block writes, all read what the next block wrote in the round before.
KERNEL(rounds, CUPORT_KERNEL_BARRIERS | CUPORT_KERNEL_GRID_BARRIER, 64 * 4) {
  auto *values = argument<int *>(arguments, 0);
  int *mine = shared<int>();
  unsigned blocks = cuport_self->block->grid_dim[0];
  mine[tid()] = int(tid());
  values[bid() * 64 + tid()] = int(bid());
  cuda().grid_barrier(&here);
  for (int round = 0; round < 5; ++round) {
    int next = values[(bid() + 1) % blocks * 64 + (tid() + 1) % 64];
    SYNC();
    mine[tid()] += 1;
    cuda().grid_barrier(&here);
    values[bid() * 64 + tid()] = next + 1;
    cuda().grid_barrier(&here);
  }
  SYNC();
  values[bid() * 64 + tid()] += mine[(tid() + 1) % 64] * 1000;
}

void wholeBlock(void *const *arguments, cuport_block *block) {
  auto *values = argument<int *>(arguments, 0);
  unsigned self = block->block_idx[0], blocks = block->grid_dim[0];
  auto *frame = reinterpret_cast<int *>(block->frames);
  for (unsigned i = 0; i < block->thread_count; ++i)
    frame[i] = int(self + i);
  values[self] = int(self);
  block->scheduler->grid_barrier(&here);
  int next = values[(self + 1) % blocks];
  block->scheduler->grid_barrier(&here);
  int wrong = 0;
  for (unsigned i = 0; i < block->thread_count; ++i)
    wrong += frame[i] != int(self + i);
  values[self] = next + wrong * 10000;
}

static cuport_kernel whole() {
  cuport_kernel kernel = rounds;
  kernel.block = wholeBlock;
  kernel.frame = 4;
  return kernel;
}
static const cuport_kernel wholeKernel = whole();

// A barrier of the program's own making, in a launch that is not cooperative: blocks wait for blocks that may not have begun.
KERNEL(ownBarrier, CUPORT_KERNEL_WAITS | CUPORT_KERNEL_BARRIERS, 4) {
  auto *values = argument<int *>(arguments, 0);
  auto *arrived = argument<std::atomic<unsigned> *>(arguments, 1);
  unsigned blocks = cuport_self->block->grid_dim[0];
  values[bid()] = int(bid());
  SYNC();
  if (tid() == 7) {
    arrived->fetch_add(1);
    while (arrived->load() < blocks)
      backend().thread_sleep(100);
  }
  SYNC();
  if (tid() == 0)
    values[bid() + blocks] = values[(bid() + 1) % blocks];
}

// One block traps while the others wait for it.
KERNEL(trapped, CUPORT_KERNEL_GRID_BARRIER, 0) {
  if (bid() == 3 && tid() == 1)
    cuda().trap(&here);
  cuda().grid_barrier(&here);
}

int main() {
  constexpr int Blocks = 40;
  int *values = deviceMemory<int>(Blocks * 64);
  Shape shape = {{Blocks, 1, 1}, {64, 1, 1}, 0, CUPORT_LAUNCH_COOPERATIVE};
  for (int repeat = 0; repeat < 3; ++repeat) {
    launch(rounds, shape, values);
    CHECK(finish() == 0);
    for (int i = 0; i < Blocks * 64; ++i)
      CHECK(values[i] == (i / 64 + 5) % Blocks + 5 + 1000 * ((i + 1) % 64 + 5));
    launch(wholeKernel, shape, values);
    CHECK(finish() == 0);
    for (int i = 0; i < Blocks; ++i)
      CHECK(values[i] == (i + 1) % Blocks);
  }
  auto *arrived = deviceMemory<std::atomic<unsigned>>(1);
  *arrived = 0;
  launch(ownBarrier, {{Blocks, 1, 1}, {16, 1, 1}}, values, arrived);
  CHECK(finish() == 0);
  for (int i = 0; i < Blocks; ++i)
    CHECK(values[i + Blocks] == (i + 1) % Blocks);
  launch(trapped, shape);
  CHECK(finish() == 719);
  backend().device_reset(0);
  launch(rounds, shape, values);
  CHECK(finish() == 0);
  std::puts("done");
}
