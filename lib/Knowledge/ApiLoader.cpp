// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/ApiLoader.h"

#include "Knowledge/RowFinisher.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace cuport;
using llvm::SMLoc;
using llvm::StringRef;
using YamlNode = llvm::yaml::Node;

static constexpr StringRef FileKeys[] = {"library", "title", "header", "legacy-header", "hip-header", "reasons", "rows"};
static constexpr StringRef RowKeys[] = {
    "cuda",   "kind",  "hip",       "hip-later", "roc",       "signature",  "definition", "fields",
    "of",     "value", "expansion", "since",     "deprecated", "removed",    "verdict",
    "reason", "note",  "group",     "arguments", "forms",
    "conditions"};
static constexpr StringRef VersionKeys[] = {"cuda", "hip"};
static constexpr StringRef ArgumentKeys[] = {"index", "wrap", "cast", "remove"};
static constexpr StringRef ConditionKeys[] = {"argument", "is", "has", "not", "text", "type", "since", "verdict", "note", "source"};
static constexpr StringRef FormKeys[] = {"arguments", "hip", "verdict", "note"};

static constexpr unsigned MaxArguments = 256;

namespace {

/// One file on its way into a RawLibrary.
class ApiReader {
public:
  explicit ApiReader(llvm::MemoryBufferRef Buffer) : Yaml(Buffer) {
    Library.File = Buffer.getBufferIdentifier().str();
  }

  llvm::Expected<RawLibrary> read();

private:
  std::optional<unsigned> number(YamlNode &Node, StringRef What);
  void readReasons(YamlNode &Node);
  void readRow(YamlNode &Node);
  void readTexts(YamlNode &Node, StringRef What, std::vector<TextValue> &Into);
  void readVersions(YamlNode &Node, StringRef What, Version (&Into)[2]);
  void readArgument(YamlNode &Node, RowText &Row);
  void readForm(YamlNode &Node, RowText &Row);
  void readCondition(YamlNode &Node, RowText &Row);

  bool fail(SMLoc At, const llvm::Twine &Message) {
    Yaml.error(At, Message);
    return false;
  }

  YamlReader Yaml;
  RawLibrary Library;
  llvm::StringMap<std::string> Reasons;
  std::vector<RowText> Rows;
};

} // namespace

std::optional<unsigned> ApiReader::number(YamlNode &Node, StringRef What) {
  auto Value = Yaml.placedText(Node, What);
  if (!Value)
    return std::nullopt;
  unsigned Number;
  if (StringRef(Value->Value).getAsInteger(10, Number) || Number > MaxArguments) {
    fail(Value->At, "'" + What + "' has to be a number from 0 to " + llvm::Twine(MaxArguments));
    return std::nullopt;
  }
  return Number;
}

llvm::Expected<RawLibrary> ApiReader::read() {
  bool HasRows = false;
  if (YamlNode *Root = Yaml.root()) {
    SMLoc Start = Yaml.place(*Root);
    Yaml.mapping(*Root, FileKeys, [&](StringRef Key, YamlNode &Value) {
      if (Key == "rows") {
        HasRows = true;
        Yaml.sequence(Value, Key, [&](YamlNode &Row) { readRow(Row); });
      } else if (Key == "reasons") {
        readReasons(Value);
      } else if (auto T = Yaml.placedText(Value, Key)) {
        std::string &Member = Key == "library"         ? Library.Id
                              : Key == "title"         ? Library.Title
                              : Key == "header"        ? Library.Header
                              : Key == "legacy-header" ? Library.LegacyHeader
                                                       : Library.HipHeader;
        Member = T->Value;
        if (Key == "library" && !llvm::all_of(T->Value, [](char C) {
              return llvm::isAlnum(C) || C == '_' || C == '-';
            }))
          fail(T->At, "'library' is made of letters, digits, '_' and '-'");
      }
    });
    if (Library.Id.empty() && !Yaml.errorCount())
      fail(Start, "'library' is missing: the id of the library");
    if (!HasRows && !Yaml.errorCount())
      fail(Start, "'rows' is missing");
  }
  if (Library.Title.empty())
    Library.Title = Library.Id;
  RowFinisher Finisher(Yaml, Library, Reasons);
  for (const RowText &Row : Rows)
    Finisher.finish(Row);
  if (llvm::Error E = Yaml.takeError())
    return std::move(E);
  return std::move(Library);
}

void ApiReader::readReasons(YamlNode &Node) {
  Yaml.mapping(Node, {}, [&](StringRef Key, YamlNode &Value) {
    auto Sentence = Yaml.placedText(Value, Key);
    if (!Sentence)
      return;
    if (Key.empty() || Key.contains(' '))
      fail(Sentence->At, "the id of a reason has no blanks in it");
    else if (!StringRef(Sentence->Value).contains(' '))
      fail(Sentence->At, "reason '" + Key + "' has to be a sentence");
    else
      Reasons[Key] = Sentence->Value;
  });
}

void ApiReader::readTexts(YamlNode &Node, StringRef What, std::vector<TextValue> &Into) {
  if (!llvm::isa<llvm::yaml::SequenceNode>(Node)) {
    if (auto T = Yaml.placedText(Node, What))
      Into.push_back(std::move(*T));
    return;
  }
  Yaml.sequence(Node, What, [&](YamlNode &Element) {
    if (auto T = Yaml.placedText(Element, What))
      Into.push_back(std::move(*T));
  });
}

void ApiReader::readVersions(YamlNode &Node, StringRef What, Version (&Into)[2]) {
  Yaml.mapping(Node, VersionKeys, [&](StringRef Key, YamlNode &Value) {
    auto T = Yaml.placedText(Value, Key);
    if (!T)
      return;
    if (auto V = parseVersion(T->Value); V && V->isKnown())
      Into[Key == "hip"] = *V;
    else
      fail(T->At, "'" + What + "' wants a version such as 11.2, not '" + T->Value + "'");
  });
}

void ApiReader::readArgument(YamlNode &Node, RowText &Row) {
  ArgumentText Argument;
  Argument.At = Yaml.place(Node);
  Yaml.mapping(Node, ArgumentKeys, [&](StringRef Key, YamlNode &Value) {
    if (Key == "index") {
      Argument.Index = number(Value, Key);
      return;
    }
    auto T = Yaml.placedText(Value, Key);
    if (!T)
      return;
    if (Argument.What)
      fail(T->At, "an argument has one of 'wrap', 'cast' and 'remove'");
    if (Key == "remove" && T->Value != "true")
      fail(T->At, "'remove' can only be true");
    Argument.What = Key == "wrap"   ? ArgumentChange::Wrap
                    : Key == "cast" ? ArgumentChange::Cast
                                    : ArgumentChange::Remove;
    if (Key != "remove")
      Argument.Value = T->Value;
  });
  Row.Arguments.push_back(std::move(Argument));
}

void ApiReader::readForm(YamlNode &Node, RowText &Row) {
  FormText Form;
  Form.At = Yaml.place(Node);
  Yaml.mapping(Node, FormKeys, [&](StringRef Key, YamlNode &Value) {
    if (Key == "arguments")
      Form.Arguments = number(Value, Key);
    else
      (Key == "hip" ? Form.Hip : Key == "verdict" ? Form.Verdict : Form.Note) = Yaml.placedText(Value, Key);
  });
  Row.Forms.push_back(std::move(Form));
}

void ApiReader::readCondition(YamlNode &Node, RowText &Row) {
  ConditionText Condition;
  Condition.At = Yaml.place(Node);
  Yaml.mapping(Node, ConditionKeys, [&](StringRef Key, YamlNode &Value) {
    for (auto What : {ArgumentCondition::Is, ArgumentCondition::Has, ArgumentCondition::Not, ArgumentCondition::Text,
                      ArgumentCondition::Type})
      if (Key == conditionKindName(What)) {
        if (Condition.What)
          fail(Yaml.keyPlace(), "a condition has one of 'is', 'has', 'not', 'text' and 'type'");
        Condition.What = What;
        readTexts(Value, Key, Condition.Values);
        return;
      }
    if (Key == "since")
      readVersions(Value, Key, Condition.Since);
    else
      (Key == "argument"  ? Condition.Argument
       : Key == "verdict" ? Condition.Verdict
       : Key == "note"    ? Condition.Note
                          : Condition.Source) = Yaml.placedText(Value, Key);
  });
  Row.Conditions.push_back(std::move(Condition));
}

void ApiReader::readRow(YamlNode &Node) {
  const size_t ErrorsBefore = Yaml.errorCount();
  RowText Row;
  Row.At = Yaml.place(Node);
  const std::pair<StringRef, std::optional<TextValue> *> Scalars[] = {
      {"cuda", &Row.Cuda}, {"kind", &Row.Kind},       {"hip", &Row.Hip},
      {"hip-later", &Row.HipLater},
      {"roc", &Row.Roc},   {"group", &Row.Group},     {"reason", &Row.Reason},
      {"note", &Row.Note}, {"verdict", &Row.Verdict}, {"definition", &Row.Definition},
      {"of", &Row.Of},     {"value", &Row.Value},     {"expansion", &Row.Expansion},
  };
  Yaml.mapping(Node, RowKeys, [&](StringRef Key, YamlNode &Value) {
    for (auto [Name, Member] : Scalars)
      if (Name == Key) {
        *Member = Yaml.placedText(Value, Key, /*MayBeEmpty=*/Key == "expansion");
        return;
      }
    if (Key == "signature" || Key == "fields")
      readTexts(Value, Key, Key == "fields" ? Row.Fields : Row.Signatures);
    else if (Key == "arguments")
      Yaml.sequence(Value, Key, [&](YamlNode &Element) { readArgument(Element, Row); });
    else if (Key == "conditions")
      Yaml.sequence(Value, Key, [&](YamlNode &Element) { readCondition(Element, Row); });
    else if (Key == "forms")
      Yaml.sequence(Value, Key, [&](YamlNode &Element) { readForm(Element, Row); });
    else
      readVersions(Value, Key,
                   Key == "since"     ? Row.Since
                   : Key == "removed" ? Row.Removed
                                      : Row.Deprecated);
  });
  if (Yaml.errorCount() != ErrorsBefore)
    return; // what is missing in it may just not have been understood
  if (Rows.size() < RowFinisher::MaxRows)
    Rows.push_back(std::move(Row));
  else if (Rows.size() == RowFinisher::MaxRows)
    fail(Row.At, "more than 200000 rows");
}

llvm::Expected<RawLibrary> cuport::parseApi(llvm::MemoryBufferRef Buffer) {
  return ApiReader(Buffer).read();
}

llvm::Expected<RawLibrary> cuport::loadApiFile(StringRef Path) {
  auto Buffer = readYamlFile(Path);
  if (!Buffer)
    return Buffer.takeError();
  return parseApi((*Buffer)->getMemBufferRef());
}

llvm::Expected<std::vector<RawLibrary>> cuport::loadApiFiles(llvm::ArrayRef<std::string> Paths) {
  std::vector<RawLibrary> Libraries;
  llvm::Error Errors = llvm::Error::success();
  for (const std::string &Path : Paths) {
    auto Library = loadApiFile(Path);
    if (Library)
      Libraries.push_back(std::move(*Library));
    else
      Errors = llvm::joinErrors(std::move(Errors), Library.takeError());
  }
  llvm::StringMap<StringRef> Ids;
  llvm::StringMap<std::string> Names[2];
  for (const RawLibrary &Library : Libraries) {
    auto [Id, NewId] = Ids.try_emplace(Library.Id, Library.File);
    if (!NewId)
      Errors = llvm::joinErrors(
          std::move(Errors), llvm::createStringError(Library.File + ":1:1: error: library '" +
                                                     Library.Id + "' is already in " + Id->second));
    for (const RawRow &Row : Library.Rows) {
      std::string Place = Library.File + ":" + std::to_string(Row.Line);
      auto [It, New] = Names[Row.Kind == ApiKind::Include].try_emplace(Row.Cuda, Place);
      if (!New)
        Errors = llvm::joinErrors(
            std::move(Errors),
            llvm::createStringError(Place + ":" + llvm::Twine(Row.Column) + ": error: '" +
                                    Row.Cuda + "' stands twice, first in " + It->second));
    }
  }
  if (Errors)
    return std::move(Errors);
  return Libraries;
}

std::string cuport::joinSignatures(const RawRow &Row) { return llvm::join(Row.Signatures, "\n"); }
