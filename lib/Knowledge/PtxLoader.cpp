// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/PtxLoader.h"

#include "Knowledge/BraceList.h"
#include "Knowledge/YamlReader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace cuport;
using llvm::SMLoc;
using llvm::StringRef;
using YamlNode = llvm::yaml::Node;

static constexpr StringRef FileKeys[] = {"group", "title", "source", "rows"};
static constexpr StringRef RowKeys[] = {"name",         "exactness", "meaning", "hip",
                                        "note",         "targets",   "since",   "uses",
                                        "repositories", "sample",    "cpu"};
static constexpr size_t MaxRows = 10000;
static constexpr unsigned MaxCount = 10'000'000;

namespace {

/// One file on its way into a RawPtxGroup.
class PtxReader {
public:
  explicit PtxReader(llvm::MemoryBufferRef Buffer) : Yaml(Buffer) {
    Group.File = Buffer.getBufferIdentifier().str();
  }

  llvm::Expected<RawPtxGroup> read();

private:
  using RowText = llvm::StringMap<TextValue>;

  void readRow(YamlNode &Node);
  /// The row that all names of a family share, or nothing after an error.
  std::optional<RawPtxRow> commonRow(const RowText &Texts, SMLoc At);
  void unfold(const RawPtxRow &Common, const RowText &Texts);
  bool setNumber(unsigned &Into, StringRef What, StringRef Value, SMLoc At, unsigned Max);

  YamlReader Yaml;
  RawPtxGroup Group;
  std::vector<std::pair<std::string, std::string>> Remarks;
};

} // namespace

llvm::Expected<RawPtxGroup> PtxReader::read() {
  bool HasRows = false;
  if (YamlNode *Root = Yaml.root()) {
    SMLoc Start = Yaml.place(*Root);
    Yaml.mapping(*Root, FileKeys, [&](StringRef Key, YamlNode &Value) {
      if (Key == "rows") {
        HasRows = true;
        Yaml.sequence(Value, Key, [&](YamlNode &Row) { readRow(Row); });
      } else if (auto T = Yaml.placedText(Value, Key)) {
        (Key == "group" ? Group.Id : Key == "title" ? Group.Title : Group.Source) = T->Value;
      }
    });
    if (!Yaml.errorCount()) {
      const std::pair<StringRef, bool> Present[] = {{"group", !Group.Id.empty()},
                                                    {"title", !Group.Title.empty()},
                                                    {"source", !Group.Source.empty()},
                                                    {"rows", HasRows}};
      for (auto [Key, Is] : Present)
        if (!Is)
          Yaml.error(Start, "'" + Key + "' is missing");
    }
  }
  if (llvm::Error E = Yaml.takeError())
    return std::move(E);
  return std::move(Group);
}

void PtxReader::readRow(YamlNode &Node) {
  const size_t ErrorsBefore = Yaml.errorCount();
  SMLoc At = Yaml.place(Node);
  RowText Texts;
  Remarks.clear();
  Yaml.mapping(Node, RowKeys, [&](StringRef Key, YamlNode &Value) {
    if (Key == "targets") {
      Yaml.mapping(Value, {}, [&](StringRef Target, YamlNode &Remark) {
        if (auto T = Yaml.placedText(Remark, Target))
          Remarks.emplace_back(Target.str(), T->Value);
      });
    } else if (auto T = Yaml.placedText(Value, Key)) {
      Texts[Key] = std::move(*T);
    }
  });
  if (Yaml.errorCount() != ErrorsBefore)
    return; // what is missing in it may just not have been understood
  if (auto Common = commonRow(Texts, At))
    unfold(*Common, Texts);
}

bool PtxReader::setNumber(unsigned &Into, StringRef What, StringRef Value, SMLoc At, unsigned Max) {
  if (!Value.getAsInteger(10, Into) && Into <= Max)
    return true;
  Yaml.error(At, "'" + What + "' has to be a number from 0 to " + llvm::Twine(Max) + ", not '" +
                     Value + "'");
  return false;
}

std::optional<RawPtxRow> PtxReader::commonRow(const RowText &Texts, SMLoc At) {
  const size_t ErrorsBefore = Yaml.errorCount();
  for (StringRef Key : {"name", "exactness", "meaning", "sample", "cpu"})
    if (!Texts.count(Key))
      Yaml.error(At, "'" + Key + "' is missing");
  if (Yaml.errorCount() != ErrorsBefore)
    return std::nullopt;
  auto Value = [&](StringRef Key) { return Texts.lookup(Key).Value; };
  RawPtxRow Row;
  Row.Meaning = Value("meaning");
  Row.Hip = Value("hip");
  Row.Note = Value("note");
  Row.Sample = Value("sample");
  Row.Remarks = Remarks;
  const TextValue Exactness = Texts.lookup("exactness"), Cpu = Texts.lookup("cpu"),
             Since = Texts.lookup("since");
  if (auto E = parsePtxExactness(Exactness.Value))
    Row.Exactness = *E;
  else
    Yaml.error(
        Exactness.At,
        "unknown exactness '" + Exactness.Value +
            "'; known are 'exact', 'guarded', 'approximate', 'helper', 'redesign' and 'none'");
  if (Row.Hip.empty() && Row.Exactness != PtxExactness::None &&
      Row.Exactness != PtxExactness::Helper)
    Yaml.error(Exactness.At,
               "exactness '" + Exactness.Value + "' without 'hip': what says the same there");
  if (!Row.Hip.empty() && Row.Exactness == PtxExactness::None)
    Yaml.error(Exactness.At, "exactness 'none', but 'hip' gives a counterpart");
  if (Row.Exactness == PtxExactness::Guarded && Row.Note.empty() && Row.Remarks.empty())
    Yaml.error(Exactness.At,
               "exactness 'guarded' wants a 'note' or 'targets': what has to be heeded");
  Row.RunsOnCpu = Cpu.Value == "runs";
  if (!Row.RunsOnCpu && Cpu.Value != "refused")
    Yaml.error(Cpu.At, "'cpu' is 'runs' or 'refused', not '" + Cpu.Value + "'");
  if (!Since.Value.empty())
    setNumber(Row.Since, "since", Since.Value, Since.At, 255);
  if (Yaml.errorCount() != ErrorsBefore)
    return std::nullopt;
  return Row;
}

/// A name is an opcode with modifiers, or a special register.
static bool isName(StringRef Name) {
  Name.consume_front("%");
  return !Name.empty() && llvm::isAlpha(Name.front()) && Name.back() != '.' &&
         !Name.contains("..") &&
         llvm::all_of(Name, [](char C) { return llvm::isAlnum(C) || C == '_' || C == '.'; });
}

void PtxReader::unfold(const RawPtxRow &Common, const RowText &Texts) {
  const TextValue Name = Texts.lookup("name");
  auto Pattern = BracePattern::parse(Name.Value);
  if (!Pattern)
    return Yaml.error(Name.At, "'name': " + llvm::toString(Pattern.takeError()));
  auto Combinations = Pattern->combinations();
  if (!Combinations)
    return Yaml.error(Name.At, "'name': " + llvm::toString(Combinations.takeError()));
  if (Group.Rows.size() + Combinations->size() > MaxRows)
    return Yaml.error(Name.At, "more than " + llvm::Twine(MaxRows) + " rows");
  for (const auto &Ranks : *Combinations) {
    RawPtxRow Row = Common;
    Row.Name = Pattern->substitute(Ranks);
    std::tie(Row.Line, Row.Column) = Yaml.lineAndColumn(Name.At);
    if (!isName(Row.Name))
      return Yaml.error(Name.At, "'name' is not an opcode with modifiers or a special register: '" +
                                     Row.Name + "'");
    for (auto [Key, Into] : {std::pair<StringRef, unsigned *>{"uses", &Row.Uses},
                             {"repositories", &Row.Repositories}}) {
      auto It = Texts.find(Key);
      if (It == Texts.end())
        continue;
      auto Counts = BracePattern::parse(It->second.Value);
      if (!Counts)
        return Yaml.error(It->second.At, "'" + Key + "': " + llvm::toString(Counts.takeError()));
      if (llvm::Error E = Counts->follow(*Pattern))
        return Yaml.error(It->second.At, "'" + Key + "': " + llvm::toString(std::move(E)));
      if (!setNumber(*Into, Key, Counts->substitute(Ranks), It->second.At, MaxCount))
        return;
    }
    Group.Rows.push_back(std::move(Row));
  }
}

llvm::Expected<std::vector<RawPtxGroup>> cuport::loadPtxFiles(llvm::ArrayRef<std::string> Paths) {
  std::vector<RawPtxGroup> Groups;
  llvm::Error Errors = llvm::Error::success();
  auto Fail = [&](llvm::Error E) { Errors = llvm::joinErrors(std::move(Errors), std::move(E)); };
  for (const std::string &Path : Paths) {
    auto Buffer = readYamlFile(Path);
    if (!Buffer) {
      Fail(Buffer.takeError());
      continue;
    }
    auto Group = PtxReader((*Buffer)->getMemBufferRef()).read();
    if (Group)
      Groups.push_back(std::move(*Group));
    else
      Fail(Group.takeError());
  }
  llvm::StringMap<std::string> Ids, Names;
  for (const RawPtxGroup &Group : Groups) {
    auto [Id, NewId] = Ids.try_emplace(Group.Id, Group.File);
    if (!NewId)
      Fail(llvm::createStringError(Group.File + ":1:1: error: group '" + Group.Id +
                                   "' is already in " + Id->second));
    for (const RawPtxRow &Row : Group.Rows) {
      std::string Place = Group.File + ":" + std::to_string(Row.Line);
      auto [It, New] = Names.try_emplace(Row.Name, Place);
      if (!New)
        Fail(llvm::createStringError(Place + ":" + llvm::Twine(Row.Column) + ": error: '" +
                                     Row.Name + "' stands twice, first in " + It->second));
    }
  }
  if (Errors)
    return std::move(Errors);
  return Groups;
}
