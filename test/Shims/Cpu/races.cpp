// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kernels built with -fsanitize=thread: a barrier that is missing is a race between the two lines, one that is there is none, and
// host and kernels do not race either.
// REQUIRES: sanitizers
// RUN: %clangxx -std=c++20 -O1 -g -fsanitize=thread %shim-by-hand %s -o %t -pthread
// RUN: env TSAN_OPTIONS=atexit_sleep_ms=0 %t 2>&1 | FileCheck %s --check-prefix=RIGHT
// RUN: env TSAN_OPTIONS=atexit_sleep_ms=0 CUPORT_WARP=64 CUPORT_ORDER=backward %t 2>&1 | FileCheck %s --check-prefix=RIGHT
// RUN: not env TSAN_OPTIONS=atexit_sleep_ms=0 %t block 2>&1 | FileCheck %s --check-prefix=BLOCK
// RUN: not env TSAN_OPTIONS=atexit_sleep_ms=0 CUPORT_ORDER=shuffle %t block 2>&1 | FileCheck %s --check-prefix=BLOCK
// RUN: not env TSAN_OPTIONS=atexit_sleep_ms=0 %t warp 2>&1 | FileCheck %s --check-prefix=WARP
// RUN: not env TSAN_OPTIONS=atexit_sleep_ms=0 %t shared 2>&1 | FileCheck %s --check-prefix=SHARED
// RUN: not env TSAN_OPTIONS=atexit_sleep_ms=0 %t blocks 2>&1 | FileCheck %s --check-prefix=BLOCKS
// RUN: not env TSAN_OPTIONS=atexit_sleep_ms=0 %t host 2>&1 | FileCheck %s --check-prefix=HOST
// RIGHT-NOT: ThreadSanitizer
// RIGHT-NOT: not so
// RIGHT: done

#include "ByHand.h"

#include <cstring>
#include <sched.h>

KERNEL(tree, CUPORT_KERNEL_BARRIERS, 256 * 4) {
  auto *out = argument<int *>(arguments, 0);
  auto missing = argument<uint64_t>(arguments, 1);
  int *values = shared<int>();
  values[tid()] = int(tid());
  SYNC();
  for (unsigned step = cuport_self->block->thread_count / 2; step; step /= 2) {
    // BLOCK: WARNING: ThreadSanitizer: data race
    // BLOCK-DAG: races.cpp:[[#@LINE+3]]
    // BLOCK-DAG: races.cpp:[[#@LINE+2]]
    if (tid() < step)
      values[tid()] += values[tid() + step];
    if (!missing)
      SYNC();
  }
  if (tid() == 0)
    out[bid()] = values[0];
}

// A warp barrier orders the lanes that it names and no others.
KERNEL(lanes, CUPORT_KERNEL_WARP, 256 * 4) {
  auto missing = argument<uint64_t>(arguments, 1);
  int *values = shared<int>();
  values[tid()] = int(tid());
  cuda().warp_barrier(PLACE, lane() % 64 < 32 ? 0xffffffff : 0xffffffffull << 32);
  int other = values[tid() ^ 1];
  // WARP: WARNING: ThreadSanitizer: data race
  // WARP: Write of size 4
  // WARP-NEXT: #0 lanesBody{{.*}}races.cpp:[[#@LINE+7]]
  // WARP: Previous read of size 4
  // WARP-NEXT: #0 lanesBody{{.*}}races.cpp:[[#@LINE-5]]
  if (missing)
    cuda().shuffle(PLACE, ~0ull, 0, 0, 0, 32);
  else
    cuda().warp_barrier(PLACE, ~0ull);
  values[tid()] = other;
}

// SHARED: WARNING: ThreadSanitizer: data race
// SHARED-DAG: races.cpp:[[#@LINE+7]]
// SHARED-DAG: races.cpp:[[#@LINE+9]]
KERNEL(twoLines, CUPORT_KERNEL_BARRIERS, 256 * 4) {
  auto *out = argument<int *>(arguments, 0);
  auto missing = argument<uint64_t>(arguments, 1);
  int *values = shared<int>();
  unsigned size = cuport_self->block->thread_count;
  values[tid()] = int(tid());
  if (!missing)
    SYNC();
  out[tid()] = values[size - 1 - tid()];
}

// BLOCKS: WARNING: ThreadSanitizer: data race
// BLOCKS: races.cpp:[[#@LINE+2]]
KERNEL(store, 0, 0) {
  *argument<int *>(arguments, 0) = 1;
}

/// With a gate, says that it is there and waits until the host opens: ThreadSanitizer sees no order in relaxed accesses.
KERNEL(increment, CUPORT_KERNEL_WAITS, 0) {
  if (int *gate = argument<int *>(arguments, 1)) {
    __atomic_store_n(&gate[0], 1, __ATOMIC_RELAXED);
    while (!__atomic_load_n(&gate[1], __ATOMIC_RELAXED))
      cuda().yield();
  }
  // HOST: WARNING: ThreadSanitizer: data race
  // HOST-DAG: races.cpp:[[#@LINE+2]]
  // HOST-DAG: races.cpp:[[#HOST:]]
  argument<int *>(arguments, 0)[tid()] += 1;
}

int main(int count, char **values) {
  auto is = [&](const char *name) { return uint64_t(count > 1 && !std::strcmp(values[1], name)); };
  int *out = deviceMemory<int>(256);
  launch(tree, {{3, 1, 1}, {64, 1, 1}}, out, is("block"));
  finish();
  CHECK(is("block") || (out[0] == 64 * 63 / 2 && out[2] == 64 * 63 / 2));
  launch(lanes, {{2, 1, 1}, {128, 1, 1}}, out, is("warp"));
  finish();
  for (int repeat = 0; repeat < 3; ++repeat)
    launch(twoLines, {{1, 1, 1}, {100, 1, 1}}, out, is("shared"));
  finish();
  launch(store, {{unsigned(1 + is("blocks")), 1, 1}, {1, 1, 1}}, out);
  finish();
  // The host and kernels, ordered by the queue and by an event, one launch after the other.
  cuport_event *event;
  backend().event_create(0, 0, &event);
  for (int i = 0; i < 100; ++i)
    out[i] = i;
  // What a kernel did before the host last asked the queue for anything comes before what the host does then, and the other way round:
  // a race is what the host does while the kernel stands there.
  int gate[2] = {0, 0};
  for (int repeat = 0; repeat < 20; ++repeat)
    launch(increment, {{1, 1, 1}, {100, 1, 1}}, out, is("host") ? gate : nullptr);
  backend().event_record(event, queue());
  if (!is("host"))
    backend().event_synchronize(event);
  while (is("host") && !__atomic_load_n(&gate[0], __ATOMIC_RELAXED))
    sched_yield();
  for (int i = 0; i < 100; ++i)
    CHECK(out[i] == i + 20 || is("host"));
  __atomic_store_n(&gate[1], 1, __ATOMIC_RELAXED);
  finish();
  std::puts("done");
}
