// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads that wait where nobody can free them are named, and the launch fails; the process goes on.
// RUN: %clangxx -std=c++20 -O1 -g %shim-by-hand %s -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_DIVERGENCE=join %t 2>&1 | FileCheck %s --check-prefix=JOIN

#include "ByHand.h"

static const cuport_place first = {"a.cu", "f", 10}, second = {"a.cu", "g(int)", 20}, third = {"a.cu", "", 30};

// Half the threads wait at a barrier for a part of the block, half for all.
KERNEL(barriers, CUPORT_KERNEL_BARRIERS, 0) {
  if (tid() < 16)
    cuda().barrier(&first, 3, 64);
  else
    cuda().barrier(&second, 0, 0);
}

// A mask names lanes that wait at a barrier.
KERNEL(masks, CUPORT_KERNEL_BARRIERS | CUPORT_KERNEL_WARP, 0) {
  auto *out = argument<uint64_t *>(arguments, 0);
  if (lane() < 4)
    out[tid()] = cuda().vote(&third, 0xffffffff, 0, 1);
  cuda().barrier(&second, 0, 0);
}

// Threads meet in a barrier from two lines: CUDA leaves it undefined, cards go on.
KERNEL(lines, CUPORT_KERNEL_BARRIERS, 0) {
  if (tid() < 10)
    cuda().barrier(&first, 0, 0);
  else
    cuda().barrier(&second, 0, 0);
}

KERNEL(uncooperative, CUPORT_KERNEL_GRID_BARRIER, 0) { cuda().grid_barrier(&third); }

static void report(const cuport_kernel &kernel, Shape shape, void *memory = nullptr) {
  launch(kernel, shape, memory);
  std::printf("%s: %d", kernel.name, finish());
  std::printf(", still %d", backend().device_fault(0));
  backend().device_reset(0);
  std::printf(", then %d\n", finish());
}

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  auto *out = deviceMemory<uint64_t>(64);
  // CHECK: cuport: kernel barriers (kernel.cu:{{[0-9]+}}), block [0,0,0]: divergence: 40 threads wait and none can go on
  // CHECK-NEXT: 16 threads at a barrier (id 3, for 64 threads) at a.cu:10 in f: threads [0,0,0] to [7,1,0]
  // CHECK-NEXT: 24 threads at a barrier at a.cu:20 in g(int): threads [0,2,0] to [7,4,0]
  // CHECK-NEXT: barriers: 719, still 719, then 0
  report(barriers, {{1, 1, 1}, {8, 5, 1}});

  // CHECK-NEXT: cuport: kernel masks (kernel.cu:{{[0-9]+}}), block [0,0,0]: divergence: 64 threads wait and none can go on
  // CHECK-NEXT: 4 lanes of warp 0 at a vote of mask 0xffffffff at a.cu:30: threads [0,0,0] to [3,0,0]; lanes 4 to 31 do not come
  // CHECK-NEXT: 56 threads at a barrier at a.cu:20 in g(int): threads [4,0,0] to [63,0,0]
  // CHECK-NEXT: 4 lanes of warp 1 at a vote of mask 0xffffffff at a.cu:30: threads [32,0,0] to [35,0,0]; lanes 4 to 31 do not come
  // CHECK-NEXT: masks: 719, still 719, then 0
  // JOIN: masks: 0, still 0, then 0
  report(masks, {{1, 1, 1}, {64, 1, 1}}, out);
  // JOIN-NEXT: 0xf 0xf
  std::printf("0x%llx 0x%llx\n", (unsigned long long)out[3], (unsigned long long)out[35]);

  // CHECK: cuport: kernel lines (kernel.cu:{{[0-9]+}}), block [0,0,0]: threads meet in one barrier from different lines, which CUDA leaves undefined
  // CHECK-NEXT: thread [0,0,0] at a barrier at a.cu:10 in f
  // CHECK-NEXT: thread [10,0,0] at a barrier at a.cu:20 in g(int)
  // CHECK-NEXT: lines: 0, still 0, then 0
  report(lines, {{1, 1, 1}, {32, 1, 1}});

  // CHECK-NEXT: cuport: kernel uncooperative (kernel.cu:{{[0-9]+}}), block [0,0,0]: a grid barrier in a kernel that was not launched cooperatively
  // CHECK-NEXT: uncooperative: 719
  report(uncooperative, {{1, 1, 1}, {32, 1, 1}});
}
