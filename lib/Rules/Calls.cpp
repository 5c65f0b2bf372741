// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/Calls.h"

using namespace cuport;

size_t cuport::afterTemplateArguments(const FileView &File, size_t Less, size_t Limit) {
  if (Less == 0 || File.tokens()[Less - 1].What != Token::Identifier)
    return Less;
  int Depth = 0;
  for (size_t I = Less; I < Limit; ++I) {
    const Token &T = File.tokens()[I];
    if (T.What != Token::Punctuator)
      continue;
    llvm::StringRef Text = File.text(I);
    if (Text == "<") {
      ++Depth;
    } else if (Text == ">" || Text == ">>" || Text == ">>>") {
      Depth -= Text.size();
      if (Depth == 0)
        return I + 1;
      if (Depth < 0)
        return Less;
    } else if (Text == "(") {
      size_t Close = File.Source.matching(I);
      if (Close >= Limit)
        return Less;
      I = Close;
    } else if (Text != "," && Text != "::" && Text != "*" && Text != "&" && Text != "+" && Text != "-" &&
               Text != "/" && Text != "...") {
      return Less; // no template argument list has this
    }
  }
  return Less;
}

std::vector<TokenRange> cuport::splitAtCommas(const FileView &File, TokenRange Tokens) {
  std::vector<TokenRange> Parts;
  if (Tokens.empty())
    return Parts;
  // An #if may stand between the arguments: it is no argument, and neither is what the branches hold that no parse compiles.
  const Token &Before = File.tokens()[Tokens.First ? Tokens.First - 1 : 0];
  bool Branches = false;
  for (size_t I = Tokens.First; I < Tokens.Last; ++I)
    Branches |= File.tokens()[I].InDirective != Before.InDirective;
  auto IsPassed = [&](size_t I) {
    const Token &T = File.tokens()[I];
    return Branches && (T.InDirective != Before.InDirective || (File.lexicalConfidence(T.Offset) == Confidence::Inactive &&
                                                                File.lexicalConfidence(Before.Offset) != Confidence::Inactive));
  };
  std::optional<TokenRange> Part;
  for (size_t I = Tokens.First; I < Tokens.Last;) {
    llvm::StringRef Text = File.text(I);
    const size_t Begin = I;
    if (IsPassed(I)) {
      ++I;
      continue;
    }
    if (Text == ",") {
      Parts.push_back(Part.value_or(TokenRange{I, I}));
      Part.reset();
      ++I;
      continue;
    }
    if (Text == "(" || Text == "[" || Text == "{") {
      size_t Close = File.Source.matching(I);
      I = Close < Tokens.Last ? Close + 1 : Tokens.Last;
    } else if (Text == "<") {
      size_t After = afterTemplateArguments(File, I, Tokens.Last);
      I = After == I ? I + 1 : After;
    } else {
      ++I;
    }
    Part = TokenRange{Part ? Part->First : Begin, I};
  }
  Parts.push_back(Part.value_or(TokenRange{Tokens.Last, Tokens.Last}));
  return Parts;
}

std::optional<CallTokens> cuport::callAt(const FileView &File, size_t Name) {
  size_t Open = Name + 1;
  if (File.is(Open, "<"))
    Open = afterTemplateArguments(File, Open, File.tokens().size());
  if (!File.is(Open, "(") || File.tokens()[Open].InDirective != File.tokens()[Name].InDirective)
    return std::nullopt;
  size_t Close = File.Source.matching(Open);
  if (Close >= File.tokens().size())
    return std::nullopt;
  return CallTokens{Open, Close, splitAtCommas(File, {Open + 1, Close})};
}

llvm::StringRef cuport::textOf(const FileView &File, TokenRange Tokens) {
  if (Tokens.empty())
    return "";
  uint32_t Begin = File.tokens()[Tokens.First].Offset;
  return File.Source.text().slice(Begin, File.tokens()[Tokens.Last - 1].end());
}

void cuport::forEachCall(const FileView &File, llvm::function_ref<bool(const ApiRow &)> Wanted,
                         llvm::function_ref<void(size_t, const ApiRow &, const CallTokens &)> Each) {
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    if (File.tokens()[I].What != Token::Identifier)
      continue;
    const ApiRow *Row = File.Apis.find(File.text(I));
    if (!Row || !Wanted(*Row))
      continue;
    FileView::Owner Owner = File.ownerOfToken(I);
    if (Owner == FileView::Owner::User || Owner == FileView::Owner::Ambiguous)
      continue;
    if (auto Call = callAt(File, I))
      Each(I, *Row, *Call);
  }
}
