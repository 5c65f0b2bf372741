// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One row of what is known about one PTX instruction or special register. docs/KnowledgeFormat.md
// describes the YAML it comes from.
//
//   data/ptx/*.yaml  --cuport-gen-->  constexpr PtxRow[]  --matchPtx-->  the rule inline-ptx,
//   explain, docs/Ptx.md
//
// Text of built-in rows points into the program.

#ifndef CUPORT_KNOWLEDGE_PTXROW_H
#define CUPORT_KNOWLEDGE_PTXROW_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>

namespace cuport {

/// How near portable code comes to the instruction.
enum class PtxExactness : uint8_t {
  Exact,       ///< the same bits for every input, by the PTX ISA
  Guarded,     ///< the same bits where the row's note is heeded
  Approximate, ///< the same function, rounded or counted otherwise
  Helper,      ///< a function has to be written for it
  Redesign,    ///< the code around has to change with it
  None,        ///< no counterpart
};

/// "exact", "guarded", ...: the spelling in YAML.
llvm::StringRef ptxExactnessName(PtxExactness E);
std::optional<PtxExactness> parsePtxExactness(llvm::StringRef Name);

/// What a person has to know on one target.
struct PtxRemark {
  llvm::StringRef Target; ///< "amd" ...
  llvm::StringRef Text;
};

/// A group of instructions; one a YAML file.
struct PtxGroup {
  llvm::StringRef Id; ///< the file's name
  llvm::StringRef Title;
  llvm::StringRef Source; ///< where meanings and counts come from, with its date
};

struct PtxRow {
  /// The opcode with the modifiers that tell it from others, "ld.acquire"; a special register with
  /// its %.
  llvm::StringRef Name;
  uint8_t GroupIndex; ///< into ptxGroups()
  PtxExactness Exactness;
  bool RunsOnCpu;          ///< cuport-cc builds Sample for the CPU
  uint8_t Since;           ///< the first compute capability, 80 for sm_80; 0 for all
  unsigned Uses;           ///< in the code bases that Source names
  unsigned Repositories;   ///< in how many of them
  llvm::StringRef Meaning; ///< what it gives or does
  llvm::StringRef
      Hip; ///< what says the same in HIP; empty for None, and where nothing is there for Helper
  llvm::StringRef Note;   ///< what a person has to know
  llvm::StringRef Sample; ///< a statement in C++
  llvm::ArrayRef<PtxRemark> Remarks;
};

} // namespace cuport

#endif
