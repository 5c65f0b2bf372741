// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUPORT_SEPARATE=1: device memory is for kernels, copies and fills; a host that touches it is told and ends as with a bad pointer.
// A sanitizer reports bad addresses itself.
// UNSUPPORTED: shim-sanitizer
// RUN: %clangxx -std=c++20 -O1 -g %shim-by-hand %s -o %t
// RUN: env CUPORT_SEPARATE=1 %t | FileCheck %s
// RUN: not --crash env CUPORT_SEPARATE=1 %t reads 2>&1 | FileCheck %s --check-prefix=READS
// RUN: not --crash env CUPORT_SEPARATE=1 %t writes 2>&1 | FileCheck %s --check-prefix=WRITES
// RUN: %t reads | FileCheck %s
// CHECK-NOT: not so
// CHECK: done
// READS: cuport: the host touches device memory at 0x{{[0-9a-f]+}} (CUPORT_SEPARATE=1): it must be copied first
// READS-NOT: done
// WRITES: cuport: the host touches device memory at
// WRITES-NOT: done

#include "ByHand.h"

#include <cstring>

KERNEL(doubles, CUPORT_KERNEL_BARRIERS, 0) {
  SYNC();
  argument<int *>(arguments, 0)[tid()] *= 2;
}

int main(int count, char **values) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  int host[100];
  int *device = deviceMemory<int>(100);
  for (int i = 0; i < 100; ++i)
    host[i] = i;
  cuport_copy in = {device, host, sizeof(host), 1, 1, 0, 0, 0, 0, CUPORT_MEMORY_DEVICE, CUPORT_MEMORY_HOST};
  cuport_copy out = {host, device, sizeof(host), 1, 1, 0, 0, 0, 0, CUPORT_MEMORY_HOST, CUPORT_MEMORY_DEVICE};
  cuport_fill fill = {device + 50, 7, 4, 10, 1, 1, 0, 0};
  backend().copy(queue(), &in);
  backend().fill(queue(), &fill);
  launch(doubles, {{1, 1, 1}, {100, 1, 1}}, device);
  launch(doubles, {{1, 1, 1}, {100, 1, 1}}, device);
  CHECK(finish() == 0);
  backend().copy(queue(), &out);
  CHECK(finish() == 0);
  for (int i = 0; i < 100; ++i)
    CHECK(host[i] == 4 * (i >= 50 && i < 60 ? 7 : i));

  void *shared = nullptr;
  for (uint32_t kind = CUPORT_MEMORY_HOST; kind <= CUPORT_MEMORY_MANAGED; ++kind) {
    CHECK(backend().allocate(0, kind, 1 << 20, &shared) == 0);
    *static_cast<char *>(shared) = 1;
    CHECK(backend().free(0, kind, shared) == 0);
  }
  if (count > 1 && !std::strcmp(values[1], "reads"))
    host[0] = static_cast<volatile int *>(device)[3];
  if (count > 1 && !std::strcmp(values[1], "writes"))
    static_cast<volatile int *>(device)[3] = 1;
  backend().free(0, CUPORT_MEMORY_DEVICE, device);
  std::puts("done");
}
