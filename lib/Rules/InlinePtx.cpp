// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Inline assembly in PTX. HIP's compilers pass it on to the assembler of another machine, which refuses it late or not at
// all, so each statement is for a person.
//
//   Seen: asm volatile("mov.u32 %0, %%laneid;" : "=r"(lane));

#include "Rules/Calls.h"

#include "llvm/ADT/StringExtras.h"

using namespace cuport;

/// The first instruction of the text, "mov.u32"; empty where it does not read as PTX.
static std::string firstInstruction(llvm::StringRef Text) {
  std::string Clean;
  for (size_t I = 0; I < Text.size(); ++I) {
    if (Text[I] == '\\' && I + 1 < Text.size()) {
      ++I;
      Clean += ' ';
    } else {
      Clean += Text[I];
    }
  }
  llvm::SmallVector<llvm::StringRef> Statements;
  llvm::StringRef(Clean).split(Statements, ';');
  for (llvm::StringRef S : Statements) {
    S = S.ltrim(" \t\n\r{}\"");
    if (S.starts_with(".")) // .reg and its kin declare
      continue;
    if (S.starts_with("@")) // a predicate
      S = S.drop_while([](char C) { return !llvm::isSpace(C); }).ltrim();
    llvm::StringRef Word = S.take_while([](char C) { return llvm::isAlnum(C) || C == '.' || C == '_' || C == ':'; });
    if (!Word.empty() && llvm::isAlpha(Word[0]))
      return Word.str();
  }
  return "";
}

/// x86's assembly in host code has no dots in its mnemonics and no %% registers of PTX's names.
static bool isPtx(llvm::StringRef Text, llvm::StringRef Instruction) {
  static constexpr llvm::StringLiteral Plain[] = {"trap", "exit", "brkpt", "membar", "ret"};
  for (llvm::StringRef Word : Plain)
    if (Instruction == Word)
      return true;
  static constexpr llvm::StringLiteral Registers[] = {"%laneid", "%warpid", "%smid", "%lanemask", "%clock",
                                                      "%globaltimer", "%tid", "%ctaid", ".reg ", ".pred"};
  for (llvm::StringRef R : Registers)
    if (Text.contains(R))
      return true;
  return Instruction.contains('.') && !Instruction.ends_with(".");
}

namespace cuport {
void runInlinePtx(const FileView &File, std::vector<Finding> &Findings) {
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    const Token &T = File.tokens()[I];
    if (T.What != Token::Identifier || (!File.is(I, "asm") && !File.is(I, "__asm__") && !File.is(I, "__asm")))
      continue;
    size_t Name = I;
    while (File.is(Name + 1, "volatile") || File.is(Name + 1, "__volatile__") || File.is(Name + 1, "__volatile"))
      ++Name;
    auto Call = callAt(File, Name);
    if (!Call)
      continue;
    std::string Text;
    for (size_t J = Call->Open + 1; J < Call->Close; ++J) {
      if (File.tokens()[J].What == Token::String)
        Text += File.text(J).drop_front().drop_back();
      else if (File.is(J, ":") || File.is(J, "::"))
        break;
      else
        Text += ' ';
    }
    std::string Instruction = firstInstruction(Text);
    if (!isPtx(Text, Instruction))
      continue;
    uint32_t End = File.tokens()[Call->Close].end();
    Finding F = File.finding("inline-ptx", T.Offset, End - T.Offset, Verdict::Review,
                             File.lexicalConfidence(T.Offset) == Confidence::Inactive ? Confidence::Inactive
                                                                                      : Confidence::Resolved);
    F.Name = Instruction.empty() ? "asm" : Instruction;
    F.Message = "inline PTX ('" + F.Name + "') is not for HIP's compilers; write it with HIP's device functions";
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
