// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Options of nvcc's that hipcc does not have, in whatever file they stand.
//
//   Before: NVCCFLAGS = -O3 -Xcompiler -Wall -lineinfo     After: NVCCFLAGS = -O3 -Wall -gline-tables-only
//
// What compilers share (-O3, -I, -std=c++17) is left alone, and so is what clang and nvcc spell alike.

#include "Build/BuildRule.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"

using namespace cuport;
using llvm::StringRef;

namespace {

enum class Form : uint8_t { Flag, Value, Joined, Device };
enum class Action : uint8_t { Replace, Drop, Unwrap, Leave };

struct NvccOption {
  StringRef Spellings;
  ::Form Form;
  ::Action Action;
  cuport::Verdict Verdict;
  StringRef Replacement, Message;
};

constexpr NvccOption Options[] = {
#define NVCC_OPTION(SPELLINGS, FORM, ACTION, VERDICT, REPLACEMENT, MESSAGE)                                                      \
  {SPELLINGS, Form::FORM, Action::ACTION, Verdict::VERDICT, REPLACEMENT, MESSAGE},
#include "Build/NvccOptions.def"
#undef NVCC_OPTION
};

} // namespace

/// The option that Word is. Of -x, which compilers share, nvcc's own value makes it one: its spelling has the value.
static const NvccOption *optionOf(StringRef Word, StringRef Next) {
  static const llvm::StringMap<const NvccOption *> BySpelling = [] {
    llvm::StringMap<const NvccOption *> Map;
    for (const NvccOption &O : Options) {
      llvm::SmallVector<StringRef, 8> Spellings;
      O.Spellings.split(Spellings, '|');
      for (StringRef S : Spellings)
        Map[S] = &O;
    }
    return Map;
  }();
  const NvccOption *O = BySpelling.lookup(Word);
  if (!O && (Word == "-x" || Word == "--x"))
    O = BySpelling.lookup(("-x " + Next).str());
  if (O && O->Form != Form::Joined)
    return O;
  O = BySpelling.lookup(Word.take_until([](char C) { return C == '='; }));
  return O && (O->Form == Form::Value || (O->Form == Form::Joined && Word.contains('='))) ? O : nullptr;
}

/// What stands in place of an option with its value, in a file where a command line is written.
static std::string valueText(StringRef Value, const NvccOption &O) {
  std::string Text = Value.str();
  if (O.Action == Action::Unwrap)
    std::replace(Text.begin(), Text.end(), ',', ' ');
  if (O.Replacement.empty())
    return Text;
  if (!O.Replacement.contains("{}"))
    return O.Replacement.str();
  auto [Before, After] = O.Replacement.split("{}");
  return (Before + Text + After).str();
}

/// True where an option of CMake's stands in one string with others: in a variable of flags, behind SHELL:.
static bool isString(const BuildView &File, const BuildStatement &S, const BuildWord &W) {
  if (!W.Quoted)
    return false;
  auto In = llvm::find_if(S.Arguments, [&](const BuildWord &A) { return A.Offset <= W.Offset && W.end() <= A.end(); });
  const bool Flags = In != S.Arguments.end() && In != S.Arguments.begin() &&
                     llvm::is_contained({"COMPILE_FLAGS", "LINK_FLAGS"}, std::prev(In)->Text);
  return S.is("set") || S.is("string") || Flags || (In != S.Arguments.end() && In->Text.contains("SHELL:"));
}

/// Behind the $(...) at Begin, calls in it included; npos where it is not closed.
static size_t callEnd(StringRef Text, size_t Begin) {
  int Depth = 0;
  for (size_t I = Begin; I < Text.size(); ++I) {
    Depth += Text[I] == '(';
    Depth -= Text[I] == ')';
    if (Depth == 0 && Text[I] == ')')
      return I + 1;
  }
  return StringRef::npos;
}

/// One option, and its value where that is the next word, or a call of make's or the shell's. Gives how many words that were.
static size_t look(const BuildView &File, const BuildStatement &S, size_t I, std::vector<Finding> &Findings) {
  const BuildWord &W = S.Words[I];
  const NvccOption *O = W.Text.starts_with("-") ? optionOf(W.Text, I + 1 < S.Words.size() ? S.Words[I + 1].Text : "") : nullptr;
  if (!O || (O->Form == Form::Device && !isAboutDevice(S)))
    return 1;
  const bool HasValue = O->Form == Form::Value || O->Form == Form::Joined;
  StringRef All = File.Source.text();
  // -Xcompiler="-Wall -O3" on a command line: what is quoted is words of its own.
  const bool Glued = File.isCommandLine() && W.Text.ends_with("=") && I + 1 < S.Words.size() && S.Words[I + 1].Quoted &&
                     S.Words[I + 1].Offset == W.end() + 1;
  const bool ValueInside = HasValue && W.Text.contains('=') && !Glued;
  const bool ValueNext = HasValue && !ValueInside && I + 1 < S.Words.size();
  const size_t Behind = std::min(All.find_first_not_of(" \t", W.end()), All.size());
  const bool IsCall = File.isCommandLine() && ValueNext && Behind < S.Words[I + 1].Offset && All.substr(Behind).starts_with("$(");
  Finding F = File.finding("build-option", W, O->Verdict, "");
  std::string There;
  bool Done = false;
  if (HasValue && !ValueInside && !ValueNext) {
    // Nothing to change: the value is put together elsewhere.
  } else if (HasValue && O->Action != Action::Leave) {
    const BuildWord &V = ValueNext ? S.Words[I + 1] : W;
    StringRef Value = ValueNext ? V.Text : V.Text.split('=').second;
    uint32_t End = V.end();
    bool InOne = !ValueNext || (V.Quoted == W.Quoted && All.slice(W.end(), V.Offset).trim(" \t").empty());
    if (File.isCommandLine() && ValueNext && V.Quoted && !W.Quoted) {
      // -Xcompiler "-Wall -O3": the quotes go with the option.
      const char Quote = All[V.Offset - 1];
      size_t Close = All.find(Quote, V.Offset);
      Value = All.slice(V.Offset, Close);
      InOne = (Quote == '"' || Quote == '\'') && Close != StringRef::npos && !Value.contains('\n');
      End = Close + 1;
    }
    if (IsCall) {
      // -ccbin $(lastword $(CXX)): what that gives is not known, so no comma of its is one of the option's.
      const size_t Close = callEnd(All, Behind);
      InOne = Close <= S.End;
      End = InOne ? Close : V.end();
      Value = All.slice(Behind, End);
    }
    There = O->Action == Action::Drop ? "" : IsCall && O->Action == Action::Unwrap ? Value.str() : valueText(Value, *O);
    const bool InList = W.Quoted && V.Quoted && !File.isCMake() && !File.isCommandLine();
    if (O->Action == Action::Drop && InOne && ValueNext) {
      F.Edits.push_back(File.cut(W.Offset, End));
      Done = true;
    } else if (O->Action == Action::Drop) {
      Done = (!ValueNext || InList) && File.remove(W, F.Edits) && (!ValueNext || File.remove(V, F.Edits));
    } else if (InOne && !Value.empty()) {
      F.Edits.push_back({W.Offset, End - W.Offset, There});
      Done = true;
    } else if (InList && There.find(' ') == std::string::npos) {
      Done = File.remove(W, F.Edits);
      if (There != V.Text)
        F.Edits.push_back({V.Offset, uint32_t(V.Text.size()), There});
    }
    F.Name = ValueNext ? (W.Text + " " + (IsCall ? Value : V.Text)).str() : W.Text.str();
  } else if (O->Action == Action::Drop) {
    Done = File.remove(W, F.Edits);
  } else if (O->Action == Action::Replace) {
    There = O->Replacement.str();
    // One item of a script's list is one argument.
    if (File.isCMake() || File.isCommandLine() || There.find(' ') == std::string::npos) {
      // CMake's options are apart by semicolons where blanks would make one of them.
      const bool AsList = File.isCMake() && !isString(File, S, W);
      std::replace(There.begin(), There.end(), ' ', AsList ? ';' : ' ');
      F.Edits.push_back({W.Offset, uint32_t(W.Text.size()), There});
      Done = true;
    }
  }
  if (!Done) {
    F.Edits.clear();
    F.Verdict = Verdict::Review;
  } else {
    F.Replacement = There;
  }
  const std::string What = quoted(F.Name);
  if (Done && There.empty())
    F.Message = What + " is nvcc's and goes: ";
  else if (Done)
    F.Message = What + " is nvcc's and becomes " + quoted(There) + ": ";
  else if (There.empty() && O->Action == Action::Drop)
    F.Message = What + " is nvcc's, take it out: ";
  else if (!There.empty())
    F.Message = What + " is nvcc's, write " + quoted(There) + ": ";
  else
    F.Message = What + " is nvcc's: ";
  // The compilers of cards that have one of their own are clang's children, as far as this goes (Knowledge/Vendors.def).
  const auto Own = File.Options.IsHip || O->Action != Action::Unwrap ? std::nullopt : compilerOf(*File.Options.Card);
  F.Message += Own ? Own->Name + " has one command line for both halves" : O->Message.str();
  Findings.push_back(std::move(F));
  return ValueNext ? 2 : 1;
}

namespace cuport {
void runBuildOption(const BuildView &File, std::vector<Finding> &Findings) {
  for (const BuildStatement &S : File.Text.Statements)
    for (size_t I = 0; I < S.Words.size();)
      I += look(File, S, I, Findings);
}
} // namespace cuport
