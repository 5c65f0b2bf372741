// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Much at once: launches, queues, events, memory up to its end; a fork; an exit while kernels run.
// RUN: %clangxx -std=c++20 -O1 -g %shim-by-hand %s -o %t -pthread
// RUN: env CUPORT_DEVICE_MEMORY=64M %t | FileCheck %s
// RUN: env CUPORT_DEVICE_MEMORY=64M CUPORT_THREADS=1 CUPORT_STACK=64K %t | FileCheck %s
// CHECK-NOT: not so
// CHECK: child ends
// CHECK: done

#include "ByHand.h"

#include <atomic>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

KERNEL(counts, 0, 0) {
  argument<std::atomic<int64_t> *>(arguments, 0)->fetch_add(1);
}
KERNEL(waits, CUPORT_KERNEL_WAITS, 0) {
  while (argument<std::atomic<int64_t> *>(arguments, 0)->load() >= 0)
    backend().thread_sleep(100);
}
static const Shape One = {{1, 1, 1}, {1, 1, 1}};

static void launches(std::atomic<int64_t> *count) {
  *count = 0;
  for (int i = 0; i < 1000000; ++i)
    launch(counts, One, count);
  CHECK(finish() == 0);
  CHECK(*count == 1000000);
  // Behind one that waits they pile up.
  *count = 0;
  launch(waits, One, count);
  for (int i = 0; i < 20000; ++i)
    launch(counts, One, count);
  *count = -1;
  CHECK(finish() == 0);
  CHECK(*count == 19999);
}

static void queuesAndEvents(std::atomic<int64_t> *count) {
  constexpr int Many = 10000;
  *count = 0;
  std::vector<cuport_queue *> queues(Many);
  std::vector<cuport_event *> events(Many);
  for (int i = 0; i < Many; ++i) {
    CHECK(backend().queue_create(0, 0, &queues[i]) == 0);
    CHECK(backend().event_create(0, 0, &events[i]) == 0);
  }
  // A chain through all queues, held by the first.
  auto *gate = deviceMemory<std::atomic<int64_t>>(1);
  *gate = 0;
  launchOn(queues[0], waits, One, gate);
  for (int i = 0; i < Many; ++i) {
    if (i)
      backend().queue_wait(queues[i], events[i - 1]);
    launchOn(queues[i], counts, One, count);
    backend().event_record(events[i], queues[i]);
  }
  CHECK(*count == 0);
  CHECK(backend().event_query(events[Many - 1]) == 600);
  *gate = -1;
  CHECK(backend().event_synchronize(events[Many - 1]) == 0);
  CHECK(*count == Many);
  // Queues and events may go while they are at work.
  for (int i = 0; i < Many; ++i) {
    launchOn(queues[i], counts, One, count);
    backend().event_record(events[i], queues[i]);
    backend().queue_wait(queues[(i + 1) % Many], events[i]);
    backend().event_destroy(events[i]);
  }
  for (cuport_queue *queue : queues)
    backend().queue_destroy(queue);
  while (*count != 2 * Many)
    usleep(100);
}

static void memory() {
  std::vector<void *> pieces;
  void *piece = nullptr;
  int status = 0;
  size_t free = 0, total = 0;
  while (!(status = backend().allocate(0, CUPORT_MEMORY_DEVICE, 1 << 20, &piece)))
    pieces.push_back(piece);
  CHECK(status == 2);
  CHECK(pieces.size() >= 60 && pieces.size() <= 64);
  CHECK(backend().allocate(0, CUPORT_MEMORY_DEVICE, SIZE_MAX - 5, &piece) == 2);
  CHECK(backend().memory_info(0, &free, &total) == 0 && total == 64 << 20 && free < 1 << 20);
  CHECK(backend().allocate(0, CUPORT_MEMORY_HOST, 1 << 20, &piece) == 0);
  backend().free(0, CUPORT_MEMORY_HOST, piece);
  for (void *piece : pieces)
    CHECK(backend().free(0, CUPORT_MEMORY_DEVICE, piece) == 0);
  CHECK(backend().allocate(0, CUPORT_MEMORY_DEVICE, 50 << 20, &piece) == 0);
  CHECK(reinterpret_cast<uintptr_t>(piece) % 512 == 0);
  static_cast<char *>(piece)[(50 << 20) - 1] = 1;
  backend().free(0, CUPORT_MEMORY_DEVICE, piece);
}

static void forks(std::atomic<int64_t> *count) {
  pid_t child = fork();
  if (child == 0) {
    // No thread of the backend is here; it says so and does not hang.
    bool refused = launch(waits, One, count) == 3 && finish() == 3;
    std::puts(refused ? "child ends" : "not so: child launches");
    std::exit(0);
  }
  int status = -1;
  waitpid(child, &status, 0);
  CHECK(status == 0);
  *count = 0;
  launch(counts, {{10, 1, 1}, {100, 1, 1}}, count);
  CHECK(finish() == 0 && *count == 1000);
}

int main() {
  auto *count = deviceMemory<std::atomic<int64_t>>(1);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  launches(count);
  queuesAndEvents(count);
  memory();
  forks(count);
  *count = 0;
  launch(waits, {{100, 1, 1}, {64, 1, 1}}, count);
  launch(counts, {{100, 1, 1}, {64, 1, 1}}, count);
  std::puts("done");
  return 0;
}
