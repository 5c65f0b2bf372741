// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/AsmStatement.h"

#include "llvm/ADT/StringExtras.h"

using namespace cuport;
using llvm::StringRef;

static constexpr unsigned MaxMacroDepth = 8;

/// What a string literal stands for, appended to Text; false for wide ones and escapes that
/// assembly does not use.
static bool appendLiteral(StringRef Literal, std::string &Text) {
  if (Literal.consume_front("R\"")) {
    const size_t Open = Literal.find('(');
    const std::string End = ")" + Literal.take_front(Open).str() + "\"";
    if (Open == StringRef::npos || !Literal.consume_back(End))
      return false;
    Text += Literal.drop_front(Open + 1);
    return true;
  }
  if (Literal.size() < 2 || !Literal.consume_front("\"") || !Literal.consume_back("\""))
    return false;
  for (size_t I = 0; I < Literal.size(); ++I) {
    if (Literal[I] != '\\' || I + 1 == Literal.size()) {
      Text += Literal[I];
      continue;
    }
    switch (Literal[++I]) {
    case 'n':
      Text += '\n';
      break;
    case 't':
      Text += '\t';
      break;
    case 'r':
    case '\r':
      break;
    case '\n': // the literal goes on in the next line
      break;
    case '"':
    case '\\':
    case '\'':
    case '?':
      Text += Literal[I];
      break;
    default:
      return false;
    }
  }
  return true;
}

/// Text of a macro's body that is nothing but string literals and macros of such.
static bool appendMacro(const FileView &File, StringRef Name, std::string &Text, unsigned Depth) {
  StringRef Body = File.Macros.bodyOf(Name);
  if (Body.empty() || Depth > MaxMacroDepth)
    return false;
  const auto Lexed = SourceFile::fromText("", Body);
  for (const Token &T : Lexed->tokens()) {
    const bool Appended = T.What == Token::String ? appendLiteral(Lexed->textOf(T), Text)
                          : T.What == Token::Identifier
                              ? appendMacro(File, Lexed->textOf(T), Text, Depth + 1)
                              : false;
    if (!Appended)
      return false;
  }
  return true;
}

/// The string that tokens make; one ? for each piece that is not constant, and then Constant
/// becomes false. Of branches between directives it has all, and is not constant either.
static std::string stringOf(const FileView &File, TokenRange Tokens, bool InDirective, bool &Constant) {
  std::string Text;
  for (size_t I = Tokens.First; I < Tokens.Last; ++I) {
    const Token &T = File.tokens()[I];
    if (T.InDirective != InDirective) {
      Constant = false;
      continue;
    }
    std::string Piece;
    if (T.What == Token::String && appendLiteral(File.text(I), Piece)) {
      Text += Piece;
      continue;
    }
    if (T.What == Token::Identifier && !File.is(I + 1, "(") &&
        appendMacro(File, File.text(I), Piece, 0)) {
      Text += Piece;
      continue;
    }
    // STRINGIFY(x), #x, or a macro with several definitions.
    Constant = false;
    Text += '?';
    if (File.is(I + 1, "(") && File.Source.matching(I + 1) < Tokens.Last)
      I = File.Source.matching(I + 1);
    else if (File.is(I, "#"))
      ++I;
  }
  return Text;
}

/// [name] "constraint"(value)
static std::optional<AsmOperand> operandOf(const FileView &File, TokenRange Tokens) {
  AsmOperand O;
  if (File.is(Tokens.First, "[")) {
    const size_t Close = File.Source.matching(Tokens.First);
    if (Close >= Tokens.Last || Close != Tokens.First + 2)
      return std::nullopt;
    O.Name = File.text(Tokens.First + 1).str();
    Tokens.First = Close + 1;
  }
  if (Tokens.empty() || !File.is(Tokens.Last - 1, ")"))
    return std::nullopt;
  size_t Open = Tokens.First;
  while (Open < Tokens.Last &&
         !(File.is(Open, "(") && File.Source.matching(Open) == Tokens.Last - 1))
    ++Open;
  if (Open == Tokens.Last || Open == Tokens.First)
    return std::nullopt;
  bool Constant = true;
  O.Constraint = stringOf(File, {Tokens.First, Open}, File.tokens()[Open].InDirective, Constant);
  O.Value = {Open + 1, Tokens.Last - 1};
  return O;
}

std::optional<AsmStatement> cuport::asmStatementAt(const FileView &File, size_t Keyword) {
  auto IsWord = [&](size_t I, StringRef Word) {
    return File.is(I, Word) || File.is(I, ("__" + Word).str()) ||
           File.is(I, ("__" + Word + "__").str());
  };
  if (!IsWord(Keyword, "asm"))
    return std::nullopt;
  AsmStatement S;
  S.Keyword = Keyword;
  size_t Name = Keyword;
  while (IsWord(Name + 1, "volatile") || IsWord(Name + 1, "goto") || IsWord(Name + 1, "inline")) {
    ++Name;
    S.Volatile |= IsWord(Name, "volatile");
    S.Goto |= IsWord(Name, "goto");
  }
  auto Call = callAt(File, Name);
  if (!Call)
    return std::nullopt;
  S.Close = Call->Close;
  // The parts between the colons; :: is two of them.
  std::vector<TokenRange> Parts(1, {Call->Open + 1, Call->Open + 1});
  const bool InDirective = File.tokens()[Keyword].InDirective;
  for (size_t I = Call->Open + 1; I < Call->Close; ++I) {
    if (File.tokens()[I].InDirective != InDirective) {
      S.Constant = false;
    } else if (File.is(I, "(") || File.is(I, "[") || File.is(I, "{")) {
      I = std::min(File.Source.matching(I), Call->Close - 1);
    } else if (File.is(I, ":") || File.is(I, "::")) {
      for (size_t Colon = 0; Colon < File.text(I).size(); ++Colon)
        Parts.push_back({I + 1, I + 1});
      continue;
    }
    Parts.back().Last = I + 1;
  }
  S.Text = stringOf(File, Parts.front(), InDirective, S.Constant);
  for (size_t P = 1; P < Parts.size() && P < 3; ++P)
    for (TokenRange Tokens : splitAtCommas(File, Parts[P])) {
      auto O = operandOf(File, Tokens);
      if (!O) // operands that a macro brings
        S.Constant = false;
      else
        (P == 1 ? S.Outputs : S.Inputs).push_back(std::move(*O));
    }
  if (Parts.size() > 3)
    for (TokenRange Tokens : splitAtCommas(File, Parts[3]))
      S.Clobbers.push_back(stringOf(File, Tokens, InDirective, S.Constant));
  return S;
}
