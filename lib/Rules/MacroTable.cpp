// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/MacroTable.h"

using namespace cuport;

void MacroTable::add(const SourceFile &File) {
  llvm::ArrayRef<Token> Tokens = File.tokens();
  for (const Directive &D : File.directives()) {
    if (D.Name != "define" || D.Last < D.First + 3)
      continue;
    const Token &Name = Tokens[D.First + 2];
    if (Name.What != Token::Identifier)
      continue;
    for (uint32_t I = D.First + 3; I + 1 < D.Last; ++I)
      if (Tokens[I].What == Token::Identifier && File.is(Tokens[I + 1], "##")) {
        Prefixes.try_emplace(File.textOf(Name).str(), File.textOf(Tokens[I]).str());
        break;
      }
    // A parenthesis that touches the name makes it function-like.
    if (D.Last > D.First + 3 && Tokens[D.First + 3].Offset == Name.end() &&
        File.is(Tokens[D.First + 3], "("))
      continue;
    std::string Body;
    for (uint32_t I = D.First + 3; I < D.Last; ++I) {
      if (!Body.empty())
        Body += ' ';
      Body += File.textOf(Tokens[I]);
    }
    auto [It, New] = Bodies.try_emplace(File.textOf(Name).str(), Body);
    if (!New && It->second != Body)
      Differs[It->first] = true;
  }
}

llvm::StringRef MacroTable::bodyOf(llvm::StringRef Name) const {
  auto It = Bodies.find(std::string_view(Name));
  if (It == Bodies.end() || Differs.contains(std::string_view(Name)))
    return "";
  return It->second;
}

std::optional<llvm::StringRef> MacroTable::pastedPrefix(llvm::StringRef Name) const {
  auto It = Prefixes.find(std::string_view(Name));
  if (It == Prefixes.end())
    return std::nullopt;
  return llvm::StringRef(It->second);
}
