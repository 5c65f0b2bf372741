// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// All memory that kernels can reach through an allocation of the API or a variable, and what was in
// it when it was last looked at.

#ifndef CUPORT_RECORD_MEMORY_H
#define CUPORT_RECORD_MEMORY_H

#include "File.h"

#include <map>
#include <memory>
#include <set>
#include <vector>

namespace cuport::record {

struct Limits {
  uint64_t whole =
      uint64_t(16) << 20; ///< bytes of a change that are kept; of a larger one a sample is
  uint64_t file = uint64_t(4) << 30; ///< bytes of the file from which on a sample is kept of every
                                     ///< change that is larger than one
  uint64_t sample = 16384;           ///< bytes of a sample
};

/// Copies what memory of the device holds to the host; false where it cannot.
using Fetch = bool (*)(void *to, const void *from, size_t size);

class Tracker {
public:
  /// \p fetch is asked for memory of the device and variables; null: the host sees them.
  Tracker(File &file, const Limits &limits, Fetch fetch) : file(file), limits(limits), fetch(fetch) {}

  /// Notes memory as it is now. \p site is a Site; of variables name and type, "" of others.
  void add(void *begin, size_t size, Memory kind, uint32_t device, const char *name,
           const char *type, const Fields &site);
  void remove(void *begin);
  /// Forgets variables other than these.
  void removeVariables(const std::set<const void *> &there);
  bool knows(const void *begin) const { return blocks.count(reinterpret_cast<uintptr_t>(begin)); }

  /// Writes a Change of each allocation whose bytes are others than they were: When::Before of
  /// those that the host may write to, and of variables that are new; When::After of all.
  void look(When when);

  /// A Location, and the Pointers in some bytes of a kernel's argument, which are set to 0 there.
  Fields locationOf(const void *address) const;
  Fields takePointers(char *bytes, size_t size);

private:
  /// The Pointers in bytes that stand at \p at, behind those that the list has; how many.
  uint32_t takePointers(char *bytes, size_t size, uint64_t at, Fields &list);

  struct Block {
    char *begin;
    size_t size;
    uint32_t id;
    Memory kind;
    std::unique_ptr<char[]> before; ///< size bytes
    bool isNew;                     ///< a variable whose value was not told yet
  };
  struct Run {
    size_t offset, size;
  };

  const Block *find(uintptr_t address) const;
  /// Whether a word is an address; then where. Other memory of the process's is an address, too.
  bool isAddress(uint64_t word, uint32_t &allocation, uint64_t &offset);
  bool isMapped(uint64_t address);
  /// What is in the block now; valid until the next call. Null: nobody can tell.
  const char *bytesOf(const Block &block);
  std::vector<Run> changed(const Block &block, const char *now) const;
  std::vector<Run> sampleOf(const std::vector<Run> &runs) const;
  uint64_t hashOf(const Block &block, const char *now);
  void write(Block &block, When when);

  File &file;
  const Limits &limits;
  const Fetch fetch;
  std::vector<char> fetched;
  std::map<uintptr_t, Block> blocks;
  uint32_t nextId = 0;
  std::vector<std::pair<uint64_t, uint64_t>>
      maps; ///< of the process, read when first asked for after each look
};

} // namespace cuport::record

#endif
