// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Barriers of a block in thread mode, whatever the order of threads and the width of warps.
// RUN: %clangxx -std=c++20 -O1 -g %shim-by-hand %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_ORDER=backward %t | FileCheck %s
// RUN: env CUPORT_ORDER=shuffle:7 CUPORT_WARP=64 %t | FileCheck %s
// RUN: env CUPORT_ORDER=shuffle CUPORT_WARP=128 CUPORT_THREADS=1 %t | FileCheck %s
// RUN: not env CUPORT_WARP=48 %t 2>&1 | FileCheck %s --check-prefix=WIDTH
// CHECK-NOT: not so
// CHECK: done
// WIDTH: refused: CUPORT_WARP=48: not 32, 64 or 128

#include "ByHand.h"

// A tree: every round reads what other threads wrote in the one before.
KERNEL(sum, CUPORT_KERNEL_BARRIERS, 1024 * 4) {
  auto *out = argument<int *>(arguments, 0);
  int *values = shared<int>();
  unsigned size = cuport_self->block->thread_count;
  values[tid()] = int(tid()) + int(bid());
  SYNC();
  for (unsigned step = size / 2; step; step /= 2) {
    if (tid() < step)
      values[tid()] += values[tid() + step];
    SYNC();
  }
  if (tid() == 0)
    out[bid()] = values[0];
}

// Threads that end count as having arrived.
KERNEL(early, CUPORT_KERNEL_BARRIERS, 1024 * 4) {
  auto *out = argument<int *>(arguments, 0);
  int *values = shared<int>();
  if (tid() % 3 == 0)
    return;
  values[tid()] = 1;
  SYNC();
  if (tid() % 3 == 1)
    cuda().exit();
  SYNC();
  int count = 0;
  for (unsigned i = 0; i < cuport_self->block->thread_count; ++i)
    count += i % 3 ? values[i] : 0;
  out[tid()] = count;
}

KERNEL(reductions, CUPORT_KERNEL_BARRIERS, 0) {
  auto *out = argument<int *>(arguments, 0);
  int count = cuda().barrier_reduce(PLACE, 0, tid() % 4 == 0);
  int all = cuda().barrier_reduce(PLACE, 1, tid() < 1000);
  int most = cuda().barrier_reduce(PLACE, 1, tid() != 5);
  int any = cuda().barrier_reduce(PLACE, 2, tid() == 77);
  int none = cuda().barrier_reduce(PLACE, 2, 0);
  out[tid()] = count * 10000 + all * 1000 + most * 100 + any * 10 + none;
}

// Two halves of the block, each with a barrier of its own: bar.sync id, count.
KERNEL(halves, CUPORT_KERNEL_BARRIERS, 256 * 4) {
  auto *out = argument<int *>(arguments, 0);
  int *values = shared<int>();
  unsigned half = tid() / 128;
  for (int round = 0; round < 3 + int(half); ++round) {
    values[tid()] = round;
    cuda().barrier(PLACE, 1 + half, 128);
    int sum = 0;
    for (unsigned i = 0; i < 128; ++i)
      sum += values[half * 128 + i];
    if (sum != round * 128)
      out[tid()] = -1;
    cuda().barrier(PLACE, 1 + half, 128);
  }
  out[tid()] += 1 + int(half);
}

int main() {
  int *out = deviceMemory<int>(1024);
  launch(sum, {{100, 1, 1}, {256, 1, 1}}, out);
  CHECK(finish() == 0);
  for (int i = 0; i < 100; ++i)
    CHECK(out[i] == 256 * 255 / 2 + 256 * i);

  launch(early, {{1, 1, 1}, {10, 10, 3}}, out);
  CHECK(finish() == 0);
  for (int i = 2; i < 300; i += 3)
    CHECK(out[i] == 200);

  launch(reductions, {{1, 1, 1}, {200, 1, 1}}, out);
  CHECK(finish() == 0);
  for (int i = 0; i < 200; ++i)
    CHECK(out[i] == 50 * 10000 + 1000 + 10);

  for (int i = 0; i < 256; ++i)
    out[i] = 0;
  launch(halves, {{1, 1, 1}, {256, 1, 1}}, out);
  CHECK(finish() == 0);
  for (int i = 0; i < 256; ++i)
    CHECK(out[i] == 1 + i / 128);
  std::puts("done");
}
