// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Memory.h"

#include <map>
#include <mutex>

namespace cuport::host {

// Never destroyed: a thread may copy until the very end.
static std::mutex &lock = *new std::mutex;
static auto &ranges = *new std::map<const char *, Range>;

void addRange(const Range &range) {
  std::lock_guard hold(lock);
  ranges[range.begin] = range;
}

bool takeRange(void *begin, Range &range) {
  std::lock_guard hold(lock);
  auto found = ranges.find(static_cast<char *>(begin));
  if (found == ranges.end())
    return false;
  range = found->second;
  ranges.erase(found);
  return true;
}

bool findRange(const void *pointer, size_t size, Range &range) {
  auto *byte = static_cast<const char *>(pointer);
  std::lock_guard hold(lock);
  auto behind = ranges.upper_bound(byte);
  if (behind == ranges.begin())
    return false;
  const Range &there = std::prev(behind)->second;
  size_t offset = size_t(byte - there.begin);
  if (offset > there.size || size > there.size - offset)
    return false;
  range = there;
  return true;
}

} // namespace cuport::host
