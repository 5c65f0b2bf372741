// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is known of one card and its software. docs/TargetFormat.md describes the YAML it comes
// from.
//
//   data/targets/*.yaml  --cuport-gen-->  constexpr Target[]  --TargetTable-->  look-up by name
//
// Each fact says where it was seen, when, and how sure it is. What no fact tells is unknown, and
// the look-ups below return nothing for it: a caller must not take unknown for "no".
//
// All text is StringRef: built-in targets point into the program, those of a file into their
// TargetMemory.

#ifndef CUPORT_KNOWLEDGE_TARGET_H
#define CUPORT_KNOWLEDGE_TARGET_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cuport {

enum class FactKey : uint8_t {
#define FACT(ENUMERATOR, SPELLING, KIND, TITLE) ENUMERATOR,
#include "Knowledge/TargetFacts.def"
};

enum class FactKind : uint8_t { Text, Number, Bytes, Support };

struct FactInfo {
  FactKey Key;
  FactKind Kind;
  llvm::StringRef Spelling; ///< in YAML and JSON
  llvm::StringRef Title;    ///< for people
  llvm::StringRef Group;    ///< the heading it stands under
};

/// All kinds of facts, in the order of TargetFacts.def.
llvm::ArrayRef<FactInfo> allFacts();
inline const FactInfo &factInfo(FactKey Key) { return allFacts()[size_t(Key)]; }

/// How a card has what a fact of kind Support names.
enum class Support : uint8_t {
  Yes,
  Partial,  ///< some of it; the fact's note says what
  Emulated, ///< in software
  No,
};
/// "yes", "partial", "emulated", "no".
llvm::StringRef supportName(Support S);
std::optional<Support> parseSupport(llvm::StringRef Name);

/// How sure a fact is.
enum class FactConfidence : uint8_t {
  High,   ///< seen in the vendor's material or in code that runs on the card
  Medium, ///< seen in a mapping table, in converted code, or told by others
  Low,    ///< concluded from something else
};
/// "high", "medium", "low".
llvm::StringRef factConfidenceName(FactConfidence C);
std::optional<FactConfidence> parseFactConfidence(llvm::StringRef Name);

enum class TargetLibraryKey : uint8_t {
#define TARGET_LIBRARY(ENUMERATOR, SPELLING, TITLE, PREFIX, ROWS) ENUMERATOR,
#include "Knowledge/TargetFacts.def"
};

/// One of CUDA's libraries.
struct TargetLibraryInfo {
  TargetLibraryKey Key;
  llvm::StringRef Spelling;
  llvm::StringRef Title;
  llvm::StringRef Prefix; ///< of CUDA's names, "cublas"
  llvm::StringRef Rows;   ///< id of the library among the API rows; empty where there is none
};

llvm::ArrayRef<TargetLibraryInfo> allTargetLibraries();
inline const TargetLibraryInfo &libraryInfo(TargetLibraryKey Key) {
  return allTargetLibraries()[size_t(Key)];
}

/// The library that a CUDA name belongs to by its prefix ("cublasLtMatmul" to cuBLASLt), or null.
const TargetLibraryInfo *libraryOfName(llvm::StringRef CudaName);

/// A snapshot of a repository, a document, an experiment.
struct FactSource {
  llvm::StringRef Id;   ///< short, unique in its target
  llvm::StringRef At;   ///< "MooreThreads/torch_musa@8b583b3f2f"
  llvm::StringRef Seen; ///< date of the state that was read, "2026-01-19"
};

struct Citation {
  const FactSource *Source;
  llvm::StringRef Where; ///< path, page or section inside it; may be empty
};

/// Where something was seen, and how sure it is.
struct Evidence {
  llvm::ArrayRef<Citation> Citations; ///< at least one
  FactConfidence Confidence;
};

struct TargetFact {
  FactKey Key;
  llvm::StringRef Value;               ///< as in YAML
  uint64_t Number;                     ///< of kind Number and Bytes
  cuport::Support Support;             ///< of kind Support
  llvm::StringRef Note;                ///< may be empty
  llvm::ArrayRef<llvm::StringRef> For; ///< ids of generations; empty: all
  Evidence From;
};

/// What goes wrong on the card though it compiles, or is worth knowing besides the facts.
struct TargetRemark {
  llvm::StringRef Text;
  llvm::ArrayRef<llvm::StringRef> For;
  Evidence From;
};

/// What a card has for one of CUDA's libraries.
struct TargetLibrary {
  enum InterfaceKind : uint8_t {
    Unknown,
    AsCuda, ///< the same calls, under Prefix
    Own,    ///< another interface: calls have no counterpart of their own
  };
  TargetLibraryKey Key;
  InterfaceKind Interface;
  llvm::StringRef Name;   ///< "muBLAS"; empty: the card has none
  llvm::StringRef Header; ///< these may be empty
  llvm::StringRef Link;   ///< names of libraries, without lib and -l
  llvm::StringRef Prefix; ///< of the vendor's names, "mublas"
  llvm::StringRef Note;
  Evidence From;
};

/// What one CUDA name is on the card, where that was seen.
struct TargetName {
  llvm::StringRef Cuda;
  llvm::StringRef Name; ///< empty: the card has none, and Note says why
  llvm::StringRef Note; ///< what differs in a call; may be empty
  const Evidence *From;
};

struct Generation {
  llvm::StringRef Id;    ///< "mp_31"
  llvm::StringRef Title; ///< the cards of it; may be empty
};

struct PrefixRule {
  llvm::StringRef Cuda; ///< "cuda": names that begin so ...
  llvm::StringRef Card; ///< ... begin with this there, "musa"
};

/// How the card's names follow from CUDA's.
struct NamingRule {
  enum StyleKind : uint8_t {
    Unknown,
    Cuda,   ///< CUDA's names
    Hip,    ///< HIP's names, as in the API rows
    Prefix, ///< CUDA's names with Prefixes replaced
    Listed, ///< by no rule: those in Target::Names only
  };
  StyleKind Style;
  bool Origin; ///< the names come from this card: CUDA's from NVIDIA, HIP's from AMD
  llvm::ArrayRef<PrefixRule> Prefixes; ///< the longest that a name begins with counts
  /// Names that the rule does not tell; a '*' at the end stands for any rest.
  llvm::ArrayRef<llvm::StringRef> Except;
  llvm::StringRef Note;
  Evidence From;
};
/// "cuda", "hip", "prefix", "listed".
llvm::StringRef namingStyleName(NamingRule::StyleKind Style);
std::optional<NamingRule::StyleKind> parseNamingStyle(llvm::StringRef Name);

struct Target {
  llvm::StringRef Id;     ///< "musa"
  llvm::StringRef Title;  ///< "Moore Threads MUSA"
  llvm::StringRef Vendor; ///< "Moore Threads"
  llvm::ArrayRef<llvm::StringRef> Aliases;
  llvm::ArrayRef<Generation> Generations;     ///< of which facts differ; may be empty
  llvm::ArrayRef<const FactSource *> Sources; ///< those that are cited
  NamingRule Naming;
  llvm::ArrayRef<TargetFact> Facts;        ///< by key
  llvm::ArrayRef<TargetLibrary> Libraries; ///< by key
  llvm::ArrayRef<TargetName> Names;        ///< by CUDA name
  llvm::ArrayRef<TargetRemark> Traps;
  llvm::ArrayRef<TargetRemark> Remarks;

  /// The facts of a kind: several where generations differ, none where nothing is known.
  llvm::ArrayRef<TargetFact> facts(FactKey Key) const;

  /// The fact of a kind for one generation, or for all of them where Generation is empty; null
  /// where nothing is known, and also where generations differ and none was asked for.
  const TargetFact *fact(FactKey Key, llvm::StringRef Generation = {}) const;

  /// The same for the value of facts of kind Number or Bytes, and of kind Support.
  std::optional<uint64_t> number(FactKey Key, llvm::StringRef Generation = {}) const;
  std::optional<Support> support(FactKey Key, llvm::StringRef Generation = {}) const;

  /// All values of a number over the generations, ascending, each once; empty where nothing is
  /// known.
  std::vector<uint64_t> numbers(FactKey Key) const;

  const TargetLibrary *library(TargetLibraryKey Key) const;
  const TargetName *name(llvm::StringRef Cuda) const;
};

/// Calls Each for the evidence of everything that the target says, in the order of its members.
void forEachEvidence(const Target &T, llvm::function_ref<void(const Evidence &)> Each);

/// "MooreThreads/torch_musa@8b583b3f2f:utils.muh (2026-01-19)".
std::string toString(const Citation &C);
/// All citations, separated by "; ".
std::string toString(const Evidence &E);

} // namespace cuport

#endif
