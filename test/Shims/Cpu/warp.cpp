// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What lanes of a warp do together, by the rules of PTX: shfl.sync, vote.sync, match.sync, redux.sync, activemask.
// RUN: %clangxx -std=c++20 -O1 -g %shim-by-hand %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_ORDER=shuffle:3 CUPORT_WARP=64 %t | FileCheck %s
// RUN: env CUPORT_ORDER=backward CUPORT_WARP=128 %t | FileCheck %s
// CHECK-NOT: not so
// CHECK: done

#include "ByHand.h"

static constexpr uint64_t All = ~0ull;

static uint64_t shuffle(uint64_t mask, uint64_t value, int kind, int operand, int width) {
  return cuda().shuffle(PLACE, mask, value, kind, operand, width);
}

KERNEL(shuffles, CUPORT_KERNEL_WARP, 0) {
  auto *wrong = argument<int *>(arguments, 0);
  unsigned self = lane(), width = cuport_self->block->warp_size;
  auto check = [&](uint64_t is, uint64_t shall) { wrong[tid()] += is != shall; };
  check(shuffle(All, self * 3, 0, 5, int(width)), 15);
  check(shuffle(All, self, 0, int(self) + 1, 8), (self & ~7u) | ((self + 1) & 7));
  check(shuffle(All, self, 1, 2, int(width)), self < 2 ? self : self - 2);
  check(shuffle(All, self, 1, 2, 16), self % 16 < 2 ? self : self - 2);
  check(shuffle(All, self, 2, 3, 16), self % 16 > 12 ? self : self + 3);
  check(shuffle(All, self, 3, 1, int(width)), self ^ 1);
  check(shuffle(All, self, 3, 16, 16), self & 16 ? self - 16 : self);
  check(uint64_t(cuda().shuffle_inside(2, 3, 16)), self % 16 <= 12);
  uint64_t sum = self;
  for (int step = int(width) / 2; step; step /= 2)
    sum += shuffle(All, sum, 3, step, int(width));
  check(sum, width * (width - 1) / 2);
}

// The branches meet others than their own lanes only by mask.
KERNEL(divergent, CUPORT_KERNEL_WARP, 0) {
  auto *wrong = argument<int *>(arguments, 0);
  auto check = [&](uint64_t is, uint64_t shall) { wrong[tid()] += is != shall; };
  unsigned self = lane() % 32;
  uint64_t low = lane() % 64 < 32 ? 0xffff : 0xffffull << 32, high = low << 16;
  if (self < 16) {
    check(cuda().vote(PLACE, low, 0, self % 2), lane() % 64 < 32 ? 0xaaaa : 0xaaaaull << 32);
    check(shuffle(low, lane(), 3, 1, 16), lane() ^ 1);
  } else {
    check(shuffle(high, lane(), 3, 2, 16), lane() ^ 2);
    check(cuda().vote(PLACE, high, 2, 0), 0);
    check(cuda().vote(PLACE, high, 1, 1), 1);
  }
  // Each branch has another line, but PTX asks for the same mask only.
  uint64_t both = low | high;
  uint64_t seen = self % 2 ? cuda().vote(PLACE, both, 0, 1) : cuda().vote(PLACE, both, 0, 0);
  check(seen, both & 0xaaaaaaaaaaaaaaaaull);
  // Without a mask: those that are here.
  if (self < 5)
    check(cuda().active_mask(PLACE) >> (lane() % 64 & 32) & 0xffffffff, 0x1f);
  if (self >= 30)
    check(shuffle(All, self, 3, 1, 32), self ^ 1);
}

KERNEL(votes, CUPORT_KERNEL_WARP, 0) {
  auto *wrong = argument<int *>(arguments, 0);
  unsigned width = cuport_self->block->warp_size;
  uint64_t all = width == 32 ? 0xffffffffull : All;
  auto check = [&](uint64_t is, uint64_t shall) { wrong[tid()] += is != shall; };
  check(cuda().vote(PLACE, All, 0, 1), all);
  check(cuda().vote(PLACE, All, 1, lane() != 9), 0);
  check(cuda().vote(PLACE, All, 2, lane() == 9), 1);
  check(cuda().vote(PLACE, All, 3, lane() == 9), 0);
  check(cuda().vote(PLACE, All, 3, 1), 1);
  check(cuda().match(PLACE, All, lane() % 2, 0), all & (lane() % 2 ? 0xaaaaaaaaaaaaaaaaull : 0x5555555555555555ull));
  check(cuda().match(PLACE, All, 7, 1), all);
  check(cuda().match(PLACE, All, lane(), 1), 0);
  check(cuda().reduce(PLACE, All, lane(), 0), width * (width - 1) / 2);
  check(cuda().reduce(PLACE, All, uint64_t(int64_t(lane()) - 3), 1), uint64_t(-3));
  check(cuda().reduce(PLACE, All, uint64_t(int64_t(lane()) - 3), 2), width - 4);
  check(cuda().reduce(PLACE, All, lane() + 3, 3), 3);
  check(cuda().reduce(PLACE, All, lane(), 4), width - 1);
  check(cuda().reduce(PLACE, All, lane() | 64, 5), 64);
  check(cuda().reduce(PLACE, All, lane(), 6), width - 1);
  check(cuda().reduce(PLACE, All, lane() == 3 ? 5 : 0, 7), 5);
}

// Lanes that have ended are not waited for; a last warp may be short.
KERNEL(ended, CUPORT_KERNEL_WARP, 0) {
  auto *wrong = argument<int *>(arguments, 0);
  if (lane() % 2)
    return;
  uint64_t mask = cuda().vote(PLACE, 0xffffffff, 0, 1);
  wrong[tid()] += mask != (tid() < 32 ? 0x55555555 : 0x5);
  cuda().warp_barrier(PLACE, 0xffffffff);
}

int main() {
  int *wrong = deviceMemory<int>(256);
  auto run = [&](const cuport_kernel &kernel, unsigned threads) {
    for (int i = 0; i < 256; ++i)
      wrong[i] = 0;
    launch(kernel, {{1, 1, 1}, {threads, 1, 1}}, wrong);
    CHECK(finish() == 0);
    for (unsigned i = 0; i < threads; ++i)
      if (wrong[i])
        std::printf("not so: %s, thread %u: %d\n", kernel.name, i, wrong[i]);
  };
  run(shuffles, 256);
  run(divergent, 256);
  run(votes, 256);
  cuport_device_properties properties;
  backend().device_properties(0, &properties);
  if (properties.warp_size == 32)
    run(ended, 36);
  std::puts("done");
}
