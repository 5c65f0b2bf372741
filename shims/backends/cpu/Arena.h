// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Memory for one block after another: shared memory, frames.

#ifndef CUPORT_CPU_ARENA_H
#define CUPORT_CPU_ARENA_H

#include <cstddef>

namespace cuport::cpu {

/// Memory that grows and is reused; its contents are undefined.
class Arena {
public:
  Arena() = default;
  Arena(const Arena &) = delete;
  Arena &operator=(const Arena &) = delete;
  ~Arena();
  /// At least so many bytes, aligned to 128; null when there is no memory. `lastUse`: where those who used it before released
  /// for ThreadSanitizer.
  unsigned char *get(size_t bytes, void *lastUse);

  size_t capacity() const { return size; }

private:
  unsigned char *memory = nullptr;
  size_t size = 0;
};

} // namespace cuport::cpu
#endif
