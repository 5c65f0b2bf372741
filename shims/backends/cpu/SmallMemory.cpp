// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "SmallMemory.h"

#include <sys/mman.h>

namespace cuport::cpu {

static constexpr size_t Region = 16 << 20;

static size_t classOf(size_t size) {
  size_t index = 0;
  while (SmallMemory::Least << index < size)
    ++index;
  return index;
}

char *SmallMemory::take(size_t size) {
  const size_t index = classOf(size), slot = (Least << index) + Room;
  if (!free[index].empty()) {
    char *memory = free[index].back();
    free[index].pop_back();
    return memory;
  }
  if (left < slot) {
    void *region = mmap(nullptr, Region, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (region == MAP_FAILED)
      return nullptr;
    // Most of it is rooms that nobody touches.
    madvise(region, Region, MADV_NOHUGEPAGE);
    next = static_cast<char *>(region);
    left = Region;
  }
  char *memory = next;
  next += slot;
  left -= slot;
  return memory;
}

void SmallMemory::giveBack(char *memory, size_t size) { free[classOf(size)].push_back(memory); }

} // namespace cuport::cpu
