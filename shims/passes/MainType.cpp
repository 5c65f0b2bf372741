// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "MainType.h"

#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"

using llvm::StringRef;
namespace tok = clang::tok;

/// Whether a line begins with main, which it rarely does: far cheaper than to look for tokens.
static bool mayLackType(StringRef Text) {
  for (size_t At = Text.find("main"); At != StringRef::npos; At = Text.find("main", At + 1)) {
    const StringRef Before = Text.take_front(At).rtrim(" \t");
    if (Before.empty() || Before.back() == '\n' || Before.back() == '}' || Before.back() == ';' || Before.ends_with("*/"))
      return true;
  }
  return false;
}

/// Where main begins that begins a declaration outside of all braces.
static std::optional<size_t> typelessMain(StringRef Text) {
  clang::LangOptions Lang;
  Lang.CPlusPlus = Lang.CPlusPlus11 = Lang.LineComment = Lang.RawStringLiterals = true;
  clang::Lexer Raw(clang::SourceLocation(), Lang, Text.begin(), Text.begin(), Text.end());
  std::optional<size_t> Main;
  bool Begins = true, EndsMacro = false, InDirective = false;
  unsigned Depth = 0;
  clang::Token T;
  while (!Raw.LexFromRawLexer(T)) {
    if (T.isAtStartOfLine())
      InDirective = T.is(tok::hash);
    if (InDirective)
      continue;
    if (Main && T.is(tok::l_paren))
      return Main;
    Main.reset();
    if (T.is(tok::raw_identifier) && T.getRawIdentifier() == "main" && (Begins || (EndsMacro && T.isAtStartOfLine())))
      Main = Raw.getCurrentBufferOffset() - T.getLength();
    Depth += T.is(tok::l_brace);
    Depth -= T.is(tok::r_brace) && Depth;
    Begins = !Depth && T.isOneOf(tok::semi, tok::r_brace);
    EndsMacro = !Depth && T.is(tok::r_paren); // one that makes a declaration
  }
  return std::nullopt;
}

std::optional<std::string> cuport::addMainType(StringRef Text) {
  if (!mayLackType(Text))
    return std::nullopt;
  const std::optional<size_t> Main = typelessMain(Text);
  if (!Main)
    return std::nullopt;
  return (Text.take_front(*Main) + "int " + Text.drop_front(*Main)).str();
}
