// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Memory for small allocations, apart from the C library's: a kernel without a check of its bounds writes behind the end, which on a card,
// whose memory is given by the megabyte, harms nothing of the host's.
//
//   region   | memory | room | memory | room | ...      a slot is memory of a power of two and its room
//
// Slots are kept for the next that wants as much. Whoever calls holds a lock.

#ifndef CUPORT_CPU_SMALLMEMORY_H
#define CUPORT_CPU_SMALLMEMORY_H

#include <cstddef>
#include <vector>

namespace cuport::cpu {

class SmallMemory {
public:
  static constexpr size_t Least = 512;       ///< and the alignment
  static constexpr size_t Most = 64 << 10;
  static constexpr size_t Room = 64 << 10;   ///< of addresses behind each that may be written

  /// For size bytes up to Most, with what was left in it; null where there is none.
  char *take(size_t size);
  void giveBack(char *memory, size_t size);

private:
  static constexpr size_t Classes = 8; // 512, 1024 ... 64K
  static_assert(Least << (Classes - 1) == Most);

  std::vector<char *> free[Classes];
  char *next = nullptr; ///< of the region that slots are cut from
  size_t left = 0;
};

} // namespace cuport::cpu

#endif
