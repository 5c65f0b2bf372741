// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The file that is written: entries of lib/Verify/RecordFormat.h.

#ifndef CUPORT_RECORD_FILE_H
#define CUPORT_RECORD_FILE_H

#include "Verify/RecordFormat.h"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

namespace cuport::record {

/// The fields of one entry, or a part of them.
class Fields {
public:
  void u32(uint32_t value) { number(value); }
  void u64(uint64_t value) { number(value); }
  void text(std::string_view value) {
    u32(uint32_t(value.size()));
    bytes += value;
  }
  void raw(const void *data, size_t size) { bytes.append(static_cast<const char *>(data), size); }
  void add(const Fields &other) { bytes += other.bytes; }

  std::string bytes;

private:
  template <class Number> void number(Number value) {
    for (unsigned i = 0; i < sizeof(Number); ++i)
      bytes += char(value >> (8 * i));
  }
};

class File {
public:
  /// False: the file cannot be made. %p in the name is the process.
  bool open(const char *name);
  /// The entry is with the system when this returns, so that it is there even if the program is
  /// killed. A failure is said once.
  void write(Entry kind, const Fields &fields);
  uint64_t written() const { return total; }

private:
  FILE *file = nullptr;
  uint64_t total = 0;
};

} // namespace cuport::record

#endif
