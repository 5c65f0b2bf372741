// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is known of a recorded allocation's bytes at one point of the recording: changes laid one
// over the other.

#ifndef CUPORT_VERIFY_MEMORYIMAGE_H
#define CUPORT_VERIFY_MEMORYIMAGE_H

#include "Verify/Recording.h"

#include <bitset>
#include <map>

namespace cuport {

class MemoryImage {
public:
  /// Bytes that nothing has changed have this value; nothing: they are not known.
  explicit MemoryImage(std::optional<uint8_t> Fill) : Fill(Fill) {}

  /// After a change of which a sample was kept, nothing but the sample is known.
  void apply(const RecordedChange &Change);

  /// Copies Size bytes at Offset; false where one of them is not known.
  bool read(uint64_t Offset, unsigned Size, char *Bytes) const;

  /// The address that the 8 bytes around Offset hold; null: they are no address.
  const RecordedPointer *pointerAt(uint64_t Offset) const;

  /// Whether both know all bytes of [Offset, Offset + Size), they are the same, and no address is
  /// among them.
  static bool equal(const MemoryImage &A, const MemoryImage &B, uint64_t Offset, uint64_t Size);

private:
  // Small, so that a file of scattered bytes takes no more memory than some times its size.
  static constexpr uint64_t PageBytes = 512;
  struct Page {
    char Bytes[PageBytes];
    std::bitset<PageBytes> Known;
  };

  void write(uint64_t Offset, llvm::StringRef Bytes);

  std::optional<uint8_t> Fill;
  std::map<uint64_t, Page> Pages;
  std::map<uint64_t, RecordedPointer> Pointers;
};

} // namespace cuport

#endif
