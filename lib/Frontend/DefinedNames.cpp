// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/DefinedNames.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;
using llvm::StringRef;

/// Words that stand before a name which they do not declare, or declare without defining it.
static bool isNoType(StringRef Word) {
  static constexpr llvm::StringLiteral Words[] = {"case",   "class",    "co_return", "co_yield", "delete",  "do",     "else",
                                                  "enum",   "explicit", "goto",      "namespace", "new",    "operator", "return",
                                                  "sizeof", "struct",   "throw",     "typename", "union",   "using"};
  return llvm::is_contained(Words, Word);
}

namespace {
class Definitions {
public:
  explicit Definitions(const SourceFile &File) : File(File), Tokens(File.tokens()) {}

  /// Whether the identifier Index is defined here; it is no macro.
  bool define(size_t Index) const {
    if (Index == 0 || Index + 1 >= Tokens.size())
      return false;
    if (is(Index - 1, "struct") || is(Index - 1, "class") || is(Index - 1, "union") || is(Index - 1, "enum"))
      return is(Index + 1, "{") || is(Index + 1, ":");
    if (is(Index - 1, "using"))
      return is(Index + 1, "=");
    if (is(Index - 1, "*") && is(Index + 1, ")"))
      return isTypedef(Index);
    size_t Type = Index - 1;
    while (Type > 0 && (is(Type, "*") || is(Type, "&") || is(Type, "const") || is(Type, "__restrict__")))
      --Type;
    if (Tokens[Type].What != Token::Identifier || isNoType(text(Type)))
      return false;
    if (is(Index + 1, "("))
      return hasBody(Index + 1);
    // Whether x * y, z is a product tokens do not tell.
    if (Type + 1 < Index)
      return is(Index + 1, "=");
    return llvm::any_of(llvm::ArrayRef<llvm::StringLiteral>{"=", ";", ",", ")", "[", "{"},
                        [&](StringRef Behind) { return is(Index + 1, Behind); });
  }

private:
  StringRef text(size_t Index) const { return File.textOf(Tokens[Index]); }
  bool is(size_t Index, StringRef Spelling) const { return Index < Tokens.size() && text(Index) == Spelling; }

  /// Whether the statement that Index stands in is a typedef.
  bool isTypedef(size_t Index) const {
    while (Index > 0 && !is(Index, ";") && !is(Index, "{") && !is(Index, "}") && !Tokens[Index].InDirective)
      if (is(--Index, "typedef"))
        return true;
    return false;
  }

  /// Whether parameters open at Open, and a body follows them.
  bool hasBody(size_t Open) const {
    size_t I = File.matching(Open) + 1;
    while (is(I, "const") || is(I, "noexcept") || is(I, "override"))
      ++I;
    return is(I, "{");
  }

  const SourceFile &File;
  llvm::ArrayRef<Token> Tokens;
};
} // namespace

std::vector<StringRef> cuport::definedNames(const SourceFile &File, llvm::function_ref<bool(StringRef)> IsWanted) {
  std::vector<StringRef> Names;
  llvm::ArrayRef<Token> Tokens = File.tokens();
  for (const Directive &D : File.directives())
    if (D.Name == "define" && D.Last > D.First + 3 && Tokens[D.First + 2].What == Token::Identifier)
      if (StringRef Name = File.textOf(Tokens[D.First + 2]); IsWanted(Name))
        Names.push_back(Name);
  const Definitions Of(File);
  for (size_t I = 0; I < Tokens.size(); ++I)
    if (Tokens[I].What == Token::Identifier && !Tokens[I].InDirective && IsWanted(File.textOf(Tokens[I])) && Of.define(I))
      Names.push_back(File.textOf(Tokens[I]));
  return Names;
}
