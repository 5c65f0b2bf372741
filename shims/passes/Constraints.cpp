// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// PTX's constraints, for clang, which compiles the device half for the host's processor and checks
// constraints as that one's.
//
//   asm("add.f32 %0, %1, %laneid;" : "=f"(x) : "f"(y))   ->   asm("add.f32 %0, %1, $laneid;" :
//   "=x"(x) : "x"(y))
//
// x is a register for floats on x86, w on ARM; what type an operand has, Ptx.cpp knows from its
// value. A register's name with one % is no operand's number, which clang refuses; with a $ it
// passes. Each file's text is changed as it is opened, in place and without a change of length, so
// that lines and columns stay; launches whose brackets are apart (Frontend/ApartLaunches.h) are
// joined by the way, in both halves, calls get the word `template` that nvcc does without
// (TemplateKeyword.h), macros for pragmas C++'s form (PragmaMacros.h), and casts to arrays of
// variable length the type of their variable (ArrayCasts.h); these three do change a line's length.

#include "ArrayCasts.h"
#include "Frontend/ApartLaunches.h"
#include "Frontend/OpenedFiles.h"
#include "MainType.h"
#include "PragmaMacros.h"
#include "Ptx/Parser.h"
#include "TemplateKeyword.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

using namespace cuport;

namespace {

class AsmText {
public:
  AsmText(std::string &Text, const LangOptions &Options, const llvm::Triple &Host)
      : Text(Text), Options(Options), Arm(Host.isAArch64()) {}

  /// True where something was changed.
  bool rewrite() {
    const std::string Source = Text;
    Lexer Raw(SourceLocation(), Options, Source.data(), Source.data(),
              Source.data() + Source.size());
    Token T;
    while (!next(Raw, T))
      if (T.is(tok::raw_identifier)) {
        llvm::StringRef Word = T.getRawIdentifier();
        if (Word == "asm" || Word == "__asm__" || Word == "__asm")
          statement(Raw, Source);
      }
    return Text != Source;
  }

private:
  struct Piece {
    size_t Offset, Length;
  };
  bool next(Lexer &Raw, Token &T) { return Raw.LexFromRawLexer(T); }

  void statement(Lexer &Raw, llvm::StringRef Source) {
    Token T;
    do
      if (next(Raw, T))
        return;
    while (T.is(tok::raw_identifier)); // volatile, goto
    if (T.isNot(tok::l_paren))
      return;
    llvm::SmallVector<Piece> Template, Strings;
    std::string Whole;
    bool Macros = false, Behind = false;
    unsigned Depth = 1;
    Piece Last{0, 0};
    while (Depth && !next(Raw, T)) {
      const Piece Here{size_t(Raw.getBufferLocation() - Source.data()) - T.getLength(),
                       T.getLength()};
      if (T.is(tok::l_paren) && Depth++ == 1 && Behind && Last.Length)
        Strings.push_back(Last);
      else if (T.is(tok::r_paren))
        --Depth;
      else if (Depth == 1 && (T.is(tok::colon) || T.is(tok::coloncolon)))
        Behind = true;
      Last = T.is(tok::string_literal) && Depth == 1 ? Here : Piece{0, 0};
      if (Behind || Depth != 1)
        continue;
      Macros |= T.is(tok::raw_identifier);
      if (T.is(tok::string_literal)) {
        Template.push_back(Here);
        Whole += Source.substr(Here.Offset, Here.Length);
      }
    }
    if (Depth || !Behind || !(Macros || ptx::mentionsType(Whole)))
      return;
    for (Piece P : Strings)
      constraint(P);
    for (Piece P : Template)
      percents(P);
  }

  void constraint(Piece P) {
    for (size_t I = P.Offset; I < P.Offset + P.Length; ++I)
      switch (Text[I]) {
      case 'f':
      case 'd':
        Text[I] = Arm ? 'w' : 'x';
        break;
      case 'h':
        Text[I] = 'r';
        break;
      case 'l':
        Text[I] = Arm ? 'r' : 'l';
        break;
      }
  }

  /// %laneid, but not %0, %%laneid, %[name] and %=.
  void percents(Piece P) {
    for (size_t I = P.Offset; I + 1 < P.Offset + P.Length; ++I)
      if (Text[I] == '%' && Text[I + 1] == '%')
        ++I;
      else if (Text[I] == '%' && llvm::isAlpha(Text[I + 1]))
        Text[I] = '$';
  }

  std::string &Text;
  const LangOptions &Options;
  bool Arm;
};

std::optional<std::string> changed(const CompilerInstance &Compiler, StringRef Source) {
  std::optional<std::string> Text = joinLaunches(Source);
  if (auto With = addTemplateKeyword(Text ? StringRef(*Text) : Source))
    Text = std::move(With);
  if (auto Spelled = spellPragmaMacros(Text ? StringRef(*Text) : Source))
    Text = std::move(Spelled);
  if (auto Cast = castToAssigned(Text ? StringRef(*Text) : Source))
    Text = std::move(Cast);
  if (auto Typed = addMainType(Text ? StringRef(*Text) : Source))
    Text = std::move(Typed);
  if (!Compiler.getLangOpts().CUDAIsDevice || !Source.contains("asm"))
    return Text;
  std::string Asm = Text ? *Text : Source.str();
  if (AsmText(Asm, Compiler.getLangOpts(), Compiler.getTarget().getTriple()).rewrite())
    Text = std::move(Asm);
  return Text;
}

class ConstraintsAction : public PluginASTAction {
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler,
                                                 llvm::StringRef) override {
    if (Compiler.getLangOpts().CUDA)
      changeOpenedFiles(
          Compiler, [&](llvm::StringRef Text) { return changed(Compiler, Text); },
          /*UsersOnly=*/false);
    return std::make_unique<ASTConsumer>();
  }
  bool ParseArgs(const CompilerInstance &, const std::vector<std::string> &) override {
    return true;
  }
  ActionType getActionType() override { return AddBeforeMainAction; }
};

} // namespace

static FrontendPluginRegistry::Add<ConstraintsAction>
    Register("cuport-text", "reads PTX's constraints as the host's, and launches that are apart");
