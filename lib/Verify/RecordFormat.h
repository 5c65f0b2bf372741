// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The file that CUPORT_RECORD names; docs/Verify.md tells what is in each entry. Plain C++: the
// shim's recorder writes it, lib/Verify reads it.
//
//   "CUPORTR2", then entries: u32 kind, u64 bytes of what follows, fields one behind the other
//   without gaps
//
// Numbers are little-endian; a text is u32 bytes and the bytes. A run that ended on its own has End
// as its last entry.

#ifndef CUPORT_VERIFY_RECORDFORMAT_H
#define CUPORT_VERIFY_RECORDFORMAT_H

#include <cstdint>

namespace cuport::record {

inline constexpr char Magic[] = "CUPORTR2";
inline constexpr uint64_t MagicBytes = 8;

enum class Entry : uint32_t {
  Program = 1, ///< u32 fill, u32 warp, u32 Layer, text backend, text command
  Module = 2,  ///< u32 id, text path, u64 bytes, i64 seconds of the last change
  Kernel = 3,  ///< u32 id, text name, text file, u32 line, u32 count, count x (u32 size, text type)
  Allocation = 4, ///< u32 id, u32 Memory, u32 device, u64 bytes, text name, text type, Site
  Free = 5,       ///< u32 id
  Change = 6,     ///< u32 allocation, u32 When, u32 whole, u64 hash, u64 bytes changed, u32 count,
                  ///< count x Run, Pointers
  Call = 7,       ///< u32 Operation, u32 queue, i32 status, Site, then what the operation has
  End = 8,        ///< nothing
};
// Site:     text API, u32 count, count x (u32 module, u64 offset): the program's return addresses,
// innermost first Run:      u64 offset, u64 bytes, the bytes Pointers: u32 count, count x (u64
// offset, u32 allocation, u64 offset in it): words that are addresses; 0 in the bytes Location: u32
// allocation, u64 offset in it Launch:   u32 kernel, u32 x 3 grid, u32 x 3 block, u32 dynamic
// shared, u32 cooperative, for each parameter its bytes and Pointers Copy:     Location to,
// Location from, u64 width, height, depth Fill:     Location, u32 value, u32 element, u64 width,
// height, depth

/// Where the recorder stood. Each sees waits of its own.
enum class Layer : uint32_t {
  Backend = 0, ///< behind libcuport-rt, in front of a backend
  Runtime = 1, ///< in front of a card's own runtime
};

enum class Memory : uint32_t { Device = 0, Host = 1, Managed = 2, Variable = 3 };

enum class When : uint32_t {
  Before = 0, ///< by the host, since the call before the next one
  After = 1,  ///< by the call before this entry
};

enum class Operation : uint32_t {
  Launch = 0,
  Copy,
  Fill,
  HostFunction,
  EventRecord,
  EventWait,
  Synchronize,
  EventSynchronize
};
inline constexpr uint32_t OperationCount = 8;

/// Of an address that is in no allocation: the program's own memory, its functions.
inline constexpr uint32_t NoAllocation = 0xffffffff;

/// Changes are told in pieces of so many bytes from an allocation's begin.
inline constexpr uint64_t Granule = 16;

/// Of the bytes of an allocation, addresses replaced by allocation and offset; FNV-1a over words of
/// 8 bytes.
inline constexpr uint64_t HashBegin = 0xcbf29ce484222325, HashFactor = 0x100000001b3;

} // namespace cuport::record

#endif
