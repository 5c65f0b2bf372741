// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/ApiLoader.h"

#include "Knowledge/BraceList.h"
#include "Knowledge/YamlReader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <functional>

using namespace cuport;
using llvm::SMLoc;
using llvm::StringRef;
using YamlNode = llvm::yaml::Node;

static constexpr StringRef FileKeys[] = {"library",    "title",   "header",
                                         "hip-header", "reasons", "rows"};
static constexpr StringRef RowKeys[] = {
    "cuda",   "kind",  "hip",       "roc",       "signature",  "definition", "fields",
    "of",     "value", "expansion", "since",     "deprecated", "removed",    "verdict",
    "reason", "note",  "group",     "arguments", "forms"};
static constexpr StringRef VersionKeys[] = {"cuda", "hip"};
static constexpr StringRef ArgumentKeys[] = {"index", "wrap", "cast", "remove"};
static constexpr StringRef FormKeys[] = {"arguments", "hip", "verdict", "note"};

static constexpr size_t MaxRows = 200000;
static constexpr unsigned MaxArguments = 256;

namespace {

/// A value and where it stands.
struct Text {
  std::string Value;
  SMLoc At;
};

struct ArgumentText {
  SMLoc At;
  std::optional<unsigned> Index;
  std::optional<ArgumentChange::Kind> What;
  std::string Value;
};

struct FormText {
  SMLoc At;
  std::optional<unsigned> Arguments;
  std::optional<Text> Hip, Verdict, Note;
};

/// A row as it stands in the file, before it is checked and unfolded.
struct RowText {
  SMLoc At;
  std::optional<Text> Cuda, Kind, Hip, Roc, Definition, Of, Value, Expansion, Verdict, Reason, Note,
      Group;
  std::vector<Text> Signatures, Fields;
  Version Since[2], Deprecated[2], Removed[2]; ///< of CUDA and of HIP
  std::vector<ArgumentText> Arguments;
  std::vector<FormText> Forms;
};

/// One file on its way into a RawLibrary.
class ApiReader {
public:
  explicit ApiReader(llvm::MemoryBufferRef Buffer) : Yaml(Buffer) {
    Library.File = Buffer.getBufferIdentifier().str();
  }

  llvm::Expected<RawLibrary> read();

private:
  std::optional<Text> text(YamlNode &Node, StringRef What, bool MayBeEmpty = false);
  std::optional<unsigned> number(YamlNode &Node, StringRef What);
  void readReasons(YamlNode &Node);
  void readRow(YamlNode &Node);
  void readTexts(YamlNode &Node, StringRef What, std::vector<Text> &Into);
  void readVersions(YamlNode &Node, StringRef What, Version (&Into)[2]);
  void readArgument(YamlNode &Node, RowText &Row);
  void readForm(YamlNode &Node, RowText &Row);

  void finishRow(const RowText &Text);
  bool checkKeysOfKind(const RowText &Text, ApiKind Kind);
  bool checkVersions(const RowText &Text);
  std::optional<Verdict> checkedVerdict(SMLoc At, const std::optional<Text> &Given, StringRef Cuda,
                                        const std::optional<Text> &Hip);
  bool resolveReason(const RowText &Text, RawRow &Row);
  bool finishArguments(const RowText &Text, RawRow &Row);
  bool finishForms(const RowText &Text, RawRow &Row);
  void unfold(const RowText &Text, const RawRow &Family);
  bool checkName(SMLoc At, StringRef Name, ApiKind Kind, StringRef What);

  bool fail(SMLoc At, const llvm::Twine &Message) {
    Yaml.error(At, Message);
    return false;
  }

  YamlReader Yaml;
  RawLibrary Library;
  llvm::StringMap<std::string> Reasons;
  std::vector<RowText> Rows;
  llvm::StringMap<unsigned> Lines[2]; ///< identifiers and headers seen, and where
};

} // namespace

std::optional<Text> ApiReader::text(YamlNode &Node, StringRef What, bool MayBeEmpty) {
  SMLoc At = Yaml.place(Node);
  auto Value = Yaml.text(Node, What);
  if (!Value)
    return std::nullopt;
  if (Value->empty() && !MayBeEmpty) {
    fail(At, "'" + What + "' is empty");
    return std::nullopt;
  }
  return Text{std::move(*Value), At};
}

std::optional<unsigned> ApiReader::number(YamlNode &Node, StringRef What) {
  auto Value = text(Node, What);
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
      } else if (auto T = text(Value, Key)) {
        std::string &Member = Key == "library"  ? Library.Id
                              : Key == "title"  ? Library.Title
                              : Key == "header" ? Library.Header
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
  for (const RowText &Row : Rows)
    finishRow(Row);
  if (llvm::Error E = Yaml.takeError())
    return std::move(E);
  return std::move(Library);
}

void ApiReader::readReasons(YamlNode &Node) {
  Yaml.mapping(Node, {}, [&](StringRef Key, YamlNode &Value) {
    auto Sentence = text(Value, Key);
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

void ApiReader::readTexts(YamlNode &Node, StringRef What, std::vector<Text> &Into) {
  if (!llvm::isa<llvm::yaml::SequenceNode>(Node)) {
    if (auto T = text(Node, What))
      Into.push_back(std::move(*T));
    return;
  }
  Yaml.sequence(Node, What, [&](YamlNode &Element) {
    if (auto T = text(Element, What))
      Into.push_back(std::move(*T));
  });
}

void ApiReader::readVersions(YamlNode &Node, StringRef What, Version (&Into)[2]) {
  Yaml.mapping(Node, VersionKeys, [&](StringRef Key, YamlNode &Value) {
    auto T = text(Value, Key);
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
    auto T = text(Value, Key);
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
      (Key == "hip" ? Form.Hip : Key == "verdict" ? Form.Verdict : Form.Note) = text(Value, Key);
  });
  Row.Forms.push_back(std::move(Form));
}

void ApiReader::readRow(YamlNode &Node) {
  const size_t ErrorsBefore = Yaml.errorCount();
  RowText Row;
  Row.At = Yaml.place(Node);
  const std::pair<StringRef, std::optional<Text> *> Scalars[] = {
      {"cuda", &Row.Cuda}, {"kind", &Row.Kind},       {"hip", &Row.Hip},
      {"roc", &Row.Roc},   {"group", &Row.Group},     {"reason", &Row.Reason},
      {"note", &Row.Note}, {"verdict", &Row.Verdict}, {"definition", &Row.Definition},
      {"of", &Row.Of},     {"value", &Row.Value},     {"expansion", &Row.Expansion},
  };
  Yaml.mapping(Node, RowKeys, [&](StringRef Key, YamlNode &Value) {
    for (auto [Name, Member] : Scalars)
      if (Name == Key) {
        *Member = text(Value, Key, /*MayBeEmpty=*/Key == "expansion");
        return;
      }
    if (Key == "signature" || Key == "fields")
      readTexts(Value, Key, Key == "fields" ? Row.Fields : Row.Signatures);
    else if (Key == "arguments")
      Yaml.sequence(Value, Key, [&](YamlNode &Element) { readArgument(Element, Row); });
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
  if (Rows.size() < MaxRows)
    Rows.push_back(std::move(Row));
  else if (Rows.size() == MaxRows)
    fail(Row.At, "more than 200000 rows");
}

bool ApiReader::checkKeysOfKind(const RowText &Row, ApiKind Kind) {
  bool Callable = Kind == ApiKind::Function || Kind == ApiKind::DeviceFunction;
  auto Only = [&](bool Present, bool Right, StringRef Key, StringRef Kinds) {
    return !Present || Right ||
           fail(Row.At, "'" + Key + "' is only for " + Kinds + ", this is a " + apiKindName(Kind));
  };
  bool Ok = Only(!Row.Signatures.empty(), Callable, "signature", "functions");
  Ok &= Only(!Row.Arguments.empty(), Callable || Kind == ApiKind::Macro, "arguments",
             "functions and macros");
  Ok &=
      Only(!Row.Forms.empty(), Callable || Kind == ApiKind::Macro, "forms", "functions and macros");
  Ok &= Only(Row.Definition.has_value(), Kind == ApiKind::Type, "definition", "types");
  Ok &= Only(!Row.Fields.empty(), Kind == ApiKind::Type, "fields", "types");
  Ok &= Only(Row.Of.has_value(), Kind == ApiKind::Enumerator, "of", "enumerators");
  Ok &= Only(Row.Value.has_value(), Kind == ApiKind::Enumerator, "value", "enumerators");
  Ok &= Only(Row.Expansion.has_value(), Kind == ApiKind::Macro, "expansion", "macros");
  if (!Row.Fields.empty() &&
      !(Row.Definition && (Row.Definition->Value == "struct" || Row.Definition->Value == "union")))
    Ok = fail(Row.Fields.front().At, "'fields' wants 'definition: struct' or 'definition: union'");
  if (Row.Value && !Row.Of)
    Ok = fail(Row.Value->At, "'value' without 'of', the name of the enum");
  return Ok;
}

bool ApiReader::checkVersions(const RowText &Row) {
  const StringRef Sides[] = {"CUDA", "HIP"};
  for (unsigned Side = 0; Side < 2; ++Side) {
    Version Since = Row.Since[Side], Deprecated = Row.Deprecated[Side], Removed = Row.Removed[Side];
    if (Removed.isKnown() && (Since > Removed || Deprecated > Removed))
      return fail(Row.At, "removed from " + Sides[Side] + " in " + toString(Removed) +
                              ", before it was there or deprecated");
    if (Deprecated.isKnown() && Since > Deprecated)
      return fail(Row.At, "deprecated in " + Sides[Side] + " " + toString(Deprecated) +
                              ", but there since " + toString(Since));
  }
  if (!Row.Hip &&
      (Row.Since[1].isKnown() || Row.Deprecated[1].isKnown() || Row.Removed[1].isKnown()))
    return fail(Row.At, "a version of HIP without 'hip'");
  return true;
}

Verdict cuport::defaultVerdict(StringRef Cuda, StringRef Hip) {
  return Hip.empty() ? Verdict::Unsupported : Hip == Cuda ? Verdict::AsIs : Verdict::Rename;
}

std::optional<Verdict> ApiReader::checkedVerdict(SMLoc At, const std::optional<Text> &Given,
                                                 StringRef Cuda, const std::optional<Text> &Hip) {
  Verdict Default = defaultVerdict(Cuda, Hip ? Hip->Value : "");
  if (!Given)
    return Default;
  auto V = parseVerdict(Given->Value);
  std::optional<std::string> Problem;
  if (!V) {
    llvm::SmallVector<StringRef> Names;
    for (Verdict Each : AllVerdicts)
      Names.push_back(verdictName(Each));
    Problem = "unknown verdict '" + Given->Value + "'; known are " + quotedList(Names);
  } else if ((*V == Verdict::AsIs || *V == Verdict::Rename) && *V != Default) {
    Problem = "verdict '" + Given->Value + "', but " +
              (!Hip                       ? "there is no 'hip'"
               : Default == Verdict::AsIs ? "'hip' is the same name"
                                          : "'hip' is another name");
  }
  if (!Problem)
    return V;
  fail(Given->At, *Problem);
  return std::nullopt;
}

/// Checks that what HIP lacks is explained and what it has is not explained away.
bool ApiReader::resolveReason(const RowText &Text, RawRow &Row) {
  bool Lacking = Row.Verdict == Verdict::Unsupported;
  bool NoteNeeded = Row.Verdict == Verdict::Edit || Row.Verdict == Verdict::Review ||
                    Row.Verdict == Verdict::Redesign;
  if (NoteNeeded && !Text.Note)
    return fail(Text.At, "verdict '" + verdictName(Row.Verdict) +
                             "' wants a 'note': what a person has to know");
  if (Lacking && !Text.Reason)
    return fail(Text.At, (Text.Hip ? "verdict 'unsupported'" : "no 'hip'") +
                             llvm::Twine(" and no 'reason': say why HIP lacks it"));
  if (!Text.Reason)
    return true;
  if (Text.Hip && !Lacking && Row.Verdict != Verdict::Redesign)
    return fail(Text.Reason->At, "'reason' says why HIP lacks it, but 'hip' gives a name");
  if (StringRef(Text.Reason->Value).contains(' ')) {
    Row.Reason = Text.Reason->Value;
    return true;
  }
  auto It = Reasons.find(Text.Reason->Value);
  if (It == Reasons.end())
    return fail(Text.Reason->At, "no reason '" + Text.Reason->Value +
                                     "' in 'reasons' of this file; a sentence has blanks in it");
  Row.Reason = It->second;
  return true;
}

bool ApiReader::finishArguments(const RowText &Text, RawRow &Row) {
  for (const ArgumentText &A : Text.Arguments) {
    if (!A.Index || !A.What)
      return fail(A.At, "an argument has 'index' and one of 'wrap', 'cast' and 'remove'");
    if (llvm::any_of(Row.Arguments,
                     [&](const RawArgument &Other) { return Other.Index == *A.Index; }))
      return fail(A.At, "argument " + llvm::Twine(*A.Index) + " stands twice");
    Row.Arguments.push_back({*A.Index, *A.What, A.Value});
  }
  if (!Text.Arguments.empty() && !Text.Hip)
    return fail(Text.Arguments.front().At, "'arguments' without 'hip'");
  llvm::sort(Row.Arguments,
             [](const RawArgument &A, const RawArgument &B) { return A.Index < B.Index; });
  return true;
}

bool ApiReader::finishForms(const RowText &Text, RawRow &Row) {
  for (const FormText &F : Text.Forms) {
    if (!F.Arguments)
      return fail(F.At, "a form has 'arguments': the number of arguments of the call");
    if (llvm::any_of(Row.Forms,
                     [&](const RawForm &Other) { return Other.Arguments == *F.Arguments; }))
      return fail(F.At, "the form with " + llvm::Twine(*F.Arguments) + " arguments stands twice");
    auto V = checkedVerdict(F.At, F.Verdict, Row.Cuda, F.Hip);
    if (!V)
      return false;
    if (*V != Verdict::AsIs && *V != Verdict::Rename && *V != Verdict::Unknown && !F.Note)
      return fail(F.At, "a form of verdict '" + verdictName(*V) + "' wants a 'note'");
    Row.Forms.push_back({*F.Arguments, F.Hip ? F.Hip->Value : "", F.Note ? F.Note->Value : "", *V});
  }
  llvm::sort(Row.Forms,
             [](const RawForm &A, const RawForm &B) { return A.Arguments < B.Arguments; });
  return true;
}

void ApiReader::finishRow(const RowText &Text) {
  if (!Text.Cuda || !Text.Kind) {
    fail(Text.At, Text.Cuda ? "'kind' is missing" : "'cuda' is missing: the CUDA name");
    return;
  }
  RawRow Row;
  auto Kind = parseApiKind(Text.Kind->Value);
  if (!Kind) {
    llvm::SmallVector<StringRef> Names;
    for (unsigned K = 0; K <= unsigned(ApiKind::Namespace); ++K)
      Names.push_back(apiKindName(ApiKind(K)));
    fail(Text.Kind->At, "unknown kind '" + Text.Kind->Value + "'; known are " + quotedList(Names));
    return;
  }
  Row.Kind = *Kind;
  Row.Cuda = Text.Cuda->Value;
  auto V = checkedVerdict(Text.At, Text.Verdict, Row.Cuda, Text.Hip);
  if (!V)
    return;
  Row.Verdict = *V;
  if (!checkKeysOfKind(Text, *Kind) || !checkVersions(Text) || !resolveReason(Text, Row) ||
      !finishArguments(Text, Row) || !finishForms(Text, Row))
    return;
  if (Text.Group)
    Row.Group = Text.Group->Value;
  if (Text.Note)
    Row.Note = Text.Note->Value;
  Row.CudaSince = Text.Since[0], Row.HipSince = Text.Since[1];
  Row.CudaDeprecated = Text.Deprecated[0], Row.HipDeprecated = Text.Deprecated[1];
  Row.CudaRemoved = Text.Removed[0], Row.HipRemoved = Text.Removed[1];
  unfold(Text, Row);
}

/// Identifiers, qualified or not; headers without quotes; the HIP side of a type may be any type.
bool ApiReader::checkName(SMLoc At, StringRef Name, ApiKind Kind, StringRef What) {
  if (Kind == ApiKind::Include) {
    if (!Name.empty() && Name.find_first_of(" \"<>\\") == StringRef::npos)
      return true;
    return fail(At, "'" + What + "' of an include is the header without quotes or brackets, not '" +
                        Name + "'");
  }
  if (Kind == ApiKind::Type && What == "hip")
    return true;
  StringRef Rest = Name;
  do {
    StringRef Part;
    std::tie(Part, Rest) = Rest.split("::");
    if (Part.empty() || llvm::isDigit(Part[0]) ||
        !llvm::all_of(Part, [](char C) { return llvm::isAlnum(C) || C == '_'; }))
      return fail(At, "'" + What + "' is not a name: '" + Name + "'");
  } while (!Rest.empty());
  return true;
}

void ApiReader::unfold(const RowText &Text, const RawRow &Family) {
  const SMLoc NameAt = Text.Cuda->At;
  auto Name = BracePattern::parse(Text.Cuda->Value);
  auto Problem = [&](SMLoc At, StringRef Key, llvm::Error E) {
    fail(At, "'" + Key + "': " + llvm::toString(std::move(E)));
  };
  if (!Name)
    return Problem(NameAt, "cuda", Name.takeError());
  auto Combinations = Name->combinations();
  if (!Combinations)
    return Problem(NameAt, "cuda", Combinations.takeError());

  // Every text that follows the name, and where the unfolded text goes. Without lists in the name,
  // braces are text.
  struct Follower {
    BracePattern Pattern;
    std::function<void(RawRow &, std::string)> Put;
  };
  std::vector<Follower> Followers;
  bool Ok = true;
  auto Follow = [&](const struct Text &Value, StringRef Key,
                    std::function<void(RawRow &, std::string)> Put) {
    if (!Name->hasLists()) {
      Followers.push_back({{}, [Put, S = Value.Value](RawRow &Row, std::string) { Put(Row, S); }});
      return;
    }
    auto Pattern = BracePattern::parse(Value.Value);
    llvm::Error E = Pattern ? Pattern->follow(*Name) : Pattern.takeError();
    if (E) {
      Problem(Value.At, Key, std::move(E));
      Ok = false;
    } else {
      Followers.push_back({std::move(*Pattern), std::move(Put)});
    }
  };
  auto FollowMember = [&](const std::optional<struct Text> &Value, StringRef Key,
                          std::string RawRow::*Member) {
    if (Value)
      Follow(*Value, Key, [Member](RawRow &Row, std::string S) { Row.*Member = std::move(S); });
  };
  FollowMember(Text.Hip, "hip", &RawRow::Hip);
  FollowMember(Text.Roc, "roc", &RawRow::Roc);
  FollowMember(Text.Definition, "definition", &RawRow::Definition);
  FollowMember(Text.Of, "of", &RawRow::Of);
  FollowMember(Text.Value, "value", &RawRow::Value);
  if (Text.Expansion)
    Follow(*Text.Expansion, "expansion",
           [](RawRow &Row, std::string S) { Row.Expansion = std::move(S); });
  for (const struct Text &Signature : Text.Signatures)
    Follow(Signature, "signature",
           [](RawRow &Row, std::string S) { Row.Signatures.push_back(std::move(S)); });
  for (const struct Text &Field : Text.Fields)
    Follow(Field, "fields", [](RawRow &Row, std::string S) { Row.Fields.push_back(std::move(S)); });
  for (const FormText &Form : Text.Forms)
    if (Form.Hip)
      Follow(*Form.Hip, "hip", [N = *Form.Arguments](RawRow &Row, std::string S) {
        for (RawForm &F : Row.Forms)
          if (F.Arguments == N)
            F.Hip = S;
      });
  if (!Ok)
    return;

  for (const auto &Ranks : *Combinations) {
    if (Library.Rows.size() >= MaxRows) {
      fail(NameAt, "more than 200000 names");
      return;
    }
    RawRow Row = Family;
    Row.Cuda = Name->substitute(Ranks);
    for (const Follower &F : Followers)
      F.Put(Row, F.Pattern.substitute(Ranks));
    if (!Text.Verdict)
      Row.Verdict = defaultVerdict(Row.Cuda, Row.Hip);
    std::tie(Row.Line, Row.Column) = Yaml.lineAndColumn(NameAt);
    if (!checkName(NameAt, Row.Cuda, Row.Kind, "cuda") ||
        (!Row.Hip.empty() && !checkName(Text.Hip->At, Row.Hip, Row.Kind, "hip")))
      return;
    auto [It, New] = Lines[Row.Kind == ApiKind::Include].try_emplace(Row.Cuda, Row.Line);
    if (!New) {
      fail(NameAt, "'" + Row.Cuda + "' stands twice, first in line " + llvm::Twine(It->second));
      return;
    }
    Library.Rows.push_back(std::move(Row));
  }
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
