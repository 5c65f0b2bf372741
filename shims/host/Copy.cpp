// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Copies and fills of boxes, row by row. What the vendor's queue cannot do in its order waits for
// the queue and is done by the calling thread, as the table allows.

#include "Memory.h"
#include "Queue.h"

#include <algorithm>
#include <cstring>
#include <vector>

using namespace cuport::host;

namespace {

struct Side {
  bool onDevice = false;
  bool pinned = false;
  int device = -1;
};

size_t extent(size_t width, size_t height, size_t depth, size_t pitch, size_t slice) {
  return (depth - 1) * slice + (height - 1) * pitch + width;
}

/// What memory it is. Device memory that is not this backend's does not exist on the card: a
/// variable of the program's, for one.
int look(const void *pointer, size_t size, uint32_t kind, Side &side) {
  Range range;
  bool known = findRange(pointer, size, range);
  if (kind != CUPORT_MEMORY_DEVICE) {
    side.pinned = known && !range.onDevice;
    return Success;
  }
  if (!known || !range.onDevice)
    return NotSupported;
  side.onDevice = true;
  side.device = range.device;
  return Success;
}

/// From one device to the same or another one, by way of the host: where the ranges overlap, are
/// not aligned as the card wants them, or the devices differ.
int copyThroughHost(char *to, int toDevice, const char *from, int fromDevice, size_t size) {
  std::vector<char> between(size);
  if (int error = select(fromDevice))
    return error;
  if (int error = card().copy(between.data(), from, size, Direction::DeviceToHost))
    return error;
  if (int error = select(toDevice))
    return error;
  return card().copy(to, between.data(), size, Direction::HostToDevice);
}

bool overlap(const void *a, const void *b, size_t size) {
  auto x = uintptr_t(a), y = uintptr_t(b);
  return x < y + size && y < x + size;
}

template <class Row> int eachRow(const cuport_copy &copy, Row &&row) {
  for (size_t z = 0; z < copy.depth; ++z)
    for (size_t y = 0; y < copy.height; ++y) {
      auto *to = static_cast<char *>(copy.destination) + z * copy.destination_slice +
                 y * copy.destination_pitch;
      auto *from =
          static_cast<const char *>(copy.source) + z * copy.source_slice + y * copy.source_pitch;
      if (int error = row(to, from))
        return error;
    }
  return Success;
}

} // namespace

int cuport::host::copyBox(cuport_queue &queue, const cuport_copy &copy) {
  const size_t toSize =
      extent(copy.width, copy.height, copy.depth, copy.destination_pitch, copy.destination_slice);
  const size_t fromSize =
      extent(copy.width, copy.height, copy.depth, copy.source_pitch, copy.source_slice);
  Side to, from;
  if (int error = look(copy.destination, toSize, copy.destination_kind, to))
    return error;
  if (int error = look(copy.source, fromSize, copy.source_kind, from))
    return error;

  if (!to.onDevice && !from.onDevice) {
    if (int error = drain(queue))
      return error;
    return eachRow(copy, [&](char *a, const char *b) {
      std::memmove(a, b, copy.width);
      return Success;
    });
  }

  const Direction direction = !from.onDevice ? Direction::HostToDevice
                              : !to.onDevice ? Direction::DeviceToHost
                                             : Direction::DeviceToDevice;
  uintptr_t steps = uintptr_t(copy.destination) | uintptr_t(copy.source);
  if (copy.height > 1)
    steps |= copy.destination_pitch | copy.source_pitch;
  if (copy.depth > 1)
    steps |= copy.destination_slice | copy.source_slice;
  const bool aligned = steps % card().copyAlignment() == 0;
  const bool here = (!to.onDevice || to.device == queue.device) &&
                    (!from.onDevice || from.device == queue.device);
  const bool inOrder =
      aligned && here &&
      (direction == Direction::DeviceToDevice ? !overlap(copy.destination, copy.source, copy.width)
                                              : to.pinned || from.pinned);
  if (inOrder) {
    if (int error = select(queue.device))
      return error;
    return eachRow(copy, [&](char *a, const char *b) {
      return card().copyAsync(a, b, copy.width, direction, queue.stream);
    });
  }
  if (int error = drain(queue))
    return error;
  if (direction == Direction::DeviceToDevice)
    return eachRow(copy, [&](char *a, const char *b) {
      return copyThroughHost(a, to.device, b, from.device, copy.width);
    });
  if (int error = select(to.onDevice ? to.device : from.device))
    return error;
  return eachRow(copy,
                 [&](char *a, const char *b) { return card().copy(a, b, copy.width, direction); });
}

int cuport::host::fillBox(cuport_queue &queue, const cuport_fill &fill) {
  const size_t width = fill.width * fill.element_size;
  Range range;
  const bool onDevice =
      findRange(fill.destination, extent(width, fill.height, fill.depth, fill.pitch, fill.slice),
                range) &&
      range.onDevice;
  auto eachLine = [&](auto &&line) {
    for (size_t z = 0; z < fill.depth; ++z)
      for (size_t y = 0; y < fill.height; ++y)
        if (int error =
                line(static_cast<char *>(fill.destination) + z * fill.slice + y * fill.pitch))
          return error;
    return int(Success);
  };

  unsigned char bytes[4];
  std::memcpy(bytes, &fill.value, 4); // the low bytes come first on every host that there is
  const bool oneByte =
      std::all_of(bytes, bytes + fill.element_size, [&](unsigned char b) { return b == bytes[0]; });
  if (onDevice && oneByte && range.device == queue.device) {
    if (int error = select(queue.device))
      return error;
    int error =
        eachLine([&](char *line) { return card().fillAsync(line, bytes[0], width, queue.stream); });
    if (error != NotSupported)
      return error;
  }

  if (int error = drain(queue))
    return error;
  if (onDevice)
    if (int error = select(range.device))
      return error;
  constexpr size_t Most = size_t(1) << 20; // a multiple of each size of an element
  std::vector<char> pattern(std::min(width, Most));
  for (size_t i = 0; i < pattern.size(); ++i)
    pattern[i] = char(bytes[i % fill.element_size]);
  return eachLine([&](char *line) {
    for (size_t done = 0; done < width; done += Most) {
      size_t part = std::min(Most, width - done);
      if (!onDevice)
        std::memcpy(line + done, pattern.data(), part);
      else if (int error = card().copy(line + done, pattern.data(), part, Direction::HostToDevice))
        return error;
    }
    return int(Success);
  });
}
