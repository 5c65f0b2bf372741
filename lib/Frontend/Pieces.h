// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A text's tokens as they are before macros, for rules about spelling.

#ifndef CUPORT_FRONTEND_PIECES_H
#define CUPORT_FRONTEND_PIECES_H

#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"

#include <cstdint>
#include <vector>

namespace cuport {

struct Piece {
  clang::tok::TokenKind Kind;
  uint32_t Offset, Length;
  uint32_t end() const { return Offset + Length; }
};

enum class Launches { Brackets, Shifts }; ///< what `<<<` is

/// The last one is eof.
inline std::vector<Piece> piecesOf(llvm::StringRef Text, Launches As) {
  clang::LangOptions Lang;
  Lang.CPlusPlus = Lang.CPlusPlus11 = Lang.LineComment = Lang.RawStringLiterals = true;
  Lang.CUDA = As == Launches::Brackets;
  clang::Lexer Raw(clang::SourceLocation(), Lang, Text.begin(), Text.begin(), Text.end());
  std::vector<Piece> Pieces;
  clang::Token T;
  do {
    Raw.LexFromRawLexer(T);
    Pieces.push_back({T.getKind(), Raw.getCurrentBufferOffset() - T.getLength(), T.getLength()});
  } while (T.isNot(clang::tok::eof));
  return Pieces;
}

} // namespace cuport

#endif
