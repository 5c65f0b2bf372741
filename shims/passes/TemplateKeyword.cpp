// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TemplateKeyword.h"
#include "Frontend/Pieces.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using cuport::Piece;
using llvm::StringRef;
namespace tok = clang::tok;

namespace {

class Finder {
public:
  explicit Finder(StringRef Text) : Text(Text), Pieces(cuport::piecesOf(Text, cuport::Launches::Shifts)) { findParameters(); }

  /// Where the word is to stand.
  std::vector<size_t> run() const {
    std::vector<size_t> Places;
    for (size_t I = 1; I + 4 < Pieces.size(); ++I)
      if (is(I, tok::greater) && is(I + 1, tok::coloncolon) && is(I + 2, tok::raw_identifier) && isCall(I + 2) &&
          isDependent(I))
        Places.push_back(Pieces[I + 2].Offset);
    return Places;
  }

private:
  bool is(size_t I, tok::TokenKind Kind) const { return Pieces[I].Kind == Kind; }
  StringRef text(size_t I) const { return Text.substr(Pieces[I].Offset, Pieces[I].Length); }

  /// What the file's templates call their parameters.
  void findParameters() {
    for (size_t I = 0; I + 1 < Pieces.size(); ++I) {
      if (!is(I, tok::raw_identifier) || text(I) != "template" || !is(I + 1, tok::less))
        continue;
      unsigned Depth = 1;
      for (size_t At = I + 2; Depth && At + 1 < Pieces.size() && !is(At, tok::semi); ++At) {
        Depth += is(At, tok::less);
        Depth -= is(At, tok::greater);
        if (Depth == 1 && is(At, tok::raw_identifier) &&
            (is(At + 1, tok::comma) || is(At + 1, tok::greater) || is(At + 1, tok::equal)))
          Parameters.insert(text(At));
      }
    }
  }

  /// name<a, b>( in one piece, with nothing in the brackets that has no business among a template's arguments.
  bool isCall(size_t Name) const {
    if (!is(Name + 1, tok::less) || Pieces[Name + 1].Offset != Pieces[Name].end())
      return false;
    unsigned Depth = 0;
    for (size_t I = Name + 1; I + 1 < Pieces.size(); ++I)
      switch (Pieces[I].Kind) {
      case tok::less:
        ++Depth;
        break;
      case tok::greater:
        if (--Depth == 0)
          return is(I + 1, tok::l_paren) && Pieces[I + 1].Offset == Pieces[I].end();
        break;
      case tok::raw_identifier:
      case tok::numeric_constant:
      case tok::coloncolon:
      case tok::comma:
      case tok::l_paren:
      case tok::r_paren:
      case tok::plus:
      case tok::minus:
      case tok::star:
      case tok::slash:
        break;
      default:
        return false;
      }
    return false;
  }

  /// Whether what Close ends is a template's instance with a parameter among its arguments, where an expression begins.
  bool isDependent(size_t Close) const {
    unsigned Depth = 1;
    bool Dependent = false;
    size_t I = Close;
    while (Depth && I > 1) {
      --I;
      if (is(I, tok::semi) || is(I, tok::l_brace) || is(I, tok::r_brace))
        return false;
      Depth += is(I, tok::greater);
      Depth -= is(I, tok::less);
      Dependent |= is(I, tok::raw_identifier) && Parameters.contains(text(I));
    }
    if (Depth || !Dependent || !is(I - 1, tok::raw_identifier))
      return false;
    for (I -= 1; I > 2 && is(I - 1, tok::coloncolon) && is(I - 2, tok::raw_identifier);)
      I -= 2;
    return I > 0 && mayPrecedeExpression(I - 1);
  }

  /// Not so a type: what follows it is declared.
  bool mayPrecedeExpression(size_t I) const {
    switch (Pieces[I].Kind) {
    case tok::raw_identifier:
      return text(I) == "return" || text(I) == "else";
    case tok::semi:
    case tok::l_brace:
    case tok::r_brace:
    case tok::l_paren:
    case tok::r_paren:
    case tok::comma:
    case tok::equal:
    case tok::plus:
    case tok::minus:
    case tok::slash:
    case tok::plusequal:
    case tok::question:
    case tok::colon:
      return true;
    default:
      return false;
    }
  }

  StringRef Text;
  std::vector<Piece> Pieces;
  llvm::StringSet<> Parameters;
};

} // namespace

/// Whether one may be there: far cheaper than to look for tokens.
static bool mayLackKeyword(StringRef Text) {
  for (size_t At = Text.find(">::"); At != StringRef::npos; At = Text.find(">::", At + 1)) {
    const StringRef Rest = Text.substr(At + 3);
    const size_t Length = Rest.find_if_not([](char C) { return llvm::isAlnum(C) || C == '_'; });
    if (Length != 0 && Length != StringRef::npos && Rest[Length] == '<')
      return true;
  }
  return false;
}

std::optional<std::string> cuport::addTemplateKeyword(StringRef Text) {
  if (!mayLackKeyword(Text))
    return std::nullopt;
  const std::vector<size_t> Places = Finder(Text).run();
  if (Places.empty())
    return std::nullopt;
  std::string With;
  size_t From = 0;
  for (size_t Place : Places) {
    With += Text.slice(From, Place).str() + "template ";
    From = Place;
  }
  return With + Text.substr(From).str();
}
