// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kernels built with -fsanitize=address: device memory has bounds, and stacks of threads are known, whether threads wait, end early or
// fault.
// REQUIRES: sanitizers
// RUN: %clangxx -std=c++20 -O1 -g -fsanitize=address %shim-by-hand %s -o %t -pthread
// RUN: env ASAN_OPTIONS=detect_stack_use_after_return=1 %t 2>&1 | FileCheck %s --check-prefix=RIGHT
// RUN: not %t heap 2>&1 | FileCheck %s --check-prefix=HEAP
// RUN: not %t stack 2>&1 | FileCheck %s --check-prefix=STACK
// RUN: not %t freed 2>&1 | FileCheck %s --check-prefix=FREED
// RUN: not %t shared 2>&1 | FileCheck %s --check-prefix=SHARED
// RIGHT-NOT: AddressSanitizer
// RIGHT-NOT: not so
// RIGHT: done

#include "ByHand.h"

#include <cstring>

static const cuport_place here = {"a.cu", "f", 12};

KERNEL(writes, CUPORT_KERNEL_BARRIERS, 64 * 4) {
  auto *out = argument<int *>(arguments, 0);
  SYNC();
  // HEAP: ERROR: AddressSanitizer: heap-buffer-overflow
  // HEAP: WRITE of size 4
  // HEAP-NEXT: #0 {{.*}}writesBody{{.*}}bounds.cpp:[[#@LINE+2]]
  // HEAP: 0 bytes after 256-byte region
  out[tid() + argument<uint64_t>(arguments, 1)] = int(tid());
  SYNC();
}

__attribute__((noinline)) static int sum(volatile int *values, int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i)
    sum += values[i];
  return sum;
}

KERNEL(locals, CUPORT_KERNEL_BARRIERS, 0) {
  volatile int values[10];
  for (int i = 0; i < 10; ++i)
    values[i] = int(tid()) + i;
  SYNC();
  if (tid() % 5 == 2)
    cuda().exit();
  // STACK: ERROR: AddressSanitizer: stack-buffer-overflow
  // STACK: #1 {{.*}}localsBody{{.*}}bounds.cpp:[[#@LINE+1]]
  int result = sum(values, 10 + int(argument<uint64_t>(arguments, 1)));
  SYNC();
  argument<int *>(arguments, 0)[tid()] = result;
}

// Dynamic shared memory ends where the launch says.
KERNEL(dynamic, CUPORT_KERNEL_BARRIERS | CUPORT_KERNEL_DYNAMIC_SHARED, 12) {
  auto *values = reinterpret_cast<int *>(cuport_self->block->dynamic_shared);
  // SHARED: ERROR: AddressSanitizer: {{use-after-poison|heap-buffer-overflow}}
  // SHARED: WRITE of size 4
  // SHARED-NEXT: #0 {{.*}}dynamicBody{{.*}}bounds.cpp:[[#@LINE+1]]
  values[tid() + argument<uint64_t>(arguments, 1)] = 1;
}

KERNEL(traps, CUPORT_KERNEL_BARRIERS, 0) {
  volatile int values[10] = {};
  SYNC();
  if (tid() == 30 && !values[3])
    cuda().trap(&here);
  SYNC();
}

int main(int count, char **values) {
  auto is = [&](const char *name) { return uint64_t(count > 1 && !std::strcmp(values[1], name)); };
  int *out = deviceMemory<int>(64);
  for (int repeat = 0; repeat < 10; ++repeat) {
    launch(locals, {{20, 1, 1}, {64, 1, 1}}, out, is("stack"));
    CHECK(finish() == 0);
    CHECK(out[3] == 3 * 10 + 45);
    launch(traps, {{20, 1, 1}, {64, 1, 1}});
    CHECK(finish() == 719);
    backend().device_reset(0);
    launch(dynamic, {{2, 1, 1}, {25, 1, 1}, 100}, out, is("shared"));
    CHECK(finish() == 0);
  }
  launch(writes, {{2, 1, 1}, {64, 1, 1}}, out, is("heap"));
  CHECK(finish() == 0);
  // FREED: ERROR: AddressSanitizer: heap-use-after-free
  backend().free(0, CUPORT_MEMORY_DEVICE, out);
  if (is("freed"))
    launch(writes, {{2, 1, 1}, {64, 1, 1}}, out, uint64_t(0));
  finish();
  std::puts("done");
}
