// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/Rule.h"

#include "Rules/Doubts.h"
#include "Rules/Ignore.h"
#include "Rules/PlatformBranch.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;

namespace cuport {
#define RULE(Name, Id, Summary, ...) void run##Name(const FileView &File, std::vector<Finding> &Findings);
#include "Rules/Rules.def"
#undef RULE
} // namespace cuport

static constexpr RuleInfo Infos[] = {
#define RULE(Name, Id, Summary, ...) {Id, Summary},
#include "Rules/Rules.def"
#undef RULE
};

/// The last word of a rule's line.
enum RuleBits : unsigned { HipOnly = 1, WideWarps = 2, ReadsBodies = 4 };

static bool isWanted(const RuleOptions &Options, llvm::StringRef Id, unsigned Bits = 0) {
  if (((Bits & HipOnly) && Options.Card) || ((Bits & WideWarps) && Options.Card && !Options.Card->mayHaveWideWarps()))
    return false;
  return Options.Only.empty() || llvm::is_contained(Options.Only, Id);
}

static constexpr unsigned bits(unsigned Bits = 0) { return Bits; }

bool cuport::readBodies(const RuleOptions &Options) {
#define RULE(Name, Id, Summary, ...)                                                                                             \
  if ((bits(__VA_ARGS__) & ReadsBodies) && isWanted(Options, Id, bits(__VA_ARGS__)))                                              \
    return true;
#include "Rules/Rules.def"
#undef RULE
  return false;
}

llvm::ArrayRef<RuleInfo> cuport::allRules() { return Infos; }

std::vector<Finding> cuport::runRules(const FileView &File) {
  std::vector<Finding> Findings;
  const RuleOptions &Options = File.Options;
#define RULE(Name, Id, Summary, ...)                                                                                                         \
  if (isWanted(Options, Id, bits(__VA_ARGS__)))                                                                                  \
    run##Name(File, Findings);
#include "Rules/Rules.def"
#undef RULE
  llvm::sort(Findings);
  if (Options.Card)
    sayDoubts(File, Findings);
  else
    leavePlatformBranches(File, Findings);
  heedIgnoreComments(File, Findings);
  llvm::sort(Findings);
  return Findings;
}

FileView::FileView(const SourceFile &Source, llvm::StringRef RealPath, const ProjectFacts &Project,
                   const MacroTable &Macros, const ApiTable &Apis, const RuleOptions &Options)
    : Source(Source), Project(Project), Macros(Macros), Apis(Apis), Options(Options),
      RealPath(RealPath.str()), Facts(nullptr) {
  auto It = Project.Files.find(this->RealPath);
  if (It != Project.Files.end())
    Facts = &It->second;
}

uint8_t FileView::ownerOf(uint32_t Offset) const {
  if (!Facts)
    return 0;
  auto It = Facts->Names.find(Offset);
  return It == Facts->Names.end() ? 0 : It->second & (OwnerCuda | OwnerUser);
}

bool FileView::has(uint32_t Offset, NameOwner Bit) const {
  if (!Facts)
    return false;
  auto It = Facts->Names.find(Offset);
  return It != Facts->Names.end() && (It->second & Bit);
}

Confidence FileView::lexicalConfidence(uint32_t Offset) const {
  if (!Facts)
    return Confidence::Unparsed;
  auto It = llvm::upper_bound(Facts->Skipped, Offset,
                              [](uint32_t O, const OffsetRange &R) { return O < R.End; });
  if (It != Facts->Skipped.end() && It->Begin <= Offset)
    return Confidence::Inactive;
  return Confidence::Unresolved;
}

FileView::Owner FileView::ownerOfToken(size_t Index) const {
  switch (ownerOf(tokens()[Index].Offset)) {
  case OwnerCuda:
    return Owner::Cuda;
  case OwnerUser:
    return Owner::User;
  case OwnerCuda | OwnerUser:
    return Owner::Ambiguous;
  default:
    break;
  }
  if (Index > 0 && (is(Index - 1, ".") || is(Index - 1, "->")))
    return Owner::User;
  if (Index > 1 && is(Index - 1, "::")) {
    // x::name is x's, unless x is a namespace of CUDA's; ::name is global.
    const Token &Scope = tokens()[Index - 2];
    bool Named = Scope.What == Token::Identifier && Scope.end() == tokens()[Index - 1].Offset;
    if (is(Index - 2, ">"))
      return Owner::User;
    if (Named) {
      const ApiRow *Row = Apis.find(text(Index - 2));
      if (!Row || Row->Kind != ApiKind::Namespace)
        return Owner::User;
    }
  }
  if (auto It = Project.UserNames.find(text(Index).str()); It != Project.UserNames.end() && It->second)
    return Owner::Ambiguous;
  return Owner::Lexical;
}

Confidence FileView::confidenceOfToken(size_t Index) const {
  uint32_t Offset = tokens()[Index].Offset;
  return ownerOf(Offset) ? Confidence::Resolved : lexicalConfidence(Offset);
}

Finding FileView::finding(llvm::StringRef Rule, uint32_t Offset, uint32_t Length, Verdict V,
                          Confidence C) const {
  Finding F;
  F.Rule = Rule.str();
  F.At = Source.placeOf(Offset, Length);
  F.Verdict = V;
  F.Confidence = C;
  return F;
}
