// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/Target.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;
using llvm::StringRef;

static constexpr size_t FactCount = 0
#define FACT(ENUMERATOR, SPELLING, KIND, TITLE) +1
#include "Knowledge/TargetFacts.def"
    ;

namespace {

struct FactTable {
  FactInfo Infos[FactCount];
};

} // namespace

/// The facts, each with the heading that stands above it.
static constexpr FactTable toTable() {
  FactTable Table{};
  size_t Next = 0;
  StringRef Group;
#define FACT_GROUP(TITLE) Group = TITLE;
#define FACT(ENUMERATOR, SPELLING, KIND, TITLE)                                                    \
  Table.Infos[Next++] = {FactKey::ENUMERATOR, FactKind::KIND, SPELLING, TITLE, Group};
#include "Knowledge/TargetFacts.def"
  return Table;
}

static constexpr FactTable KnownFacts = toTable();

static constexpr TargetLibraryInfo KnownLibraries[] = {
#define TARGET_LIBRARY(ENUMERATOR, SPELLING, TITLE, PREFIX, ROWS)                                  \
  {TargetLibraryKey::ENUMERATOR, SPELLING, TITLE, PREFIX, ROWS},
#include "Knowledge/TargetFacts.def"
};

llvm::ArrayRef<FactInfo> cuport::allFacts() { return KnownFacts.Infos; }
llvm::ArrayRef<TargetLibraryInfo> cuport::allTargetLibraries() { return KnownLibraries; }

const TargetLibraryInfo *cuport::libraryOfName(StringRef CudaName) {
  const bool IsHeader = CudaName.contains('/') || CudaName.contains('.');
  const TargetLibraryInfo *Best = nullptr;
  for (const TargetLibraryInfo &Library : KnownLibraries) {
    StringRef Prefix = IsHeader ? Library.Prefix.rtrim(':') : Library.Prefix;
    if (CudaName.starts_with_insensitive(Prefix) &&
        (!Best || Library.Prefix.size() > Best->Prefix.size()))
      Best = &Library;
  }
  return Best;
}

template <typename Enum, size_t Count>
static std::optional<Enum> parseName(const StringRef (&Names)[Count], StringRef Name,
                                     size_t From = 0) {
  for (size_t I = From; I < Count; ++I)
    if (Names[I] == Name)
      return Enum(I);
  return std::nullopt;
}

static constexpr StringRef SupportNames[] = {"yes", "partial", "emulated", "no"};
StringRef cuport::supportName(Support S) { return SupportNames[size_t(S)]; }
std::optional<Support> cuport::parseSupport(StringRef Name) {
  return parseName<Support>(SupportNames, Name);
}

static constexpr StringRef ConfidenceNames[] = {"high", "medium", "low"};
StringRef cuport::factConfidenceName(FactConfidence C) { return ConfidenceNames[size_t(C)]; }
std::optional<FactConfidence> cuport::parseFactConfidence(StringRef Name) {
  return parseName<FactConfidence>(ConfidenceNames, Name);
}

static constexpr StringRef StyleNames[] = {"unknown", "cuda", "hip", "prefix", "listed"};
StringRef cuport::namingStyleName(NamingRule::StyleKind Style) { return StyleNames[size_t(Style)]; }
std::optional<NamingRule::StyleKind> cuport::parseNamingStyle(StringRef Name) {
  // A file says nothing where the rule is not known.
  return parseName<NamingRule::StyleKind>(StyleNames, Name, /*From=*/1);
}

llvm::ArrayRef<TargetFact> Target::facts(FactKey Key) const {
  const TargetFact *First = llvm::find_if(Facts, [&](const TargetFact &F) { return F.Key == Key; });
  const TargetFact *Last = First;
  while (Last != Facts.end() && Last->Key == Key)
    ++Last;
  return {First, Last};
}

const TargetFact *Target::fact(FactKey Key, StringRef Generation) const {
  llvm::ArrayRef<TargetFact> Known = facts(Key);
  const TargetFact *General = nullptr;
  for (const TargetFact &Fact : Known) {
    if (Fact.For.empty())
      General = &Fact;
    else if (!Generation.empty() && llvm::is_contained(Fact.For, Generation))
      return &Fact;
  }
  return Generation.empty() && Known.size() != 1 ? nullptr : General;
}

std::optional<uint64_t> Target::number(FactKey Key, StringRef Generation) const {
  const TargetFact *Fact = fact(Key, Generation);
  return Fact ? std::optional(Fact->Number) : std::nullopt;
}

std::optional<Support> Target::support(FactKey Key, StringRef Generation) const {
  const TargetFact *Fact = fact(Key, Generation);
  return Fact ? std::optional(Fact->Support) : std::nullopt;
}

std::vector<uint64_t> Target::numbers(FactKey Key) const {
  std::vector<uint64_t> Values;
  for (const TargetFact &Fact : facts(Key))
    Values.push_back(Fact.Number);
  llvm::sort(Values);
  Values.erase(llvm::unique(Values), Values.end());
  return Values;
}

const TargetLibrary *Target::library(TargetLibraryKey Key) const {
  for (const TargetLibrary &Library : Libraries)
    if (Library.Key == Key)
      return &Library;
  return nullptr;
}

const TargetName *Target::name(StringRef Cuda) const {
  const TargetName *It = llvm::lower_bound(
      Names, Cuda, [](const TargetName &N, StringRef Name) { return N.Cuda < Name; });
  return It != Names.end() && It->Cuda == Cuda ? It : nullptr;
}

void cuport::forEachEvidence(const Target &T, llvm::function_ref<void(const Evidence &)> Each) {
  if (T.Naming.Style != NamingRule::Unknown)
    Each(T.Naming.From);
  for (const TargetFact &Fact : T.Facts)
    Each(Fact.From);
  for (const TargetLibrary &Library : T.Libraries)
    Each(Library.From);
  for (const TargetName &Name : T.Names)
    Each(*Name.From);
  for (const TargetRemark &Remark : T.Traps)
    Each(Remark.From);
  for (const TargetRemark &Remark : T.Remarks)
    Each(Remark.From);
}

std::string cuport::toString(const Citation &C) {
  std::string Text = C.Source->At.str();
  if (!C.Where.empty())
    Text += ":" + C.Where.str();
  return Text + " (" + C.Source->Seen.str() + ")";
}

std::string cuport::toString(const Evidence &E) {
  std::string Text;
  for (const Citation &C : E.Citations)
    Text += (Text.empty() ? "" : "; ") + toString(C);
  return Text;
}
