// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Build/BuildText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace cuport;
using llvm::StringRef;

std::optional<BuildSystem> cuport::buildSystemOf(StringRef Name) {
  if (Name == "CMakeLists.txt" || Name.ends_with(".cmake") || Name.ends_with(".cmake.in"))
    return BuildSystem::CMake;
  StringRef Stem = Name;
  if (!Stem.consume_back(".in"))
    Stem.consume_back(".am");
  if (Stem == "Makefile" || Stem == "makefile" || Stem == "GNUmakefile" || Stem.starts_with("Makefile.") || Stem.ends_with(".mk") ||
      Stem.ends_with(".mak"))
    return BuildSystem::Make;
  if (Name.ends_with(".sh") || Name == "configure")
    return BuildSystem::Shell;
  if (Name == "configure.ac" || Name == "configure.in" || Name.ends_with(".m4"))
    return BuildSystem::Autoconf;
  if (Name.ends_with(".bzl"))
    return BuildSystem::Bazel;
  if (Name.ends_with(".py") || Name.ends_with(".pyx") || Name.ends_with(".pxd") || Name.ends_with(".pxi"))
    return BuildSystem::Python;
  return llvm::StringSwitch<std::optional<BuildSystem>>(Name)
      .Cases({"BUILD", "BUILD.bazel", "WORKSPACE", "WORKSPACE.bazel", "MODULE.bazel"}, BuildSystem::Bazel)
      .Case("meson.build", BuildSystem::Meson)
      .Case("xmake.lua", BuildSystem::Xmake)
      .Default(std::nullopt);
}

static bool isBlank(char C) { return C == ' ' || C == '\t' || C == '\r' || C == '\n' || C == '\f' || C == '\v'; }
static bool isNameChar(char C) { return llvm::isAlnum(C) || C == '_'; }

namespace {

class Reader {
public:
  Reader(StringRef Text, BuildText &Into) : Text(Text), Into(Into) {}

protected:
  char at(size_t I) const { return I < Text.size() ? Text[I] : '\0'; }
  void comment(size_t Begin, size_t End) { Into.Comments.push_back({uint32_t(Begin), Text.slice(Begin, End), false}); }
  /// Cuts [Begin, End) into words at any of Separators.
  void words(size_t Begin, size_t End, StringRef Separators, bool Quoted, std::vector<BuildWord> &Words) {
    for (size_t I = Begin; I < End;) {
      I = Text.slice(0, End).find_first_not_of(Separators, I);
      if (I == StringRef::npos)
        return;
      size_t Stop = std::min(Text.find_first_of(Separators, I), End);
      Words.push_back({uint32_t(I), Text.slice(I, Stop), Quoted});
      I = Stop;
    }
  }

  StringRef Text;
  BuildText &Into;
};

//===--- CMake ------------------------------------------------------------------------------------------------------===//

class CMakeReader : Reader {
public:
  using Reader::Reader;

  void read() {
    for (size_t I = 0; I < Text.size();) {
      if (Text[I] == '#') {
        I = skipComment(I);
      } else if (llvm::isAlpha(Text[I]) || Text[I] == '_') {
        I = command(I);
      } else {
        ++I;
      }
    }
  }

private:
  /// The end of "[==[ ... ]==]" at I; I where no such bracket opens there.
  size_t bracketEnd(size_t I) const {
    size_t Open = I + 1;
    while (at(Open) == '=')
      ++Open;
    if (at(I) != '[' || at(Open) != '[')
      return I;
    std::string Close = "]" + std::string(Open - I - 1, '=') + "]";
    size_t End = Text.find(Close, Open + 1);
    return End == StringRef::npos ? Text.size() : End + Close.size();
  }

  size_t skipComment(size_t I) {
    size_t End = bracketEnd(I + 1);
    if (End == I + 1)
      End = std::min(Text.find('\n', I), Text.size());
    comment(I + 1, End);
    return End;
  }

  size_t command(size_t I) {
    size_t NameEnd = I;
    while (isNameChar(at(NameEnd)))
      ++NameEnd;
    size_t Open = NameEnd;
    while (at(Open) == ' ' || at(Open) == '\t')
      ++Open;
    if (at(Open) != '(')
      return NameEnd;
    BuildStatement S;
    S.Name = Text.slice(I, NameEnd);
    S.Begin = I;
    size_t End = arguments(Open + 1, S);
    S.End = End;
    Into.Statements.push_back(std::move(S));
    return End;
  }

  void argument(BuildStatement &S, size_t Begin, size_t End, bool Quoted) {
    S.Arguments.push_back({uint32_t(Begin), Text.slice(Begin, End), Quoted});
    size_t First = S.Words.size();
    words(Begin, End, " \t\r\n;<>\"", Quoted, S.Words);
    // What stands behind the condition of a generator expression, and behind SHELL:.
    for (BuildWord &W : llvm::MutableArrayRef(S.Words).drop_front(First)) {
      for (StringRef Before : {":", "SHELL:"})
        if (W.Text.starts_with(Before) && W.Text.size() > Before.size()) {
          W.Text = W.Text.drop_front(Before.size());
          W.Offset += Before.size();
        }
    }
  }

  size_t arguments(size_t I, BuildStatement &S) {
    unsigned Depth = 1;
    while (I < Text.size()) {
      char C = Text[I];
      if (isBlank(C)) {
        ++I;
      } else if (C == '#') {
        I = skipComment(I);
      } else if (C == '(') {
        ++Depth;
        ++I;
      } else if (C == ')') {
        ++I;
        if (--Depth == 0)
          return I;
      } else if (C == '"') {
        size_t End = I + 1;
        while (End < Text.size() && Text[End] != '"')
          End += Text[End] == '\\' ? 2 : 1;
        End = std::min(End, Text.size());
        argument(S, I + 1, End, /*Quoted=*/true);
        I = End + 1;
      } else if (size_t End = bracketEnd(I); End != I) {
        argument(S, I, End, /*Quoted=*/true);
        I = End;
      } else {
        size_t Stop = I;
        while (Stop < Text.size() && !isBlank(Text[Stop]) && Text[Stop] != '(' && Text[Stop] != ')' && Text[Stop] != '#' &&
               Text[Stop] != '"')
          Stop += Text[Stop] == '\\' ? 2 : 1;
        Stop = std::min(Stop, Text.size());
        argument(S, I, Stop, /*Quoted=*/false);
        I = Stop;
      }
    }
    return Text.size();
  }
};

//===--- Make and shell ---------------------------------------------------------------------------------------------===//

class LineReader : Reader {
public:
  using Reader::Reader;

  void read() {
    for (size_t I = 0; I < Text.size();) {
      size_t End = lineEnd(I);
      line(I, End);
      I = End + 1;
    }
  }

private:
  /// Where a line ends that backslashes carry on.
  size_t lineEnd(size_t I) const {
    for (size_t End = Text.find('\n', I);; End = Text.find('\n', End + 1)) {
      if (End == StringRef::npos)
        return Text.size();
      if (!Text.slice(I, End).rtrim('\r').ends_with("\\"))
        return End;
    }
  }

  void line(size_t Begin, size_t End) {
    BuildStatement S;
    S.Begin = Begin;
    S.End = End;
    size_t I = assigned(Begin, End, S);
    bool Leads = true;
    auto Mark = [&](size_t First) {
      if (S.Words.size() > First) {
        S.Words[First].Leads = Leads;
        Leads = false;
      }
    };
    while (I < End) {
      const size_t Count = S.Words.size();
      char C = Text[I];
      if (opensComment(I, Begin)) {
        comment(I + (C == '#' ? 1 : 3), End);
        break;
      }
      if (isSeparator(C) || isContinued(I)) {
        Leads |= StringRef("(;&|`").contains(C);
        ++I;
      } else if (C == '"' || C == '\'') {
        size_t Close = std::min(Text.find(C, I + 1), End);
        words(I + 1, Close, " \t\r\n\\", /*Quoted=*/true, S.Words);
        I = Close + 1;
        Mark(Count);
      } else if (C == '$' && (at(I + 1) == '(' || at(I + 1) == '{') && referenceEnd(I, End) == I) {
        I += 2; // $(shell ...): what stands in it counts
        Leads = true;
      } else {
        size_t Stop = wordEnd(I, End, Begin);
        S.Words.push_back({uint32_t(I), Text.slice(I, Stop), false});
        I = Stop;
        Mark(Count);
      }
    }
    if (!S.Words.empty() || !S.Name.empty())
      Into.Statements.push_back(std::move(S));
  }

  /// The backslash at I carries the line on.
  bool isContinued(size_t I) const { return Text[I] == '\\' && (at(I + 1) == '\n' || at(I + 1) == '\r'); }
  bool isSeparator(char C) const {
    return isBlank(C) || StringRef("();&|`@").contains(C) || (Into.System == BuildSystem::Autoconf && StringRef("[],").contains(C));
  }
  /// A # where a word could begin; in a makefile anywhere but in what a rule's shell gets. "dnl" of Autoconf's.
  bool opensComment(size_t I, size_t Line) const {
    const bool BeginsWord = I == Line || isBlank(Text[I - 1]);
    if (at(I) == '#')
      return BeginsWord || (Into.System == BuildSystem::Make && Text[Line] != '\t' && Text[I - 1] != '\\');
    return Into.System == BuildSystem::Autoconf && BeginsWord && Text.substr(I).starts_with("dnl") && !isNameChar(at(I + 3));
  }

  /// Behind "NAME =", "NAME += ", "export NAME=" at the line's start; else Begin.
  size_t assigned(size_t Begin, size_t End, BuildStatement &S) const {
    size_t I = Begin;
    for (;;) {
      while (I < End && (at(I) == ' ' || at(I) == '\t'))
        ++I;
      size_t NameEnd = I;
      while (NameEnd < End && (isNameChar(at(NameEnd)) || at(NameEnd) == '-' || at(NameEnd) == '.'))
        ++NameEnd;
      StringRef Name = Text.slice(I, NameEnd);
      if (Name == "export" || Name == "override" || Name == "local") {
        I = NameEnd;
        continue;
      }
      size_t Sign = NameEnd;
      while (Sign < End && (at(Sign) == ' ' || at(Sign) == '\t'))
        ++Sign;
      size_t Equals = Sign;
      while (Equals < End && StringRef(":?+!").contains(at(Equals)))
        ++Equals;
      if (Name.empty() || at(Equals) != '=' || Equals >= End)
        return Begin;
      S.Name = Name;
      return Equals + 1;
    }
  }

  /// The end of "$(NAME)" or "${NAME}" at I; I where it is a call with arguments, or not closed.
  size_t referenceEnd(size_t I, size_t End) const {
    char Close = at(I + 1) == '(' ? ')' : '}';
    size_t Stop = Text.find(Close, I);
    if (Stop == StringRef::npos || Stop >= End || Text.slice(I, Stop).find_first_of(" \t\n") != StringRef::npos)
      return I;
    return Stop + 1;
  }

  size_t wordEnd(size_t I, size_t End, size_t Line) const {
    while (I < End && !isSeparator(Text[I]) && Text[I] != '"' && Text[I] != '\'' && !opensComment(I, Line)) {
      if (Text[I] == '$' && (at(I + 1) == '(' || at(I + 1) == '{')) {
        size_t Stop = referenceEnd(I, End);
        if (Stop == I)
          return I;
        I = Stop;
      } else if (isContinued(I)) {
        return I;
      } else {
        I += Text[I] == '\\' ? 2 : 1;
      }
    }
    return std::min(I, End);
  }
};

//===--- Python, Starlark, Meson, Lua -------------------------------------------------------------------------------===//

class ScriptReader : Reader {
public:
  ScriptReader(StringRef Text, BuildText &Into) : Reader(Text, Into) {}

  void read() {
    const bool Lua = Into.System == BuildSystem::Xmake;
    BuildStatement S;
    int Depth = 0;
    auto Finish = [&](size_t End) {
      S.End = End;
      if (!S.Words.empty())
        Into.Statements.push_back(std::move(S));
      S = {};
    };
    for (size_t I = 0; I < Text.size();) {
      char C = Text[I];
      if (S.Words.empty())
        S.Begin = I;
      if (Lua ? C == '-' && at(I + 1) == '-' : C == '#') {
        size_t End = std::min(Text.find('\n', I), Text.size());
        comment(I + 1 + Lua, End);
        I = End;
      } else if (C == '"' || C == '\'') {
        I = literal(I, S);
      } else if (llvm::isAlpha(C) || C == '_') {
        size_t End = I;
        while (isNameChar(at(End)) || at(End) == '.')
          ++End;
        S.Words.push_back({uint32_t(I), Text.slice(I, End), false});
        I = End;
      } else {
        Depth += C == '(' || C == '[' || C == '{';
        Depth -= C == ')' || C == ']' || C == '}';
        ++I;
        if (C == '\n' && Depth <= 0) {
          Depth = 0;
          Finish(I);
        }
      }
    }
    Finish(Text.size());
  }

private:
  size_t literal(size_t I, BuildStatement &S) {
    StringRef Quote = Text.substr(I, 1);
    StringRef Triple = Text.substr(I, 3);
    if (Triple == "\"\"\"" || Triple == "'''")
      Quote = Triple;
    size_t Begin = I + Quote.size(), End = Begin;
    while (End < Text.size() && !Text.substr(End).starts_with(Quote)) {
      if (Quote.size() == 1 && Text[End] == '\n')
        break; // not closed
      End += Text[End] == '\\' ? 2 : 1;
    }
    End = std::min(End, Text.size());
    words(Begin, End, " \t\r\n", /*Quoted=*/true, S.Words);
    return std::min(End + Quote.size(), Text.size());
  }
};

} // namespace

BuildText cuport::takeApart(BuildSystem System, StringRef Text) {
  BuildText Result;
  Result.System = System;
  Result.IsMade = System == BuildSystem::Shell && Text.take_front(1000).contains("Generated by GNU Autoconf");
  if (Result.IsMade)
    return Result;
  switch (System) {
  case BuildSystem::CMake:
    CMakeReader(Text, Result).read();
    break;
  case BuildSystem::Make:
  case BuildSystem::Shell:
  case BuildSystem::Autoconf:
    LineReader(Text, Result).read();
    break;
  case BuildSystem::Python:
  case BuildSystem::Bazel:
  case BuildSystem::Meson:
  case BuildSystem::Xmake:
    ScriptReader(Text, Result).read();
    break;
  }
  return Result;
}
