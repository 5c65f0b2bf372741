// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Copy.h"

#include <algorithm>
#include <cstring>

namespace cuport::cpu {

void copyBox(const cuport_copy &copy) {
  auto *to = static_cast<char *>(copy.destination);
  auto *from = static_cast<const char *>(copy.source);
  if (copy.height == 1 && copy.depth == 1) {
    std::memmove(to, from, copy.width);
    return;
  }
  for (size_t slice = 0; slice < copy.depth; ++slice)
    for (size_t row = 0; row < copy.height; ++row)
      std::memcpy(to + slice * copy.destination_slice + row * copy.destination_pitch,
                  from + slice * copy.source_slice + row * copy.source_pitch, copy.width);
}

template <typename T> static void fillRow(void *row, uint32_t value, size_t width) {
  // Memory for elements of T need not be aligned to them.
  auto element = T(value);
  auto *at = static_cast<char *>(row);
  for (size_t i = 0; i < width; ++i, at += sizeof(T))
    std::memcpy(at, &element, sizeof(T));
}

void fillBox(const cuport_fill &fill) {
  for (size_t slice = 0; slice < fill.depth; ++slice)
    for (size_t row = 0; row < fill.height; ++row) {
      void *at = static_cast<char *>(fill.destination) + slice * fill.slice + row * fill.pitch;
      switch (fill.element_size) {
      case 1:
        std::memset(at, int(fill.value & 0xff), fill.width);
        break;
      case 2:
        fillRow<uint16_t>(at, fill.value, fill.width);
        break;
      default:
        fillRow<uint32_t>(at, fill.value, fill.width);
        break;
      }
    }
}

} // namespace cuport::cpu
