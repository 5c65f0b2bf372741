// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arguments with a value that HIP treats otherwise, though it has the function; the API row says which.
//
//   cudaDeviceSetLimit(cudaLimitPrintfFifoSize, n);   'hipDeviceSetLimit' refuses the limit
//   cudaDeviceSetLimit(limit, n);                     not known, and said so
//
// Nothing is edited. Values that HIP lacks by name are the rule api-name's.

#include "Rules/Calls.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/GlobPattern.h"

using namespace cuport;
using llvm::StringRef;

namespace {
/// What a call is known to be given for an argument, in one of the ways that its code is compiled.
struct GivenValue {
  ArgumentFact::Kind What = ArgumentFact::Open;
  std::string Value;                ///< as in ArgumentFact
  std::vector<std::string> Names{}; ///< the enumerators and macros spelled in it, where no parse has a number
};

enum class Answer { No, Yes, Unknown };
} // namespace

/// From the tokens alone: one number, names of CUDA's values, strings.
static std::vector<GivenValue> spelledValues(const FileView &File, TokenRange Argument) {
  std::vector<GivenValue> Values;
  GivenValue Names{ArgumentFact::Number, "", {}};
  bool Open = false;
  for (size_t I = Argument.First; I < Argument.Last; ++I) {
    const Token &T = File.tokens()[I];
    StringRef Text = File.text(I);
    if (T.What == Token::String) {
      StringRef Inside = Text.drop_until([](char C) { return C == '"'; });
      Values.push_back({ArgumentFact::String, Inside.drop_front().drop_back().str()});
    } else if (T.What == Token::Number) {
      int64_t Number = 0;
      Open |= !Names.Value.empty() || Text.rtrim("uUlL").getAsInteger(0, Number);
      Names.Value = std::to_string(Number);
    } else if (T.What == Token::Identifier) {
      const ApiRow *Row = File.Apis.find(Text);
      if (Row && (Row->Kind == ApiKind::Enumerator || Row->Kind == ApiKind::Macro))
        Names.Names.push_back(Text.str());
      else
        Open |= !Row || Row->Kind != ApiKind::Type; // a cast
    }
  }
  Open |= !Names.Value.empty() && !Names.Names.empty();
  if (Open || (Values.empty() && Names.Value.empty() && Names.Names.empty()))
    Values.push_back({});
  else if (Values.empty())
    Values.push_back(std::move(Names));
  return Values;
}

static std::vector<GivenValue> valuesOf(const FileView &File, uint32_t Offset, unsigned Index, TokenRange Argument) {
  std::vector<GivenValue> Values;
  if (File.Facts)
    for (auto It = File.Facts->Arguments.lower_bound({Offset, Index, ArgumentFact::Number, ""}); It != File.Facts->Arguments.end(); ++It) {
      if (It->Offset != Offset || It->Index != Index)
        break;
      Values.push_back({It->What, It->Value});
    }
  return Values.empty() ? spelledValues(File, Argument) : Values;
}

/// The number of a name in a condition, where a parse saw CUDA declare it.
static std::optional<int64_t> numberOf(const FileView &File, StringRef Name) {
  int64_t Number;
  if (!Name.getAsInteger(0, Number))
    return Number;
  auto It = File.Project.Values.find(Name.str());
  return It == File.Project.Values.end() ? std::nullopt : std::optional<int64_t>(It->second);
}

/// Whether the value is one that the condition names; Which is set to it.
static Answer isAmong(const FileView &File, const ArgumentCondition &C, const GivenValue &Given, StringRef &Which) {
  if (!Given.Names.empty()) {
    for (StringRef Value : C.Values)
      if (llvm::is_contained(Given.Names, Value) && (Given.Names.size() == 1 || C.What == ArgumentCondition::Has)) {
        Which = Value;
        return Answer::Yes;
      }
    return Given.Names.size() == 1 || C.What == ArgumentCondition::Has ? Answer::No : Answer::Unknown;
  }
  int64_t Number = 0;
  StringRef(Given.Value).getAsInteger(10, Number);
  Answer A = Answer::No;
  for (StringRef Value : C.Values) {
    auto Other = numberOf(File, Value);
    if (!Other) {
      A = Answer::Unknown;
    } else if (C.What == ArgumentCondition::Has ? *Other && (Number & *Other) == *Other : Number == *Other) {
      Which = Value;
      return Answer::Yes;
    }
  }
  return A;
}

/// Whether the condition holds for the value.
static Answer holds(const FileView &File, const ArgumentCondition &C, const GivenValue &Given, StringRef &Which) {
  if (C.What == ArgumentCondition::Type) {
    if (Given.What != ArgumentFact::Open)
      return Answer::No; // what folds, and a text, is no struct
    if (!Given.Value.empty())
      return llvm::is_contained(C.Values, Given.Value) ? Answer::Yes : Answer::No;
    const StringRef Text = File.Source.text();
    return llvm::any_of(C.Values, [&](StringRef Type) { return Text.contains(Type); }) ? Answer::Unknown : Answer::No;
  }
  if (Given.What == ArgumentFact::Open)
    return Answer::Unknown;
  if (C.What == ArgumentCondition::Text) {
    if (Given.What != ArgumentFact::String)
      return Answer::No; // no text at all
    for (StringRef Text : C.Values) {
      auto Pattern = llvm::GlobPattern::create(Text);
      if (Pattern ? Pattern->match(Given.Value) : (llvm::consumeError(Pattern.takeError()), false)) {
        Which = Given.Value;
        return Answer::Yes;
      }
    }
    return Answer::No;
  }
  if (Given.What != ArgumentFact::Number)
    return Answer::Unknown;
  Answer A = isAmong(File, C, Given, Which);
  if (C.What != ArgumentCondition::Not || A == Answer::Unknown)
    return A;
  return A == Answer::Yes ? Answer::No : Answer::Yes;
}

static std::string shortened(StringRef Text) {
  constexpr size_t MaxText = 60; // of a message
  std::string OneLine;
  for (char C : Text)
    if (!llvm::isSpace(C))
      OneLine += C;
    else if (!OneLine.empty() && OneLine.back() != ' ')
      OneLine += ' ';
  Text = OneLine;
  return Text.size() <= MaxText ? Text.str() : Text.take_front(MaxText).str() + " ...";
}

static void checkArgument(const FileView &File, const ApiRow &Row, size_t NameToken, llvm::ArrayRef<const ArgumentCondition *> Conditions,
                          TokenRange Argument, std::vector<Finding> &Findings) {
  uint32_t Offset = File.tokens()[NameToken].Offset;
  uint32_t Begin = File.tokens()[Argument.First].Offset, End = File.tokens()[Argument.Last - 1].end();
  std::set<std::string> Said;
  auto Say = [&](Verdict V, std::string Message) {
    if (!Said.insert(Message).second)
      return;
    Finding F = File.finding("argument-value", Begin, End - Begin, V, File.confidenceOfToken(NameToken));
    F.Name = Row.Cuda.str();
    F.Replacement = hipNameFor(Row, File.Options.Hip).str();
    F.Message = std::move(Message);
    Findings.push_back(std::move(F));
  };
  const ArgumentCondition *Undecided = nullptr;
  for (const GivenValue &Given : valuesOf(File, Offset, Conditions.front()->Index, Argument))
    for (const ArgumentCondition *C : Conditions) {
      StringRef Which;
      Answer A = holds(File, *C, Given, Which);
      if (A == Answer::Unknown)
        Undecided = Undecided ? Undecided : C;
      if (A != Answer::Yes)
        continue;
      std::string What = Which.empty() ? textOf(File, Argument).str() : Which.str();
      Say(C->Verdict, "'" + shortened(What) + "' for '" + C->Argument.str() + "' of '" + Row.Cuda.str() + "': " + C->Note.str() +
                          (C->HipSince.isKnown() ? " (before HIP " + toString(C->HipSince) + ")" : ""));
    }
  if (Undecided)
    Say(Verdict::Unknown, "'" + Undecided->Argument.str() + "' of '" + Row.Cuda.str() + "' is " +
                              (Undecided->What == ArgumentCondition::Type ? "of a type that is not known" : "not constant") +
                              " here, and HIP differs where " + conditionText(*Undecided) + ": " + Undecided->Note.str());
}

namespace cuport {
void runArgumentValue(const FileView &File, std::vector<Finding> &Findings) {
  auto Wanted = [&](const ApiRow &Row) {
    return !Row.Conditions.empty() && verdictFor(Row, File.Options.Hip) != Verdict::Unsupported;
  };
  forEachCall(File, Wanted, [&](size_t Name, const ApiRow &Row, const CallTokens &Call) {
    llvm::SmallVector<const ArgumentCondition *> Here;
    for (size_t C = 0; C < Row.Conditions.size(); ++C) {
      const ArgumentCondition &Condition = Row.Conditions[C];
      // What a call with so many arguments becomes the row says, too.
      const bool IsToldByForm = Condition.What == ArgumentCondition::Type &&
                                llvm::any_of(Row.Forms, [&](const CallForm &F) { return F.Arguments == Call.Arguments.size(); });
      if (!IsToldByForm && (!Condition.HipSince.isKnown() || File.Options.Hip < Condition.HipSince))
        Here.push_back(&Condition);
      bool Last = C + 1 == Row.Conditions.size() || Row.Conditions[C + 1].Index != Condition.Index;
      if (!Last)
        continue;
      if (!Here.empty() && Condition.Index < Call.Arguments.size() && !Call.Arguments[Condition.Index].empty())
        checkArgument(File, Row, Name, Here, Call.Arguments[Condition.Index], Findings);
      Here.clear();
    }
  });
}
} // namespace cuport
