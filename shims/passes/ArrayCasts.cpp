// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ArrayCasts.h"
#include "Frontend/Pieces.h"

using cuport::Piece;
using llvm::StringRef;
namespace tok = clang::tok;

namespace {

/// A cast's type, and the variable whose type it is to be.
struct Cast {
  size_t Begin, End;
  StringRef Variable;
};

class Finder {
public:
  explicit Finder(StringRef Text) : Text(Text), Pieces(cuport::piecesOf(Text, cuport::Launches::Shifts)) {}

  std::vector<Cast> run() const {
    std::vector<Cast> Casts;
    for (size_t I = 2; I + 1 < Pieces.size(); ++I) {
      const bool Named = is(I, tok::raw_identifier) && is(I + 1, tok::less) && text(I) == "reinterpret_cast";
      if (!is(I - 1, tok::equal) || !(Named || is(I, tok::l_paren)))
        continue;
      const size_t First = I + 1 + Named;
      const size_t Close = endOfType(First);
      if (!Close || !is(Close, Named ? tok::greater : tok::r_paren))
        continue;
      if (const StringRef Variable = assigned(I - 2); !Variable.empty())
        Casts.push_back({Pieces[First].Offset, Pieces[Close - 1].end(), Variable});
    }
    return Casts;
  }

private:
  bool is(size_t I, tok::TokenKind Kind) const { return I < Pieces.size() && Pieces[I].Kind == Kind; }
  StringRef text(size_t I) const { return Text.substr(Pieces[I].Offset, Pieces[I].Length); }

  /// What follows words, (*) and bounds of which one has a name in it; 0 where something else stands there.
  size_t endOfType(size_t I) const {
    const size_t First = I;
    while (is(I, tok::raw_identifier) || is(I, tok::coloncolon))
      ++I;
    if (I == First || !is(I, tok::l_paren) || !is(I + 1, tok::star) || !is(I + 2, tok::r_paren) || !is(I + 3, tok::l_square))
      return 0;
    bool Named = false;
    for (I += 3; is(I, tok::l_square); ++I)
      for (++I; !is(I, tok::r_square); ++I) {
        if (is(I, tok::eof) || is(I, tok::semi) || is(I, tok::l_square))
          return 0;
        Named |= is(I, tok::raw_identifier);
      }
    return Named ? I : 0;
  }

  /// The variable that ends there: a name by itself, or that of a declarator (*name)[n].
  StringRef assigned(size_t Last) const {
    size_t I = Last;
    while (I > 1 && is(I, tok::r_square)) {
      while (I > 0 && !is(I, tok::l_square))
        --I;
      --I;
    }
    if (I != Last)
      return I > 2 && is(I, tok::r_paren) && is(I - 1, tok::raw_identifier) && isDeclared(I - 1) ? text(I - 1) : StringRef();
    const bool Alone = I > 0 && (is(I - 1, tok::semi) || is(I - 1, tok::l_brace) || is(I - 1, tok::r_brace) || is(I - 1, tok::r_paren));
    return is(I, tok::raw_identifier) && Alone ? text(I) : StringRef();
  }

  /// Whether ( * and qualifiers stand before a name.
  bool isDeclared(size_t Name) const {
    size_t I = Name - 1;
    while (I > 1 && is(I, tok::raw_identifier))
      --I;
    return I > 0 && is(I, tok::star) && is(I - 1, tok::l_paren);
  }

  StringRef Text;
  std::vector<Piece> Pieces;
};

} // namespace

/// Whether one may be there: far cheaper than to look for tokens.
static bool mayCast(StringRef Text) {
  for (size_t At = Text.find("(*)"); At != StringRef::npos; At = Text.find("(*)", At + 1))
    if (Text.substr(At + 3).ltrim(" \t").starts_with("["))
      return true;
  return false;
}

std::optional<std::string> cuport::castToAssigned(StringRef Text) {
  if (!mayCast(Text))
    return std::nullopt;
  const std::vector<Cast> Casts = Finder(Text).run();
  if (Casts.empty())
    return std::nullopt;
  std::string With;
  size_t From = 0;
  for (const Cast &C : Casts) {
    With += Text.slice(From, C.Begin).str() + "__typeof__(" + C.Variable.str() + ")";
    With.append(Text.slice(C.Begin, C.End).count('\n'), '\n');
    From = C.End;
  }
  return With + Text.substr(From).str();
}
