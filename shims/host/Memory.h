// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the backend has allocated or registered: a copy is made otherwise for memory of the device,
// for pinned memory of the host, and for any other.

#ifndef CUPORT_HOST_MEMORY_H
#define CUPORT_HOST_MEMORY_H

#include <cstddef>
#include <cstdint>

namespace cuport::host {

struct Range {
  char *begin = nullptr;
  size_t size = 0;
  bool onDevice = false;
  int device = -1;
  void *base = nullptr; ///< what the vendor gave
};

void addRange(const Range &range);
/// The range that begins there, and forgets it; false if there is none.
bool takeRange(void *begin, Range &range);
/// The range with all `size` bytes from pointer on in it; false if there is none.
bool findRange(const void *pointer, size_t size, Range &range);

} // namespace cuport::host
#endif
