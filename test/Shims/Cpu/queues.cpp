// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Queues run in order, events order queues, a launch does not stop the host, and both end cleanly whatever they still hold.
// RUN: %clangxx -std=c++20 -O1 -g %shim-by-hand %s -o %t -pthread
// RUN: %t | FileCheck %s
// RUN: env CUPORT_THREADS=1 %t | FileCheck %s
// CHECK-NOT: not so
// CHECK: done

#include "ByHand.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <thread>
#include <vector>

// Appends its number to a list, slowly if asked to.
KERNEL(append, 0, 0) {
  auto *list = argument<std::atomic<int> *>(arguments, 0);
  for (volatile int64_t i = argument<int64_t>(arguments, 2); i > 0; i = i - 1)
    ;
  int at = list[0].fetch_add(1) + 1;
  list[at] = int(argument<int64_t>(arguments, 1));
}

// Waits until the host says go.
KERNEL(waits, CUPORT_KERNEL_WAITS, 0) {
  auto *flag = argument<std::atomic<int> *>(arguments, 0);
  while (flag->load() == 0)
    backend().thread_sleep(1000);
  flag->store(2);
}

// The same, and leaves the flag for others.
KERNEL(waitsAlso, CUPORT_KERNEL_WAITS, 0) {
  while (argument<std::atomic<int> *>(arguments, 0)->load() == 0)
    backend().thread_sleep(1000);
}

// Waits until eight have come.
KERNEL(meets, CUPORT_KERNEL_WAITS, 0) {
  auto *count = argument<std::atomic<int> *>(arguments, 0);
  count->fetch_add(1);
  while (count->load() < 8)
    backend().thread_sleep(1000);
}

// Counts the blocks that run at once for some time.
KERNEL(counts, 0, 0) {
  auto *count = argument<std::atomic<int> *>(arguments, 0);
  count->fetch_add(1);
}

static const Shape One = {{1, 1, 1}, {1, 1, 1}};

static void order() {
  auto *list = deviceMemory<std::atomic<int>>(1001);
  list[0] = 0;
  for (int64_t i = 0; i < 1000; ++i)
    launch(append, One, list, i, int64_t(i % 7 == 0 ? 10000 : 0));
  CHECK(finish() == 0);
  for (int i = 0; i < 1000; ++i)
    CHECK(list[i + 1] == i);
}

static void asynchronous() {
  auto *flag = deviceMemory<std::atomic<int>>(1);
  for (int round = 0; round < 3; ++round) {
    *flag = 0;
    launch(waits, One, flag);
    CHECK(backend().queue_query(queue()) == 600);
    *flag = 1;
    CHECK(finish() == 0);
    CHECK(*flag == 2);
    CHECK(backend().queue_query(queue()) == 0);
  }
}

// Work of the second queue waits for the event, also if the event is recorded anew or gone by then.
static void events() {
  cuport_queue *other;
  cuport_event *event, *start;
  backend().queue_create(0, 0, &other);
  backend().event_create(0, 0, &event);
  backend().event_create(0, 0, &start);
  auto *flag = deviceMemory<std::atomic<int>>(1);
  auto *list = deviceMemory<std::atomic<int>>(11);
  float milliseconds = -1;
  CHECK(backend().event_query(event) == 0);
  CHECK(backend().event_elapsed(start, event, &milliseconds) == 400);
  *flag = 0;
  list[0] = 0;
  backend().event_record(start, queue());
  launch(waits, One, flag);
  launch(append, One, list, int64_t(1), int64_t(0));
  backend().event_record(event, queue());
  backend().queue_wait(other, event);
  launchOn(other, append, One, list, int64_t(2), int64_t(0));
  CHECK(backend().event_query(event) == 600);
  CHECK(backend().queue_query(other) == 600);
  CHECK(backend().event_elapsed(start, event, &milliseconds) == 600);
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  CHECK(list[0] == 0);
  *flag = 1;
  CHECK(backend().event_synchronize(event) == 0);
  CHECK(backend().event_elapsed(start, event, &milliseconds) == 0);
  CHECK(milliseconds >= 5 && milliseconds < 10000);
  CHECK(backend().queue_synchronize(other) == 0);
  CHECK(list[1] == 1 && list[2] == 2);

  *flag = 0;
  launch(waits, One, flag);
  backend().event_record(event, queue());
  backend().queue_wait(other, event);
  backend().event_record(event, other);
  launchOn(other, append, One, list, int64_t(3), int64_t(0));
  backend().event_destroy(event);
  backend().event_destroy(start);
  backend().queue_destroy(other);
  *flag = 1;
  finish();
  // Nothing is left to wait for: append counts first and writes then.
  while (list[3] != 3)
    std::this_thread::yield();
  CHECK(list[0] == 3);
}

static void hostFunctions() {
  static std::vector<int> seen;
  int *number = deviceMemory<int>(1);
  for (int i = 0; i < 50; ++i) {
    cuport_fill fill = {number, uint32_t(i), 4, 1, 1, 1, 0, 0};
    backend().fill(queue(), &fill);
    backend().call(queue(), [](void *at) { seen.push_back(*static_cast<int *>(at)); }, number);
  }
  CHECK(finish() == 0);
  CHECK(seen.size() == 50);
  for (int i = 0; i < 50; ++i)
    CHECK(seen[i] == i);
}

static void boxes() {
  auto *from = deviceMemory<char>(1000), *to = deviceMemory<char>(1000);
  for (int i = 0; i < 1000; ++i)
    from[i] = char(i % 100);
  cuport_fill fill = {to, 0x11223344, 1, 1000, 1, 1, 0, 0};
  backend().fill(queue(), &fill);
  // 3 x 2 x 2 bytes.
  cuport_copy copy = {to + 1, from + 10, 3, 2, 2, 10, 100, 20, 200, 0, 0};
  backend().copy(queue(), &copy);
  fill = {to + 500, 0x5566, 2, 2, 2, 1, 8, 0};
  backend().fill(queue(), &fill);
  // They overlap.
  cuport_copy move = {from + 1, from, 99, 1, 1, 0, 0, 0, 0, 0, 0};
  backend().copy(queue(), &move);
  CHECK(finish() == 0);
  CHECK(!std::memcmp(to, "\x44\x0a\x0b\x0c\x44", 5));
  CHECK(!std::memcmp(to + 10, "\x44\x1e\x1f\x20\x44", 5));
  CHECK(!std::memcmp(to + 110, "\x44\x1e\x1f\x20\x44", 5));
  CHECK(!std::memcmp(to + 500, "\x66\x55\x66\x55\x44\x44\x44\x44\x66\x55\x66\x55\x44", 13));
  CHECK(from[1] == 0 && from[50] == 49 && from[99] == 98);
}

// What queues run may wait for each other, however quickly they were given it.
static void together() {
  auto *count = deviceMemory<std::atomic<int>>(1);
  cuport_queue *queues[8];
  for (cuport_queue *&one : queues)
    backend().queue_create(0, 0, &one);
  for (int round = 0; round < 20; ++round) {
    *count = 0;
    for (cuport_queue *one : queues)
      launchOn(one, meets, One, count);
    for (cuport_queue *one : queues)
      CHECK(backend().queue_synchronize(one) == 0);
  }
  for (cuport_queue *one : queues)
    backend().queue_destroy(one);
}

static void large() {
  auto *count = deviceMemory<std::atomic<int>>(1);
  *count = 0;
  launch(counts, {{1000, 30, 2}, {2, 2, 2}}, count);
  CHECK(finish() == 0);
  CHECK(*count == 1000 * 30 * 2 * 8);
}

// Who waits does what no thread of the pool has come to, and nothing that is behind what it waits for.
static void helping() {
  auto *flag = deviceMemory<std::atomic<int>>(1);
  auto *list = deviceMemory<std::atomic<int>>(3);
  cuport_event *event;
  backend().event_create(0, 0, &event);
  cuport_device_properties properties;
  backend().device_properties(0, &properties);
  // All threads that the pool may have, each busy.
  std::vector<cuport_queue *> queues(std::max(16u, 2 * uint32_t(properties.multiprocessors)));
  *flag = list[0] = 0;
  for (cuport_queue *&one : queues) {
    backend().queue_create(0, 0, &one);
    launchOn(one, waitsAlso, One, flag);
  }
  static std::thread::id by;
  backend().call(queue(), [](void *) { by = std::this_thread::get_id(); }, nullptr);
  launch(append, One, list, int64_t(1), int64_t(0));
  backend().event_record(event, queue());
  launch(append, One, list, int64_t(2), int64_t(0));
  CHECK(backend().event_synchronize(event) == 0);
  CHECK(by == std::this_thread::get_id());
  CHECK(list[0] == 1 && list[1] == 1);
  CHECK(backend().queue_query(queue()) == 600);
  CHECK(finish() == 0);
  CHECK(list[0] == 2 && list[2] == 2);
  *flag = 1;
  for (cuport_queue *one : queues) {
    CHECK(backend().queue_synchronize(one) == 0);
    backend().queue_destroy(one);
  }
  backend().event_destroy(event);
}

// Several threads use one queue.
static void crowd() {
  auto *count = deviceMemory<std::atomic<int>>(1);
  *count = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int j = 0; j < 500; ++j) {
        launch(counts, {{2, 1, 1}, {5, 1, 1}}, count);
        if (j % 50 == 0)
          finish();
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  CHECK(finish() == 0);
  CHECK(*count == 4 * 500 * 10);
}

int main() {
  order();
  asynchronous();
  events();
  hostFunctions();
  boxes();
  together();
  helping();
  large();
  crowd();
  std::puts("done");
}
