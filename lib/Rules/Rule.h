// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a rule sees and what it says. A rule is a function over one file:
//
//   tokens of every line  +  facts of all parses  +  API rows   ->   Finding[]
//
// It has a .cpp of its own, a line in Rules.def, a test and a page, and no header: nobody includes a rule.

#ifndef CUPORT_RULES_RULE_H
#define CUPORT_RULES_RULE_H

#include "Basic/Finding.h"
#include "Basic/RuleInfo.h"
#include "Frontend/SourceFile.h"
#include "Frontend/UnitRecord.h"
#include "Knowledge/CardRows.h"
#include "Rules/MacroTable.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace cuport {

struct RuleOptions {
  Version Hip;              ///< the HIP the output is for
  bool LaunchMacro = false; ///< write hipLaunchKernelGGL instead of keeping <<<>>>
  bool Strings = false;     ///< rename in string literals too
  std::vector<std::string> Only; ///< the rules that run, by id; empty: all
  bool RewritePtx = false;  ///< replace inline PTX that has an exact counterpart
  bool RewriteWarp = false; ///< keep warp functions to groups of 32 lanes, with cuport/warp.h
  std::string Output = "HIP";      ///< what messages call the interface that is written
  const CardRows *Card = nullptr;  ///< the card whose own names are written; null: HIP is
};

/// Everything known about one file; lives as long as the rules run.
class FileView {
public:
  FileView(const SourceFile &Source, llvm::StringRef RealPath, const ProjectFacts &Project,
           const MacroTable &Macros, const ApiTable &Apis, const RuleOptions &Options);

  const SourceFile &Source;
  const ProjectFacts &Project;
  const MacroTable &Macros;
  const ApiTable &Apis;
  const RuleOptions &Options;
  /// Absolute path of the file, the key of Project.Files.
  const std::string RealPath;
  /// Null where no unit entered the file.
  const ProjectFacts::File *Facts;

  llvm::ArrayRef<Token> tokens() const { return Source.tokens(); }
  llvm::StringRef text(size_t Index) const { return Source.textOf(Source.tokens()[Index]); }
  /// True where token Index exists and is spelled so.
  bool is(size_t Index, llvm::StringRef Spelling) const {
    return Index < tokens().size() && text(Index) == Spelling;
  }

  /// OwnerCuda, OwnerUser or both for the token at Offset; 0 where no parse says.
  uint8_t ownerOf(uint32_t Offset) const;
  /// True where a parse saw the token at Offset in the body of a kernel or a device function.
  bool isInDeviceCode(uint32_t Offset) const { return has(Offset, InDeviceCode); }
  /// True where it names a make_uint3 whose value becomes a dim3.
  bool becomesDim3(uint32_t Offset) const { return has(Offset, BecomesDim3); }
  /// How a token that no parse resolves is to be taken.
  Confidence lexicalConfidence(uint32_t Offset) const;

  /// Whose the identifier token Index is, as far as can be told.
  enum class Owner {
    Cuda,      ///< resolved
    User,      ///< resolved, or lexically certain (a member, another scope)
    Ambiguous, ///< CUDA's in one unit and the user's in another, or unresolved and declared by the user elsewhere
    Lexical,   ///< unresolved, and nothing speaks against CUDA
  };
  Owner ownerOfToken(size_t Index) const;
  Confidence confidenceOfToken(size_t Index) const;

  /// True where the fact at Offset has this bit.
  bool has(uint32_t Offset, NameOwner Bit) const;

  /// A finding about [Offset, Offset + Length).
  Finding finding(llvm::StringRef Rule, uint32_t Offset, uint32_t Length, Verdict V, Confidence C) const;
};

/// Runs every rule of Rules.def on the file and heeds its ignore comments; the result is sorted.
std::vector<Finding> runRules(const FileView &File);

/// Whether a rule that runs needs what LaneRecorder and CodeRecorder find in bodies.
bool readBodies(const RuleOptions &Options);

/// The rules, in the order of Rules.def.
llvm::ArrayRef<RuleInfo> allRules();

} // namespace cuport

#endif
