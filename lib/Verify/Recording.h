// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A recording, read: what a program called in order, and what each call changed in memory.
//
//   file (Verify/RecordFormat.h)  --parseRecording-->  Recording  --compare-->  Comparison
//
// The file may come from anywhere: every number in it is checked before it is used.

#ifndef CUPORT_VERIFY_RECORDING_H
#define CUPORT_VERIFY_RECORDING_H

#include "Verify/RecordFormat.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cuport {

struct RecordedModule {
  std::string Path;
  uint64_t Size = 0;
  int64_t Changed = 0; ///< seconds
};

/// Where the program called the API.
struct RecordedSite {
  std::string Api;
  std::vector<std::pair<uint32_t, uint64_t>> Frames; ///< module and offset, innermost first
};

struct RecordedKernel {
  std::string Name; ///< mangled
  std::string File; ///< "" where it is not known
  uint32_t Line = 0;
  struct Parameter {
    uint32_t Size = 0;
    std::string Type;
  };
  std::vector<Parameter> Parameters;
};

struct RecordedAllocation {
  record::Memory Kind = record::Memory::Device;
  uint32_t Device = 0;
  uint64_t Size = 0;
  std::string Name; ///< of a variable
  std::string Type;
  RecordedSite Site;
};

/// A word of memory that is an address.
struct RecordedPointer {
  uint64_t At = 0;         ///< where it stands
  uint32_t Allocation = 0; ///< record::NoAllocation: the process's own memory
  uint64_t Offset = 0;
};

struct RecordedRun {
  uint64_t Offset = 0;
  llvm::StringRef Bytes; ///< into the file
};

struct RecordedChange {
  uint32_t Allocation = 0;
  bool Whole = true;
  uint64_t Hash = 0;  ///< where not whole
  uint64_t Bytes = 0; ///< changed, of which the runs are all or a sample
  std::vector<RecordedRun> Runs;
  std::vector<RecordedPointer> Pointers;
};

struct RecordedLocation {
  uint32_t Allocation = record::NoAllocation;
  uint64_t Offset = 0;
};

struct RecordedArgument {
  llvm::StringRef Bytes; ///< into the file
  std::vector<RecordedPointer> Pointers;
};

struct RecordedCall {
  record::Operation Operation = record::Operation::Launch;
  uint32_t Queue = 0;
  int32_t Status = 0;
  RecordedSite Site;
  // Launch
  uint32_t Kernel = 0;
  std::array<uint32_t, 3> Grid{}, Block{};
  uint32_t DynamicShared = 0;
  bool Cooperative = false;
  std::vector<RecordedArgument> Arguments;
  // Copy and Fill
  RecordedLocation To, From;
  std::array<uint64_t, 3> Extent{};
  uint32_t Value = 0, Element = 0;

  std::vector<RecordedChange> Before, After;
  uint64_t Allocated = 0; ///< allocations there were when it was made
};

struct Recording {
  uint32_t Fill = 0;
  uint32_t Warp = 0;
  record::Layer Layer = record::Layer::Backend;
  std::string Backend, Command;
  std::vector<RecordedModule> Modules;
  std::vector<RecordedKernel> Kernels;
  std::vector<RecordedAllocation> Allocations;
  std::vector<RecordedCall> Calls;
  bool Complete = false; ///< the program ended on its own
};

/// Text stays as long as the recording is used. Errors say what is wrong and at which byte; a file
/// that stops in the middle of an entry is an incomplete recording of what is before.
llvm::Expected<Recording> parseRecording(llvm::StringRef Text);

} // namespace cuport

#endif
