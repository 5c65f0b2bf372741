// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What cuport says about one place in the user's source, and what it would change there.
//
//   tokens + facts  ->  Finding { rule, place, verdict, confidence, message, edits }  ->  text, report
//
// Plain values: no clang type, no behaviour beyond names and order.

#ifndef CUPORT_BASIC_FINDING_H
#define CUPORT_BASIC_FINDING_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace cuport {

/// What a place costs. Every place where CUDA-specific code was seen has exactly one.
enum class Verdict {
  AsIs,        ///< valid as it stands in HIP
  Rename,      ///< another name, same meaning
  Edit,        ///< changed in more than the name, same meaning
  Review,      ///< changed or left, but a person has to look
  Redesign,    ///< works on another principle there
  Unsupported, ///< the target has nothing for it
  Unknown,     ///< cuport does not know
};

/// All verdicts in order of rising cost, for tables.
inline constexpr Verdict AllVerdicts[] = {Verdict::AsIs,     Verdict::Rename,      Verdict::Edit,
                                          Verdict::Review,   Verdict::Redesign,    Verdict::Unsupported,
                                          Verdict::Unknown};

/// "as-is", "rename", ...: the spelling in messages, options, YAML and JSON.
llvm::StringRef verdictName(Verdict V);
std::optional<Verdict> parseVerdict(llvm::StringRef Name);

/// True when a person has something to do: review, redesign, unsupported, unknown.
bool needsPerson(Verdict V);

/// How a place was understood.
enum class Confidence {
  Resolved,   ///< the AST or the preprocessor says which declaration the token names
  Inactive,   ///< lexical: in a preprocessor branch that no configuration seen here compiles
  Unresolved, ///< lexical: compiled, but the name depends on a template argument or stands in a region with errors
  Unparsed,   ///< lexical: the file was in no translation unit that could be parsed
};

/// "resolved", "inactive", "unresolved", "unparsed".
llvm::StringRef confidenceName(Confidence C);

/// True for everything but Resolved.
inline bool isLexical(Confidence C) { return C != Confidence::Resolved; }

/// A range of bytes in a file. Line and Column count from 1, Column in bytes; Offset counts from 0.
struct Place {
  std::string File; ///< as the user would name it: relative to the working directory where it lies below it
  unsigned Line = 0;
  unsigned Column = 0;
  unsigned Offset = 0;
  unsigned Length = 0;
};

/// Replaces [Offset, Offset + Length) of the finding's file by Text. Length 0 inserts.
struct Edit {
  unsigned Offset = 0;
  unsigned Length = 0;
  std::string Text;
};

/// What a place asks of a card, by the fact of a target that answers it (Knowledge/TargetFacts.def). A card that does not answer
/// makes the place unknown there, never fine.
struct Need {
  std::string Fact;    ///< "warp-width", "shared-memory", "fp64", "dynamic-parallelism" ...
  uint64_t Amount = 0; ///< of a number or of bytes: the lanes the code counts on, the bytes or threads it needs at least;
                       ///< 0 where the fact says yes or no

  bool operator==(const Need &) const = default;
};

struct Finding {
  std::string Rule; ///< id in Rules.def, e.g. "api-name"
  Place At;
  cuport::Verdict Verdict = Verdict::Unknown;
  cuport::Confidence Confidence = Confidence::Resolved;
  std::string Name;        ///< the CUDA name it is about, empty where there is none
  std::string Replacement; ///< the HIP name, empty where there is none
  std::string Message;     ///< one sentence: what was seen and what to do
  /// Why a comment of the user's says to leave the place as it is; empty where none does. Such a place has the verdict
  /// AsIs and no edits.
  std::string Ignored;
  /// Stays the same while the code of the place does, wherever it moves in its file; empty where nobody asked for it.
  std::string Fingerprint;
  /// All or nothing: if one of them overlaps an edit of another finding, none is made.
  std::vector<Edit> Edits;
  /// Made by a rule on build files: their ids begin so, and no other's.
  bool isOfBuildFile() const { return llvm::StringRef(Rule).starts_with("build-"); }
  /// What decides on which cards the place goes wrong; empty where its verdict is the same on every card.
  std::vector<Need> Needs;
};

/// The order findings are printed in: file, offset, rule. Total over findings that differ.
inline bool operator<(const Finding &A, const Finding &B) {
  return std::tie(A.At.File, A.At.Offset, A.Rule, A.Message) <
         std::tie(B.At.File, B.At.Offset, B.Rule, B.Message);
}

} // namespace cuport

#endif
