// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One file of the user as text and raw tokens: every line, whatever branch of whatever #if it stands in.
//
//   bytes  --raw lexer-->  Token[] + Directive[]  (comments dropped, nothing expanded)
//
// Knows no clang type, so that rules read tokens without paying for clang's headers.

#ifndef CUPORT_FRONTEND_SOURCEFILE_H
#define CUPORT_FRONTEND_SOURCEFILE_H

#include "Basic/Finding.h"
#include "Frontend/ApartLaunches.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>
#include <vector>

namespace cuport {

/// The bytes at Text's begin that are ends of lines behind a backslash: clang's lexer counts them to the token that stands first on
/// the next line.
size_t escapedLineEnds(llvm::StringRef Text);

struct Token {
  enum Kind : uint8_t {
    Identifier, ///< keywords too
    Number,
    String,    ///< with its quotes and prefix; raw strings too
    Character, ///< 'x'
    Header,    ///< <name> or "name" of an include directive
    Punctuator,
  };
  uint32_t Offset = 0;
  uint32_t Length = 0;
  Kind What = Punctuator;
  bool InDirective = false; ///< on a line that begins with #, backslash continuations included

  uint32_t end() const { return Offset + Length; }
};

/// A preprocessor line. Its tokens, # and name included, are tokens()[First, Last).
struct Directive {
  llvm::StringRef Name; ///< "include", "define", "if" ...; empty for a lone #
  uint32_t First = 0;
  uint32_t Last = 0;
};

class SourceFile {
public:
  /// Reads and lexes. Errors: cannot be read, larger than 256 MiB, or not text (NUL bytes in the first 8 KiB).
  static llvm::Expected<std::unique_ptr<SourceFile>> read(llvm::StringRef Path, llvm::StringRef DisplayPath);

  /// Lexes Text under a name; for tests and for text that is not on disk.
  static std::unique_ptr<SourceFile> fromText(llvm::StringRef DisplayPath, llvm::StringRef Text);

  /// The path as messages print it.
  llvm::StringRef path() const { return Path; }
  llvm::StringRef text() const { return Buffer->getBuffer(); }
  llvm::ArrayRef<Token> tokens() const { return Tokens; }
  llvm::ArrayRef<Directive> directives() const { return Directives; }
  unsigned lineCount() const { return LineStarts.size(); }

  /// Where the token ends in the text: end(), but for brackets of launches that stand apart there (ApartLaunches.h).
  uint32_t endOf(const Token &T) const;

  llvm::StringRef textOf(const Token &T) const { return code().substr(T.Offset, T.Length); }
  bool is(const Token &T, llvm::StringRef Spelling) const { return textOf(T) == Spelling; }

  /// Line and column of Offset, which is at most the text's size.
  Place placeOf(uint32_t Offset, uint32_t Length) const;
  /// The offset at which a line starts; lines count from 1.
  uint32_t lineStart(unsigned Line) const { return LineStarts[Line - 1]; }

  /// Index of the first token at or after Offset.
  size_t tokenAt(uint32_t Offset) const;
  /// The directive that owns token Index, or null.
  const Directive *directiveOf(size_t Index) const;

  /// Index of the bracket that closes the one at Open, or tokens().size(). Only () [] {} count, and a directive's
  /// tokens match within the directive only.
  size_t matching(size_t Open) const;

private:
  SourceFile(std::string Path, std::unique_ptr<llvm::MemoryBuffer> Buffer);
  void lex();
  llvm::StringRef code() const { return Apart.empty() ? text() : llvm::StringRef(Joined); }

  std::string Path;
  std::unique_ptr<llvm::MemoryBuffer> Buffer;
  std::vector<ApartBracket> Apart;
  std::string Joined; ///< the text with these in one piece, if there are any
  std::vector<Token> Tokens;
  std::vector<Directive> Directives;
  std::vector<uint32_t> LineStarts;
};

} // namespace cuport

#endif
