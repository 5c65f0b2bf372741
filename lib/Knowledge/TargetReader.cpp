// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/TargetReader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace cuport;
using llvm::SMLoc;
using llvm::StringRef;
using YamlNode = llvm::yaml::Node;

static constexpr StringRef FileKeys[] = {"target",      "title",   "vendor", "also",
                                         "generations", "sources", "naming", "facts",
                                         "libraries",   "names",   "traps",  "remarks"};
static constexpr StringRef GenerationKeys[] = {"id", "title"};
static constexpr StringRef SourceKeys[] = {"at", "seen"};
static constexpr StringRef NamingKeys[] = {"style", "origin", "prefixes",  "except",
                                           "note",  "source", "confidence"};
static constexpr StringRef FactKeys[] = {"fact", "value", "for", "note", "source", "confidence"};
static constexpr StringRef LibraryKeys[] = {"library", "name",      "lacks",     "header",
                                            "link",    "prefix",    "interface", "note",
                                            "source",  "confidence"};
static constexpr StringRef GroupKeys[] = {"source", "confidence", "note", "names"};
static constexpr StringRef NameKeys[] = {"name", "lacks", "note"};
static constexpr StringRef RemarkKeys[] = {"text", "for", "source", "confidence"};

static constexpr size_t MaxNames = 200000;
static constexpr size_t MaxGenerations = 100;
static constexpr size_t MaxAliases = 100;

TargetReader::Text TargetReader::text(YamlNode &Node, StringRef What) {
  auto Read = Yaml.placedText(Node, What);
  return {Read ? Memory.text(Read->Value) : "", Yaml.place(Node)};
}

/// One text or a list of them.
void TargetReader::texts(YamlNode &Node, StringRef What, std::vector<Text> &Into) {
  auto Add = [&](YamlNode &Element) {
    if (Text T = text(Element, What))
      Into.push_back(T);
  };
  if (llvm::isa<llvm::yaml::SequenceNode>(Node))
    Yaml.sequence(Node, What, Add);
  else
    Add(Node);
}

bool TargetReader::readEvidence(StringRef Key, YamlNode &Value, EvidenceText &Into) {
  if (Key == "source")
    texts(Value, Key, Into.Sources);
  else if (Key == "confidence")
    Into.Confidence = text(Value, Key);
  else
    return false;
  return true;
}

static bool isId(StringRef Text) {
  return llvm::all_of(Text,
                      [](char C) { return llvm::isAlnum(C) || C == '_' || C == '-' || C == '.'; });
}

/// "2026-01-19".
static bool isDate(StringRef Text) {
  unsigned Year, Month, Day;
  return Text.size() == 10 && Text[4] == '-' && Text[7] == '-' &&
         !Text.take_front(4).getAsInteger(10, Year) && !Text.substr(5, 2).getAsInteger(10, Month) &&
         !Text.drop_front(8).getAsInteger(10, Day) && Year >= 2000 && Month >= 1 && Month <= 12 &&
         Day >= 1 && Day <= 31;
}

llvm::Expected<Target> TargetReader::read() {
  if (YamlNode *Root = Yaml.root()) {
    SMLoc Start = Yaml.place(*Root);
    Yaml.mapping(*Root, FileKeys, [&](StringRef Key, YamlNode &Value) { readSection(Key, Value); });
    if (Result.Id.empty() && !Yaml.errorCount())
      fail(Start, "'target' is missing: the id of the card");
  }
  if (Result.Title.empty())
    Result.Title = Result.Id;
  Result.Generations = Memory.array(llvm::ArrayRef(Generations));
  KnownSources = Memory.array(llvm::ArrayRef(Sources));
  std::vector<const FactSource *> SourcePointers;
  for (const FactSource &Source : KnownSources)
    SourcePointers.push_back(&Source);
  Result.Sources = Memory.array(llvm::ArrayRef(SourcePointers));
  if (!Yaml.stopped()) {
    finishNaming();
    finishFacts();
    finishLibraries();
    finishNames();
    Result.Traps = finishRemarks(Traps);
    Result.Remarks = finishRemarks(Remarks);
  }
  if (!Yaml.errorCount())
    for (const FactSource &Source : Sources)
      if (const SourceUse &Use = SourceUses[Source.Id]; !Use.Cited)
        fail(Use.At, "source '" + Source.Id + "' is cited nowhere");
  if (llvm::Error E = Yaml.takeError())
    return std::move(E);
  return Result;
}

void TargetReader::readSection(StringRef Key, YamlNode &Value) {
  if (Key == "generations")
    readGenerations(Value);
  else if (Key == "sources")
    readSources(Value);
  else if (Key == "naming")
    readNaming(Value);
  else if (Key == "facts")
    Yaml.sequence(Value, Key, [&](YamlNode &Fact) { readFact(Fact); });
  else if (Key == "libraries")
    Yaml.sequence(Value, Key, [&](YamlNode &Library) { readLibrary(Library); });
  else if (Key == "names")
    Yaml.sequence(Value, Key, [&](YamlNode &Group) { readGroup(Group); });
  else if (Key == "traps" || Key == "remarks")
    Yaml.sequence(Value, Key,
                  [&](YamlNode &Remark) { readRemark(Remark, Key == "traps" ? Traps : Remarks); });
  else if (Key == "also") {
    std::vector<Text> Aliases;
    texts(Value, Key, Aliases);
    std::vector<StringRef> Ids;
    for (const Text &Alias : Aliases)
      if (Ids.size() == MaxAliases) {
        fail(Alias.At, "more than 100 words in 'also'");
        break;
      } else if (isId(Alias.Value))
        Ids.push_back(Alias.Value);
      else
        fail(Alias.At, "'also' has words of letters, digits, '_', '-' and '.'");
    Result.Aliases = Memory.array(llvm::ArrayRef(Ids));
  } else if (Text T = text(Value, Key)) {
    (Key == "target" ? Result.Id : Key == "title" ? Result.Title : Result.Vendor) = T.Value;
    if (Key == "target" && !isId(T.Value))
      fail(T.At, "'target' is made of letters, digits, '_', '-' and '.'");
  }
}

void TargetReader::readGenerations(YamlNode &Node) {
  Yaml.sequence(Node, "generations", [&](YamlNode &Element) {
    Text Id, Title;
    SMLoc At = Yaml.place(Element);
    Yaml.mapping(Element, GenerationKeys, [&](StringRef Key, YamlNode &Value) {
      (Key == "id" ? Id : Title) = text(Value, Key);
    });
    if (!Id)
      fail(At, "a generation has an 'id'");
    else if (!isId(Id.Value))
      fail(Id.At, "'id' is made of letters, digits, '_', '-' and '.'");
    else if (llvm::any_of(Generations, [&](const Generation &G) { return G.Id == Id.Value; }))
      fail(Id.At, "generation '" + Id.Value + "' stands twice");
    else if (Generations.size() == MaxGenerations)
      fail(Id.At, "more than 100 generations");
    else
      Generations.push_back({Id.Value, Title.Value});
  });
}

void TargetReader::readSources(YamlNode &Node) {
  Yaml.mapping(Node, {}, [&](StringRef Key, YamlNode &Value) {
    Text At, Seen;
    SMLoc Place = Yaml.keyPlace();
    const size_t ErrorsBefore = Yaml.errorCount();
    Yaml.mapping(Value, SourceKeys, [&](StringRef Inner, YamlNode &V) {
      (Inner == "at" ? At : Seen) = text(V, Inner);
    });
    // A source with an error in it is known all the same, so that its citations are not errors too.
    SourceUses[Key] = {Sources.size(), Place};
    Sources.push_back({Memory.text(Key), At.Value, Seen.Value});
    if (Yaml.errorCount() != ErrorsBefore)
      return;
    if (Key.empty() || !isId(Key))
      fail(Place, "the id of a source is made of letters, digits, '_', '-' and '.'");
    else if (!At || !Seen)
      fail(Place, "a source has 'at', what it is, and 'seen', the date of the state that was read");
    else if (!isDate(Seen.Value))
      fail(Seen.At, "'seen' is a date such as 2026-01-19, not '" + Seen.Value + "'");
  });
}

void TargetReader::readNaming(YamlNode &Node) {
  NamingAt = Yaml.place(Node);
  NamingFrom.emplace();
  NamingRule &Naming = Result.Naming;
  std::vector<PrefixRule> Prefixes;
  std::vector<Text> Except;
  SMLoc PrefixesAt;
  const size_t ErrorsBefore = Yaml.errorCount();
  Yaml.mapping(Node, NamingKeys, [&](StringRef Key, YamlNode &Value) {
    if (readEvidence(Key, Value, *NamingFrom))
      return;
    if (Key == "prefixes") {
      PrefixesAt = Yaml.place(Value);
      Yaml.mapping(Value, {}, [&](StringRef Cuda, YamlNode &V) {
        if (Text Card = text(V, Cuda); Card && checkName(Card, "a prefix"))
          Prefixes.push_back({Memory.text(Cuda), Card.Value});
      });
      return;
    }
    if (Key == "except") {
      texts(Value, Key, Except);
      return;
    }
    Text T = text(Value, Key);
    if (!T)
      return;
    if (Key == "note")
      Naming.Note = T.Value;
    else if (Key == "origin") {
      Naming.Origin = T.Value == "true";
      if (!Naming.Origin)
        fail(T.At, "'origin' can only be true");
    } else if (auto Style = parseNamingStyle(T.Value))
      Naming.Style = *Style;
    else
      fail(T.At, "unknown style '" + T.Value + "'; known are 'cuda', 'hip', 'prefix' and 'listed'");
  });
  if (Yaml.errorCount() != ErrorsBefore)
    return;
  if (Naming.Style == NamingRule::Unknown)
    fail(NamingAt, "'style' is missing: how the card's names follow from CUDA's");
  else if ((Naming.Style == NamingRule::Prefix) != !Prefixes.empty())
    fail(Prefixes.empty() ? NamingAt : PrefixesAt,
         "'prefixes' stands with 'style: prefix', and only there");
  Naming.Prefixes = Memory.array(llvm::ArrayRef(Prefixes));
  std::vector<StringRef> ExceptNames;
  for (const Text &Name : Except)
    ExceptNames.push_back(Name.Value);
  Naming.Except = Memory.array(llvm::ArrayRef(ExceptNames));
}

void TargetReader::readFact(YamlNode &Node) {
  FactText Fact;
  Fact.At = Yaml.place(Node);
  const size_t ErrorsBefore = Yaml.errorCount();
  Yaml.mapping(Node, FactKeys, [&](StringRef Key, YamlNode &Value) {
    if (readEvidence(Key, Value, Fact.From))
      return;
    if (Key == "for")
      texts(Value, Key, Fact.For);
    else
      (Key == "fact" ? Fact.Fact : Key == "value" ? Fact.Value : Fact.Note) = text(Value, Key);
  });
  if (Yaml.errorCount() == ErrorsBefore)
    Facts.push_back(std::move(Fact));
}

void TargetReader::readLibrary(YamlNode &Node) {
  LibraryText Library;
  Library.At = Yaml.place(Node);
  const size_t ErrorsBefore = Yaml.errorCount();
  Yaml.mapping(Node, LibraryKeys, [&](StringRef Key, YamlNode &Value) {
    if (!readEvidence(Key, Value, Library.From))
      Library.Values[*llvm::find(LibraryKeys, Key)] = text(Value, Key);
  });
  if (Yaml.errorCount() == ErrorsBefore)
    Libraries.push_back(std::move(Library));
}

void TargetReader::readGroup(YamlNode &Node) {
  GroupText Group;
  Group.At = Yaml.place(Node);
  const size_t ErrorsBefore = Yaml.errorCount();
  auto ReadName = [&](StringRef Cuda, YamlNode &Value) {
    NameText Name;
    Name.Cuda = {Memory.text(Cuda), Yaml.keyPlace()};
    if (llvm::isa<llvm::yaml::MappingNode>(Value))
      Yaml.mapping(Value, NameKeys, [&](StringRef Key, YamlNode &V) {
        (Key == "name" ? Name.Name : Key == "lacks" ? Name.Lacks : Name.Note) = text(V, Key);
      });
    else
      Name.Name = text(Value, Cuda);
    if (++NameCount <= MaxNames)
      Group.Names.push_back(Name);
    else if (NameCount == MaxNames + 1)
      fail(Name.Cuda.At, "more than 200000 names");
  };
  Yaml.mapping(Node, GroupKeys, [&](StringRef Key, YamlNode &Value) {
    if (readEvidence(Key, Value, Group.From))
      return;
    if (Key == "note")
      Group.Note = text(Value, Key);
    else
      Yaml.mapping(Value, {}, ReadName);
  });
  if (Yaml.errorCount() == ErrorsBefore)
    Groups.push_back(std::move(Group));
}

void TargetReader::readRemark(YamlNode &Node, std::vector<RemarkText> &Into) {
  RemarkText Remark;
  Remark.At = Yaml.place(Node);
  const size_t ErrorsBefore = Yaml.errorCount();
  Yaml.mapping(Node, RemarkKeys, [&](StringRef Key, YamlNode &Value) {
    if (readEvidence(Key, Value, Remark.From))
      return;
    if (Key == "for")
      texts(Value, Key, Remark.For);
    else
      Remark.What = text(Value, Key);
  });
  if (Yaml.errorCount() == ErrorsBefore)
    Into.push_back(std::move(Remark));
}
