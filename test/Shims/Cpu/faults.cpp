// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What goes wrong in a kernel is the device's fault, which stays until a reset, and names kernel, block and thread.
// A sanitizer reports bad addresses itself.
// UNSUPPORTED: shim-sanitizer
// RUN: %clangxx -std=c++20 -O0 -g %shim-by-hand %s -o %t
// RUN: %t 2>&1 | FileCheck %s

#include "ByHand.h"

#include <algorithm>

static const cuport_place here = {"a.cu", "f", 12};

KERNEL(traps, 0, 0) {
  if (bid() == 2 && tid() == 5)
    cuda().trap(&here);
}

KERNEL(asserts, CUPORT_KERNEL_BARRIERS, 0) {
  SYNC();
  if (tid() == 7)
    cuda().assert_failed("x > 0", "a.cu", 30, "void f(int *)");
  SYNC();
}

KERNEL(stores, 0, 0) {
  if (tid() == 3)
    argument<volatile int *>(arguments, 0)[argument<int64_t>(arguments, 1)] = 1;
}

KERNEL(waitsThenStores, CUPORT_KERNEL_BARRIERS, 0) {
  SYNC();
  stores.thread(arguments);
  SYNC();
}

KERNEL(reads, 0, 0) {
  if (tid() == 3)
    argument<int *>(arguments, 2)[tid()] = argument<volatile int *>(arguments, 0)[argument<int64_t>(arguments, 1)];
}

KERNEL(divides, 0, 0) {
  volatile int zero = 0, one = 1;
  if (tid() == 1)
    one = one / zero;
}

static int depth(int n) {
  volatile char frame[1024];
  frame[n % 1024] = char(n);
  return depth(n + 1) + frame[0];
}
KERNEL(recurses, 0, 0) {
  if (tid() == 1)
    depth(0);
}

KERNEL(fine, CUPORT_KERNEL_BARRIERS, 0) {
  SYNC();
  argument<int *>(arguments, 0)[tid()] = int(tid());
}

template <typename... Arguments>
static void report(const cuport_kernel &kernel, Shape shape, Arguments... arguments) {
  launch(kernel, shape, arguments...);
  int status = finish();
  // What comes after is dropped.
  auto *out = deviceMemory<int>(32);
  out[9] = -1;
  launch(fine, {{1, 1, 1}, {32, 1, 1}}, out);
  CHECK(finish() == status && out[9] == -1);
  std::printf("%s: %d\n", kernel.name, status);
  backend().device_reset(0);
  launch(fine, {{1, 1, 1}, {32, 1, 1}}, out);
  CHECK(finish() == 0 && out[9] == 9);
}

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  // CHECK-NOT: not so
  // CHECK: cuport: kernel traps (kernel.cu:{{[0-9]+}}), block [2,0,0], thread [1,1,0]: trap at a.cu:12
  // CHECK-NEXT: traps: 719
  report(traps, {{9, 1, 1}, {4, 4, 1}});

  // CHECK-NEXT: {{^}}a.cu:30: void f(int *): block: [0,0,0], thread: [7,0,0] Assertion `x > 0` failed.
  // CHECK-NEXT: asserts: 710
  report(asserts, {{1, 1, 1}, {64, 1, 1}});

  // CHECK-NEXT: cuport: kernel stores (kernel.cu:{{[0-9]+}}), block [0,0,0], thread [3,0,0]: illegal address 0x0
  // CHECK-NEXT: stores: 700
  report(stores, {{1, 1, 1}, {64, 1, 1}}, (int *)nullptr, int64_t(0));

  // CHECK-NEXT: cuport: kernel waitsThenStores ({{.*}}), block [0,0,0], thread [3,0,0]: illegal address 0x{{[0-9a-f]+}}, 0 bytes behind the end of 100352 bytes of memory at 0x{{[0-9a-f]+}}{{$}}
  // CHECK-NEXT: waitsThenStores: 700
  int *large = deviceMemory<int>(25088);
  report(waitsThenStores, {{1, 1, 1}, {64, 1, 1}}, large, int64_t(25088));

  // A read near memory gives what nobody wrote, before it and behind it, and is told once; one far away is a fault.
  // CHECK-NEXT: cuport: warning: kernel reads (kernel.cu:{{[0-9]+}}), block [0,0,0]: reads outside of memory and gets 0, address 0x{{[0-9a-f]+}}, 4000 bytes behind the end of 100352 bytes of memory at 0x{{[0-9a-f]+}}; cuport-cc --check=address tells the line
  const int64_t places[] = {25088 + 1000, 25088 + 1000, -1000};
  for (int64_t place : places) {
    auto *read = deviceMemory<int>(32);
    read[3] = -1;
    launch(reads, {{1, 1, 1}, {32, 1, 1}}, large, place, read);
    CHECK(finish() == 0 && read[3] == 0);
  }
  // What was read may still not be written.
  // CHECK-NEXT: cuport: kernel stores ({{.*}}), block [0,0,0], thread [3,0,0]: illegal address {{.*}}, 4000 bytes behind the end of 100352 bytes
  // CHECK-NEXT: stores: 700
  report(stores, {{1, 1, 1}, {64, 1, 1}}, large, int64_t(26088));
  // CHECK-NEXT: cuport: kernel reads ({{.*}}), block [0,0,0], thread [3,0,0]: illegal address 0x10
  // CHECK-NEXT: reads: 700
  report(reads, {{1, 1, 1}, {64, 1, 1}}, (int *)nullptr, int64_t(4), large);

  // CHECK-NEXT: cuport: kernel divides ({{.*}}), block [0,0,0], thread [1,0,0]: integer division by zero
  // CHECK-NEXT: divides: 719
  report(divides, {{1, 1, 1}, {64, 1, 1}});

  // CHECK-NEXT: cuport: kernel recurses ({{.*}}), block [0,0,0], thread [1,0,0]: stack overflow; CUPORT_STACK says how many bytes a thread has
  // CHECK-NEXT: recurses: 714
  report(recurses, {{1, 1, 1}, {64, 1, 1}});

  // CHECK-NEXT: cuport: memory of 12 bytes at 0x{{[0-9a-f]+}} was written 0 bytes behind its end
  int *small = deviceMemory<int>(3);
  launch(stores, {{1, 1, 1}, {64, 1, 1}}, small, int64_t(3));
  CHECK(finish() == 0);
  backend().free(0, CUPORT_MEMORY_DEVICE, small);
  // Far behind it harms no other memory, as on a card, which nobody tells of either.
  int *others[] = {deviceMemory<int>(180), deviceMemory<int>(180), deviceMemory<int>(180)};
  launch(stores, {{1, 1, 1}, {64, 1, 1}}, others[1], int64_t(6000));
  CHECK(finish() == 0);
  for (int *other : others)
    CHECK(std::count(other, other + 180, 0) == 180);
  for (int *other : others)
    backend().free(0, CUPORT_MEMORY_DEVICE, other);
  // CHECK-NEXT: done
  std::puts("done");
}
