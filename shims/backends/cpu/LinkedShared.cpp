// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LinkedShared.h"

#include <algorithm>
#include <cstdlib>

namespace cuport::cpu {

/// The variable's number, the same in all threads; from 1 on.
static uint64_t numberOf(cuport_shared_variable &variable) {
  static uint64_t last = 0;
  uint64_t number = __atomic_load_n(&variable.number, __ATOMIC_RELAXED);
  if (number)
    return number;
  const uint64_t next = __atomic_add_fetch(&last, 1, __ATOMIC_RELAXED);
  return __atomic_compare_exchange_n(&variable.number, &number, next, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED) ? next : number;
}

LinkedShared::~LinkedShared() {
  for (Piece &piece : pieces)
    std::free(piece.memory);
}

void *LinkedShared::get(cuport_shared_variable &variable) {
  const uint64_t number = numberOf(variable);
  if (number >= pieces.size())
    pieces.resize(number + 1);
  Piece &piece = pieces[number];
  if (!piece.memory) {
    void *memory = nullptr;
    if (posix_memalign(&memory, std::max<size_t>(variable.alignment, 32), variable.size) != 0)
      return nullptr;
    piece = {static_cast<unsigned char *>(memory), variable.size};
  }
  return piece.memory;
}

bool LinkedShared::contains(const void *pointer) const {
  return std::any_of(pieces.begin(), pieces.end(), [&](const Piece &piece) {
    return uintptr_t(pointer) - uintptr_t(piece.memory) < piece.size;
  });
}

} // namespace cuport::cpu
