// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/RowFinisher.h"

#include "Knowledge/BraceList.h"
#include "Knowledge/CallText.h"
#include "Knowledge/Signature.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/GlobPattern.h"

#include <functional>

using namespace cuport;
using llvm::SMLoc;
using llvm::StringRef;

bool RowFinisher::checkKeysOfKind(const RowText &Row, ApiKind Kind) {
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
  Ok &= Only(!Row.Conditions.empty(), Callable, "conditions", "functions");
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

bool RowFinisher::checkVersions(const RowText &Row) {
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
  if (Row.HipLater && !Row.Removed[1].isKnown())
    return fail(Row.HipLater->At, "'hip-later' without the version of HIP that removed 'hip'");
  return true;
}

Verdict cuport::defaultVerdict(StringRef Cuda, StringRef Hip) {
  return Hip.empty() ? Verdict::Unsupported : Hip == Cuda ? Verdict::AsIs : Verdict::Rename;
}

std::optional<Verdict> RowFinisher::checkedVerdict(SMLoc At, const std::optional<TextValue> &Given,
                                                   StringRef Cuda,
                                                   const std::optional<TextValue> &Hip) {
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
bool RowFinisher::resolveReason(const RowText &Text, RawRow &Row) {
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

bool RowFinisher::finishArguments(const RowText &Text, RawRow &Row) {
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

/// What is written for a call, *($0) = $1, keeps every argument once and in its place: edits go between them, and in them others may.
static bool keepsArguments(StringRef Call, unsigned Arguments) {
  unsigned Next = 0;
  for (size_t At = 0; (At = Call.find('$', At)) != StringRef::npos; ++At, ++Next) {
    unsigned Number;
    if (Call.substr(At + 1).take_while(llvm::isDigit).getAsInteger(10, Number) || Number != Next)
      return false;
  }
  return Next == Arguments;
}

bool RowFinisher::finishForms(const RowText &Text, RawRow &Row) {
  for (const FormText &F : Text.Forms) {
    if (!F.Arguments)
      return fail(F.At, "a form has 'arguments': the number of arguments of the call");
    if (llvm::any_of(Row.Forms,
                     [&](const RawForm &Other) { return Other.Arguments == *F.Arguments; }))
      return fail(F.At, "the form with " + llvm::Twine(*F.Arguments) + " arguments stands twice");
    auto V = checkedVerdict(F.At, F.Verdict, Row.Cuda, F.Hip);
    if (!V)
      return false;
    if (F.Hip && isWrittenAnew(F.Hip->Value)) {
      if (!keepsArguments(F.Hip->Value, *F.Arguments))
        return fail(F.Hip->At, "what is written for a call has each of its arguments once and in their order, as $0, $1 ...");
      V = Verdict::Edit;
    }
    if (*V != Verdict::AsIs && *V != Verdict::Rename && *V != Verdict::Unknown && !F.Note)
      return fail(F.At, "a form of verdict '" + verdictName(*V) + "' wants a 'note'");
    Row.Forms.push_back({*F.Arguments, F.Hip ? F.Hip->Value : "", F.Note ? F.Note->Value : "", *V});
  }
  llvm::sort(Row.Forms,
             [](const RawForm &A, const RawForm &B) { return A.Arguments < B.Arguments; });
  return true;
}

/// The place of a parameter, which is the same in all overloads that reach so far: a call is not asked which one it is, but by
/// the parameter's type.
std::optional<unsigned> RowFinisher::parameterIndex(const RowText &Text, const TextValue &Name, ArgumentCondition::Kind What) {
  std::optional<unsigned> Index;
  std::vector<std::vector<Parameter>> Overloads;
  for (const TextValue &Overload : Text.Signatures)
    if (auto Parts = takeApart(Overload.Value))
      Overloads.push_back(parameters(Parts->Parameters));
  for (const auto &Parameters : Overloads)
    for (unsigned I = 0; I < Parameters.size() && !Index; ++I)
      if (Parameters[I].Name == Name.Value)
        Index = I;
  if (!Index) {
    fail(Name.At, "no parameter '" + Name.Value + "' in the signature");
    return std::nullopt;
  }
  for (const auto &Parameters : Overloads)
    if (What != ArgumentCondition::Type && *Index < Parameters.size() && Parameters[*Index].Name != Name.Value) {
      fail(Name.At, "argument " + llvm::Twine(*Index) + " is '" + Name.Value + "' in one signature and '" +
                        Parameters[*Index].Name + "' in another");
      return std::nullopt;
    }
  if (*Index >= MaxConditionIndex) {
    fail(Name.At, "conditions reach the first " + llvm::Twine(MaxConditionIndex) + " arguments only");
    return std::nullopt;
  }
  return Index;
}

/// A condition says what HIP does with a value that it has: what it lacks stands in the value's own row.
bool RowFinisher::finishConditions(const RowText &Text, RawRow &Row) {
  if (!Text.Conditions.empty() && !Text.Hip)
    return fail(Text.Conditions.front().At, "'conditions' without 'hip'");
  for (const ConditionText &C : Text.Conditions) {
    if (!C.Argument || !C.What || C.Values.empty())
      return fail(C.At, "a condition has 'argument', the parameter's name, and one of 'is', 'has', 'not', 'text' and 'type'");
    if (!C.Note || !C.Source)
      return fail(C.At, "a condition wants a 'note', what a person has to know, and a 'source'");
    if (C.Since[0].isKnown())
      return fail(C.At, "'since' of a condition is a version of HIP");
    Verdict V = Verdict::Review;
    if (C.Verdict) {
      auto Given = parseVerdict(C.Verdict->Value);
      if (!Given || !needsPerson(*Given) || *Given == Verdict::Unknown)
        return fail(C.Verdict->At, "the verdict of a condition is 'review', 'redesign' or 'unsupported'");
      V = *Given;
    }
    auto Index = parameterIndex(Text, *C.Argument, *C.What);
    if (!Index)
      return false;
    // Those of one argument stand together, in the file's order.
    auto At = llvm::upper_bound(Row.Conditions, *Index, [](unsigned I, const RawCondition &Other) { return I < Other.Index; });
    RawCondition &Into = *Row.Conditions.insert(
        At, RawCondition{C.Argument->Value, *Index, *C.What, V, C.Since[1], {}, C.Note->Value, C.Source->Value});
    for (const TextValue &Value : C.Values) {
      if (C.What == ArgumentCondition::Text)
        if (auto Pattern = llvm::GlobPattern::create(Value.Value); !Pattern)
          return fail(Value.At, "not a pattern: " + llvm::toString(Pattern.takeError()));
      Into.Values.push_back(Value.Value);
    }
  }
  return true;
}

void RowFinisher::finish(const RowText &Text) {
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
      !finishArguments(Text, Row) || !finishForms(Text, Row) || !finishConditions(Text, Row))
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
bool RowFinisher::checkName(SMLoc At, StringRef Name, ApiKind Kind, StringRef What) {
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

void RowFinisher::unfold(const RowText &Text, const RawRow &Family) {
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
  auto Follow = [&](const TextValue &Value, StringRef Key,
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
  auto FollowMember = [&](const std::optional<TextValue> &Value, StringRef Key,
                          std::string RawRow::*Member) {
    if (Value)
      Follow(*Value, Key, [Member](RawRow &Row, std::string S) { Row.*Member = std::move(S); });
  };
  FollowMember(Text.Hip, "hip", &RawRow::Hip);
  FollowMember(Text.HipLater, "hip-later", &RawRow::HipLater);
  FollowMember(Text.Roc, "roc", &RawRow::Roc);
  FollowMember(Text.Definition, "definition", &RawRow::Definition);
  FollowMember(Text.Of, "of", &RawRow::Of);
  FollowMember(Text.Value, "value", &RawRow::Value);
  if (Text.Expansion)
    Follow(*Text.Expansion, "expansion",
           [](RawRow &Row, std::string S) { Row.Expansion = std::move(S); });
  for (const TextValue &Signature : Text.Signatures)
    Follow(Signature, "signature",
           [](RawRow &Row, std::string S) { Row.Signatures.push_back(std::move(S)); });
  for (const TextValue &Field : Text.Fields)
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
        (!Row.Hip.empty() && !checkName(Text.Hip->At, Row.Hip, Row.Kind, "hip")) ||
        (!Row.HipLater.empty() && !checkName(Text.HipLater->At, Row.HipLater, Row.Kind, "hip-later")))
      return;
    auto [It, New] = Lines[Row.Kind == ApiKind::Include].try_emplace(Row.Cuda, Row.Line);
    if (!New) {
      fail(NameAt, "'" + Row.Cuda + "' stands twice, first in line " + llvm::Twine(It->second));
      return;
    }
    Library.Rows.push_back(std::move(Row));
  }
}
