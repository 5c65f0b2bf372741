// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "PragmaMacros.h"

#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

/// Takes Word, blanks around it and all, from the front.
static bool take(StringRef &Line, StringRef Word) {
  StringRef Rest = Line.ltrim(" \t");
  if (!Rest.consume_front(Word))
    return false;
  Line = Rest.ltrim(" \t");
  return true;
}

/// What follows `#pragma` if Line defines a macro of it without parameters; Body is where the macro's text begins.
static std::optional<StringRef> pragmaOf(StringRef Line, const char *&Body) {
  if (!take(Line, "#") || !take(Line, "define"))
    return std::nullopt;
  StringRef Behind = Line.drop_while([](char C) { return llvm::isAlnum(C) || C == '_'; });
  if (!Behind.starts_with(" ") && !Behind.starts_with("\t"))
    return std::nullopt;
  Body = Behind.ltrim(" \t").begin();
  if (!take(Behind, "#") || !take(Behind, "pragma") || Behind.rtrim().ends_with("\\"))
    return std::nullopt;
  return Behind.take_front(Behind.find("//")).rtrim();
}

std::optional<std::string> cuport::spellPragmaMacros(StringRef Text) {
  std::string Result;
  StringRef Rest = Text;
  const char *Done = Text.begin();
  for (size_t At; (At = Rest.find("define")) != StringRef::npos; Rest = Rest.drop_front(At + 1)) {
    const size_t Begin = Text.rfind('\n', Rest.begin() + At - Text.begin()) + 1; // npos + 1 is 0
    const StringRef Line = Text.substr(Begin).take_until([](char C) { return C == '\n'; });
    const char *Body;
    const std::optional<StringRef> Pragma = pragmaOf(Line, Body);
    if (!Pragma || Body < Done)
      continue;
    Result.append(Done, Body);
    Result += "_Pragma(\"";
    for (char C : *Pragma) {
      if (C == '"' || C == '\\')
        Result += '\\';
      Result += C;
    }
    Result += "\")";
    Done = Pragma->end();
  }
  if (Done == Text.begin())
    return std::nullopt;
  Result.append(Done, Text.end());
  return Result;
}
