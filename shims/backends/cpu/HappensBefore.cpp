// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "HappensBefore.h"

#include <cstdint>
#include <cstdlib>

namespace cuport::cpu {

void HappensBefore::begin() {
  // ThreadSanitizer forgets what it knows of memory that is freed, so a used-up piece is given back rather than reused.
  constexpr size_t Places = 4096;
  thread_local uint64_t *piece = nullptr;
  thread_local size_t used = Places;
  if (used == Places) {
    std::free(piece);
    piece = static_cast<uint64_t *>(std::malloc(Places * sizeof(uint64_t)));
    if (!piece)
      std::abort();
    used = 0;
  }
  place = &piece[used++];
  caller = __tsan_get_current_fiber();
}

} // namespace cuport::cpu
