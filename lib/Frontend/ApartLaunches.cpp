// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/ApartLaunches.h"
#include "Frontend/Pieces.h"

using namespace cuport;
namespace tok = clang::tok;

/// Blanks of one line, at least one, from one place to another.
static bool onlyBlanks(llvm::StringRef Text, size_t From, size_t To) {
  return From < To && Text.slice(From, To).find_first_not_of(" \t") == llvm::StringRef::npos;
}

/// Whether something of the kind may be there: far cheaper than to look for tokens.
static bool mayHaveApart(llvm::StringRef Text) {
  for (llvm::StringRef Two : {"<<", ">>"})
    for (size_t At = Text.find(Two); At != llvm::StringRef::npos; At = Text.find(Two, At + 1)) {
      const size_t Next = Text.find_first_not_of(" \t", At + 2);
      if (Next != llvm::StringRef::npos && Next > At + 2 && Text[Next] == Two[0])
        return true;
    }
  return false;
}

namespace {
class Finder {
public:
  explicit Finder(llvm::StringRef Text) : Text(Text), Pieces(piecesOf(Text, Launches::Brackets)) {}

  std::vector<ApartBracket> run() {
    for (size_t I = 1; I + 1 < Pieces.size(); ++I) {
      const bool Whole = Pieces[I].Kind == tok::lesslessless, Apart = isApart(I, tok::lessless, tok::less);
      if ((!Whole && !Apart) || isOperator(Pieces[I - 1]))
        continue;
      const std::optional<size_t> Close = closeOf(I + 1 + Apart);
      if (!Close)
        continue;
      if (Apart)
        add(I);
      if (Pieces[*Close].Kind == tok::greatergreater)
        add(*Close);
      I = *Close;
    }
    return std::move(Found);
  }

private:
  bool isApart(size_t I, tok::TokenKind Two, tok::TokenKind One) const {
    return I + 1 < Pieces.size() && Pieces[I].Kind == Two && Pieces[I + 1].Kind == One &&
           onlyBlanks(Text, Pieces[I].end(), Pieces[I + 1].Offset);
  }

  bool isOperator(const Piece &P) const {
    return P.Kind == tok::raw_identifier && Text.substr(P.Offset, P.Length) == "operator";
  }

  /// The bracket that ends what begins at First: the next one that no parentheses are around, in the same statement.
  std::optional<size_t> closeOf(size_t First) const {
    int Depth = 0;
    for (size_t I = First; I < Pieces.size(); ++I)
      switch (Pieces[I].Kind) {
      case tok::l_paren:
      case tok::l_square:
      case tok::l_brace:
        ++Depth;
        break;
      case tok::r_paren:
      case tok::r_square:
      case tok::r_brace:
        if (--Depth < 0)
          return std::nullopt;
        break;
      case tok::semi:
        if (Depth == 0)
          return std::nullopt;
        break;
      case tok::greatergreatergreater:
        if (Depth == 0)
          return I;
        break;
      case tok::greatergreater:
        if (Depth == 0 && isApart(I, tok::greatergreater, tok::greater))
          return I;
        break;
      default:
        break;
      }
    return std::nullopt;
  }

  void add(size_t I) { Found.push_back({Pieces[I].Offset, Pieces[I + 1].end() - Pieces[I].Offset}); }

  llvm::StringRef Text;
  std::vector<Piece> Pieces;
  std::vector<ApartBracket> Found;
};
} // namespace

std::vector<ApartBracket> cuport::apartBrackets(llvm::StringRef Text) {
  if (!mayHaveApart(Text))
    return {};
  return Finder(Text).run();
}

std::string cuport::withJoined(llvm::StringRef Text, const std::vector<ApartBracket> &Brackets) {
  std::string Joined = Text.str();
  for (const ApartBracket &B : Brackets)
    Joined.replace(B.Offset, B.Length, std::string(3, Text[B.Offset]) + std::string(B.Length - 3, ' '));
  return Joined;
}

std::optional<std::string> cuport::joinLaunches(llvm::StringRef Text) {
  const std::vector<ApartBracket> Apart = apartBrackets(Text);
  return Apart.empty() ? std::nullopt : std::optional(withJoined(Text, Apart));
}
