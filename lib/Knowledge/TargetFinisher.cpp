// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/TargetReader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace cuport;
using llvm::SMLoc;
using llvm::StringRef;
using Texts = std::vector<StringRef>;

/// What a double holds exactly, so that JSON can tell it.
static constexpr uint64_t MaxNumber = uint64_t(1) << 53;

std::optional<Evidence> TargetReader::evidence(SMLoc At, const EvidenceText &From) {
  const size_t ErrorsBefore = Yaml.errorCount();
  std::vector<Citation> Citations;
  for (const Text &T : From.Sources) {
    auto [Id, Where] = T.Value.split(':');
    auto Use = SourceUses.find(Id);
    if (Use == SourceUses.end()) {
      fail(T.At, "no source '" + Id + "' in 'sources' of this file; write ID or ID:PLACE");
      continue;
    }
    Use->second.Cited = true;
    Citations.push_back({&KnownSources[Use->second.Index], Where.trim()});
  }
  if (From.Sources.empty())
    fail(At, "'source' is missing: where it was seen");
  auto Confidence = parseFactConfidence(From.Confidence.Value);
  if (!From.Confidence)
    fail(At, "'confidence' is missing: 'high', 'medium' or 'low'");
  else if (!Confidence)
    fail(From.Confidence.At, "unknown confidence '" + From.Confidence.Value +
                                 "'; known are 'high', 'medium' and 'low'");
  if (Yaml.errorCount() != ErrorsBefore)
    return std::nullopt;
  return Evidence{Memory.array(llvm::ArrayRef(Citations)), *Confidence};
}

std::optional<llvm::ArrayRef<StringRef>> TargetReader::generations(llvm::ArrayRef<Text> For) {
  Texts Ids;
  for (const Text &T : For)
    if (llvm::any_of(Generations, [&](const Generation &G) { return G.Id == T.Value; }))
      Ids.push_back(T.Value);
    else
      fail(T.At, "no generation '" + T.Value + "' in 'generations' of this file");
  if (Ids.size() != For.size())
    return std::nullopt;
  return Memory.array(llvm::ArrayRef(Ids));
}

void TargetReader::finishNaming() {
  if (!NamingFrom)
    return;
  if (auto From = evidence(NamingAt, *NamingFrom))
    Result.Naming.From = *From;
}

bool TargetReader::checkValue(const FactText &Text, const FactInfo &Info, TargetFact &Fact) {
  switch (Info.Kind) {
  case FactKind::Text:
    return true;
  case FactKind::Number:
  case FactKind::Bytes:
    if (!Text.Value.Value.getAsInteger(10, Fact.Number) && Fact.Number > 0 &&
        Fact.Number <= MaxNumber)
      return true;
    return fail(Text.Value.At,
                "'" + Info.Spelling + "' is a whole number from 1, not '" + Text.Value.Value + "'");
  case FactKind::Support:
    if (auto S = parseSupport(Text.Value.Value)) {
      Fact.Support = *S;
      return true;
    }
    return fail(Text.Value.At, "'" + Info.Spelling +
                                   "' is one of 'yes', 'partial', 'emulated' and 'no', not '" +
                                   Text.Value.Value + "'; what is not known is left out");
  }
  return false;
}

void TargetReader::finishFacts() {
  std::vector<TargetFact> Finished;
  std::map<std::pair<FactKey, StringRef>, unsigned> Lines; // of each fact, for each generation
  for (const FactText &Text : Facts) {
    if (!Text.Fact || !Text.Value) {
      fail(Text.At, Text.Fact ? "'value' is missing" : "'fact' is missing: which fact it is");
      continue;
    }
    const FactInfo *Info =
        llvm::find_if(allFacts(), [&](const FactInfo &I) { return I.Spelling == Text.Fact.Value; });
    if (Info == allFacts().end()) {
      Texts Known;
      for (const FactInfo &I : allFacts())
        Known.push_back(I.Spelling);
      fail(Text.Fact.At, "unknown fact '" + Text.Fact.Value + "'; known are " + quotedList(Known));
      continue;
    }
    TargetFact Fact{Info->Key, Text.Value.Value, 0, Support::No, Text.Note.Value, {}, {}};
    auto For = generations(Text.For);
    auto From = evidence(Text.At, Text.From);
    if (!checkValue(Text, *Info, Fact) || !For || !From)
      continue;
    Fact.For = *For;
    Fact.From = *From;
    const unsigned Line = Yaml.lineAndColumn(Text.At).first;
    bool New = true;
    static constexpr StringRef AllOfThem[] = {""};
    for (StringRef Generation : For->empty() ? llvm::ArrayRef(AllOfThem) : *For) {
      auto [It, Inserted] = Lines.try_emplace({Info->Key, Generation}, Line);
      if (!Inserted)
        New = fail(Text.Fact.At, "'" + Info->Spelling + "' stands twice" +
                                     (Generation.empty() ? "" : " for '" + Generation + "'") +
                                     ", first in line " + llvm::Twine(It->second));
    }
    if (New)
      Finished.push_back(Fact);
  }
  Result.Facts = factsByKey(Finished, Memory);
}

void TargetReader::finishLibraries() {
  std::vector<TargetLibrary> Finished;
  std::map<TargetLibraryKey, unsigned> Lines;
  for (LibraryText &Text : Libraries) {
    auto Value = [&](StringRef Key) -> const TargetReader::Text & { return Text.Values[Key]; };
    const TargetReader::Text &Id = Value("library"), &Name = Value("name"), &Lacks = Value("lacks"),
                             &Interface = Value("interface");
    auto *Info = llvm::find_if(allTargetLibraries(),
                               [&](const TargetLibraryInfo &I) { return I.Spelling == Id.Value; });
    auto From = evidence(Text.At, Text.From);
    if (!Id)
      fail(Text.At, "'library' is missing: which of CUDA's libraries it stands for");
    else if (Info == allTargetLibraries().end()) {
      Texts Known;
      for (const TargetLibraryInfo &I : allTargetLibraries())
        Known.push_back(I.Spelling);
      fail(Id.At, "unknown library '" + Id.Value + "'; known are " + quotedList(Known));
    } else if (bool(Name) == bool(Lacks))
      fail(Text.At, "a library has either 'name', the vendor's, or 'lacks', why the card has none");
    else if (Lacks &&
             (Value("header") || Value("link") || Value("prefix") || Interface || Value("note")))
      fail(Lacks.At,
           "a library that the card lacks has 'source' and 'confidence' besides, nothing else");
    else if (Interface && Interface.Value != "as-cuda" && Interface.Value != "own")
      fail(Interface.At,
           "unknown interface '" + Interface.Value + "'; known are 'as-cuda' and 'own'");
    else if (Interface && Interface.Value == "as-cuda" && !Value("prefix"))
      fail(Interface.At, "'interface: as-cuda' wants 'prefix', how the vendor's names begin");
    else if (auto [It, New] = Lines.try_emplace(Info->Key, Yaml.lineAndColumn(Text.At).first); !New)
      fail(Id.At,
           "library '" + Id.Value + "' stands twice, first in line " + llvm::Twine(It->second));
    else if (From)
      Finished.push_back({Info->Key,
                          !Interface                     ? TargetLibrary::Unknown
                          : Interface.Value == "as-cuda" ? TargetLibrary::AsCuda
                                                         : TargetLibrary::Own,
                          Name.Value, Value("header").Value, Value("link").Value,
                          Value("prefix").Value, Lacks ? Lacks.Value : Value("note").Value, *From});
  }
  llvm::sort(Finished,
             [](const TargetLibrary &A, const TargetLibrary &B) { return A.Key < B.Key; });
  Result.Libraries = Memory.array(llvm::ArrayRef(Finished));
}

bool TargetReader::checkName(const Text &Name, StringRef What) {
  // Headers count as names too.
  if (!Name.Value.empty() && llvm::all_of(Name.Value, [](char C) {
        return llvm::isAlnum(C) || StringRef("_:./-").contains(C);
      }))
    return true;
  return fail(Name.At, What + " is not a name: '" + Name.Value + "'");
}

void TargetReader::finishNames() {
  std::vector<TargetName> Finished;
  llvm::StringMap<unsigned> Lines;
  for (const GroupText &Group : Groups) {
    auto From = evidence(Group.At, Group.From);
    if (!From)
      continue;
    if (Group.Names.empty())
      fail(Group.At, "'names' is missing: CUDA's names and the card's");
    const Evidence *Shared = Memory.one(*From);
    for (const NameText &Name : Group.Names) {
      if (!checkName(Name.Cuda, "CUDA's name"))
        continue;
      if (bool(Name.Name) == bool(Name.Lacks)) {
        fail(Name.Cuda.At, "'" + Name.Cuda.Value +
                               "' has either 'name', the card's, or 'lacks', why it has none");
        continue;
      }
      if (Name.Name && !checkName(Name.Name, "the card's name"))
        continue;
      auto [It, New] = Lines.try_emplace(Name.Cuda.Value, Yaml.lineAndColumn(Name.Cuda.At).first);
      if (!New) {
        fail(Name.Cuda.At,
             "'" + Name.Cuda.Value + "' stands twice, first in line " + llvm::Twine(It->second));
        continue;
      }
      StringRef Note = Name.Lacks  ? Name.Lacks.Value
                       : Name.Note ? Name.Note.Value
                                   : Group.Note.Value;
      Finished.push_back({Name.Cuda.Value, Name.Name.Value, Note, Shared});
    }
  }
  llvm::sort(Finished, [](const TargetName &A, const TargetName &B) { return A.Cuda < B.Cuda; });
  Result.Names = Memory.array(llvm::ArrayRef(Finished));
}

llvm::ArrayRef<TargetRemark> TargetReader::finishRemarks(llvm::ArrayRef<RemarkText> Remarks) {
  std::vector<TargetRemark> Finished;
  for (const RemarkText &Text : Remarks) {
    if (!Text.What)
      fail(Text.At, "'text' is missing");
    auto For = generations(Text.For);
    auto From = evidence(Text.At, Text.From);
    if (Text.What && For && From)
      Finished.push_back({Text.What.Value, *For, *From});
  }
  return Memory.array(llvm::ArrayRef(Finished));
}
