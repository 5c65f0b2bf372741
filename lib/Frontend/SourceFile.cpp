// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/SourceFile.h"

#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <optional>

using namespace cuport;

static constexpr uint64_t MaxFileSize = 256u << 20;

SourceFile::SourceFile(std::string Path, std::unique_ptr<llvm::MemoryBuffer> Buffer)
    : Path(std::move(Path)), Buffer(std::move(Buffer)), Apart(apartBrackets(text())) {
  if (!Apart.empty())
    Joined = withJoined(text(), Apart);
  lex();
}

llvm::Expected<std::unique_ptr<SourceFile>> SourceFile::read(llvm::StringRef Path,
                                                             llvm::StringRef DisplayPath) {
  auto Fail = [&](const llvm::Twine &Text, std::errc Code) {
    return llvm::createStringError(std::make_error_code(Code), DisplayPath + ": " + Text);
  };
  llvm::sys::fs::file_status Status;
  if (std::error_code EC = llvm::sys::fs::status(Path, Status))
    return Fail(EC.message(), std::errc::no_such_file_or_directory);
  if (Status.type() != llvm::sys::fs::file_type::regular_file)
    return Fail("is no regular file", std::errc::invalid_argument);
  if (Status.getSize() > MaxFileSize)
    return Fail("is larger than 256 MiB", std::errc::file_too_large);
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/true,
                                            /*IsVolatile=*/false);
  if (!Buffer)
    return Fail(Buffer.getError().message(), std::errc::io_error);
  if ((*Buffer)->getBuffer().take_front(8192).contains('\0'))
    return Fail("is binary, not text", std::errc::invalid_argument);
  return std::unique_ptr<SourceFile>(new SourceFile(DisplayPath.str(), std::move(*Buffer)));
}

std::unique_ptr<SourceFile> SourceFile::fromText(llvm::StringRef DisplayPath, llvm::StringRef Text) {
  return std::unique_ptr<SourceFile>(new SourceFile(
      DisplayPath.str(), llvm::MemoryBuffer::getMemBufferCopy(Text, DisplayPath)));
}

size_t cuport::escapedLineEnds(llvm::StringRef Text) {
  llvm::StringRef Rest = Text;
  for (llvm::StringRef Next = Rest; Next.consume_front("\\");) {
    Next = Next.ltrim(" \t\f\v\r");
    if (!Next.consume_front("\n"))
      break;
    Rest = Next;
  }
  return Text.size() - Rest.size();
}

static Token::Kind kindOf(const clang::Token &T) {
  if (T.is(clang::tok::raw_identifier))
    return Token::Identifier;
  if (T.is(clang::tok::header_name))
    return Token::Header;
  if (clang::tok::isStringLiteral(T.getKind()))
    return Token::String;
  if (T.is(clang::tok::numeric_constant))
    return Token::Number;
  if (clang::tok::isLiteral(T.getKind()))
    return Token::Character;
  return Token::Punctuator;
}

void SourceFile::lex() {
  llvm::StringRef Text = code();
  LineStarts.push_back(0);
  for (size_t At = Text.find('\n'); At != llvm::StringRef::npos; At = Text.find('\n', At + 1))
    if (At + 1 < Text.size())
      LineStarts.push_back(At + 1);

  clang::LangOptions Lang;
  Lang.CPlusPlus = Lang.CPlusPlus11 = Lang.CPlusPlus14 = Lang.CPlusPlus17 = true;
  Lang.CUDA = true;
  Lang.LineComment = true;
  Lang.RawStringLiterals = true;
  clang::Lexer Raw(clang::SourceLocation(), Lang, Text.begin(), Text.begin(), Text.end());
  Raw.SetKeepWhitespaceMode(false);

  clang::Token T;
  std::optional<Directive> Open;
  bool WantHeader = false;
  auto Close = [&] {
    if (!Open)
      return;
    Open->Last = Tokens.size();
    Directives.push_back(*Open);
    Open.reset();
  };
  for (;;) {
    bool AtEnd = Raw.LexFromRawLexer(T);
    if (T.is(clang::tok::eof))
      break;
    uint32_t Length = T.getLength();
    uint32_t Offset = Raw.getCurrentBufferOffset() - Length;
    const size_t Before = escapedLineEnds(Text.substr(Offset, Length));
    Offset += Before;
    Length -= Before;
    if (T.isAtStartOfLine()) {
      Close();
      if (T.is(clang::tok::hash)) {
        Open.emplace();
        Open->First = Tokens.size();
      }
    }
    Token Mine{Offset, Length, kindOf(T), Open.has_value()};
    if (Open && Tokens.size() == Open->First + 1 && Mine.What == Token::Identifier) {
      Open->Name = textOf(Mine);
      WantHeader = Open->Name == "include" || Open->Name == "include_next" || Open->Name == "import";
    } else if (WantHeader) {
      // The raw lexer does not know that <a/b.h> is one name here.
      WantHeader = false;
      if (T.is(clang::tok::less)) {
        size_t Close = Text.find_first_of(">\n", Offset);
        if (Close != llvm::StringRef::npos && Text[Close] == '>') {
          Mine.Length = Close + 1 - Offset;
          Mine.What = Token::Header;
          Raw.seek(Close + 1, /*IsAtStartOfLine=*/false);
          AtEnd = Close + 1 >= Text.size();
        }
      } else if (Mine.What == Token::String) {
        Mine.What = Token::Header;
      }
    }
    Tokens.push_back(Mine);
    if (AtEnd)
      break;
  }
  Close();
}

Place SourceFile::placeOf(uint32_t Offset, uint32_t Length) const {
  auto Line = llvm::upper_bound(LineStarts, Offset) - LineStarts.begin();
  return Place{Path, static_cast<unsigned>(Line), Offset - LineStarts[Line - 1] + 1, Offset, Length};
}

uint32_t SourceFile::endOf(const Token &T) const {
  auto It = llvm::lower_bound(Apart, T.Offset, [](const ApartBracket &B, uint32_t Offset) { return B.Offset < Offset; });
  return It != Apart.end() && It->Offset == T.Offset ? It->Offset + It->Length : T.end();
}

size_t SourceFile::tokenAt(uint32_t Offset) const {
  return llvm::lower_bound(Tokens, Offset, [](const Token &T, uint32_t O) { return T.Offset < O; }) -
         Tokens.begin();
}

const Directive *SourceFile::directiveOf(size_t Index) const {
  auto It = llvm::upper_bound(Directives, Index,
                              [](size_t I, const Directive &D) { return I < D.First; });
  if (It == Directives.begin())
    return nullptr;
  --It;
  return Index < It->Last ? &*It : nullptr;
}

size_t SourceFile::matching(size_t Open) const {
  bool InDirective = Tokens[Open].InDirective;
  const Directive *Home = InDirective ? directiveOf(Open) : nullptr;
  size_t End = Home ? Home->Last : Tokens.size();
  unsigned Depth = 0;
  for (size_t I = Open; I < End; ++I) {
    const Token &T = Tokens[I];
    if (T.What != Token::Punctuator || T.InDirective != InDirective || T.Length != 1)
      continue;
    switch (text()[T.Offset]) {
    case '(':
    case '[':
    case '{':
      ++Depth;
      break;
    case ')':
    case ']':
    case '}':
      if (--Depth == 0)
        return I;
      break;
    default:
      break;
    }
  }
  return Tokens.size();
}
