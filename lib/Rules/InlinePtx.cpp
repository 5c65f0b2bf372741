// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Inline assembly in PTX. HIP's compilers pass it on to the assembler of another machine, which
// refuses it late or not at all, so each statement is one finding: what each instruction does, and
// what says the same in HIP.
//
// With --ptx=rewrite a statement whose instructions all have an exact counterpart becomes that.
//
//   Before: asm("bfe.u32 %0, %1, 4, 8;" : "=r"(d) : "r"(a));
//   After:  d = ((unsigned)a >> 4) & 255u;

#include "Knowledge/PtxTable.h"
#include "Ptx/HipWriter.h"
#include "Rules/AsmStatement.h"
#include "Rules/RowUse.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace cuport;
using llvm::StringRef;

/// Told in a message; a statement with more is told in part.
static constexpr size_t MaxTold = 4;

namespace {

/// One instruction or register of a statement, as a person is told of it.
struct Told {
  std::string Name;
  const PtxRow *Row = nullptr; ///< null: no row is about it
};

} // namespace

static void addRegisters(const ptx::Operand &O, std::vector<Told> &Into) {
  if (O.What == ptx::Operand::Special)
    Into.push_back({O.Text, matchPtx(O.Text)});
  for (const ptx::Operand &Element : O.Elements)
    addRegisters(Element, Into);
}

/// Each instruction and special register once, in the order of the text.
static std::vector<Told> toldOf(const ptx::Program &Program) {
  std::vector<Told> All, Once;
  for (const ptx::Instruction &I : Program.Instructions) {
    All.push_back({I.Name, matchPtx(I.Name)});
    for (const ptx::Operand &O : I.Operands)
      addRegisters(O, All);
  }
  for (Told &T : All)
    if (llvm::none_of(Once, [&](const Told &Other) { return Other.Name == T.Name; }))
      Once.push_back(std::move(T));
  return Once;
}

/// Assembly of the host's has no modifiers that are types, and none behind an opcode that a row is
/// about.
static bool isPtx(const ptx::Program &Program, llvm::ArrayRef<Told> All) {
  static constexpr llvm::StringLiteral Plain[] = {"trap", "exit", "brkpt", "ret", "bra"};
  return llvm::any_of(Program.Instructions,
                      [](const ptx::Instruction &I) { return I.type().has_value(); }) ||
         llvm::any_of(All, [](const Told &T) {
           StringRef Name = T.Name;
           return T.Row &&
                  (Name.starts_with("%") || Name.contains('.') || llvm::is_contained(Plain, Name));
         });
}

static Verdict verdictOf(const PtxRow *Row) {
  if (!Row)
    return Verdict::Unknown;
  switch (Row->Exactness) {
  case PtxExactness::Redesign:
    return Verdict::Redesign;
  case PtxExactness::None:
    return Verdict::Unsupported;
  default:
    return Verdict::Review;
  }
}

static const char *adviceFor(Verdict V) {
  switch (V) {
  case Verdict::Redesign:
    return "; redesign it together with the code around it";
  case Verdict::Unsupported:
    return "; find another way for this part";
  case Verdict::Unknown:
    return "; look it up in the PTX ISA and write it with HIP's device functions";
  default:
    return "; write it with HIP's device functions";
  }
}

/// "'lop3.b32' (bitwise function ...; exact: written out ...)"
static std::string tell(const Told &T) {
  std::string Text = "'" + T.Name + "' (";
  if (!T.Row)
    return Text + "unknown to cuport)";
  Text += T.Row->Meaning;
  Text += ";" + (T.Row->Exactness == PtxExactness::None
                     ? ""
                     : " " + ptxExactnessName(T.Row->Exactness).str());
  if (T.Row->Exactness == PtxExactness::None)
    Text += " has no counterpart in HIP";
  else if (!T.Row->Hip.empty())
    Text += ": " + T.Row->Hip.str();
  return Text + ")";
}

static constexpr Version FirstWithMasks{6, 2};

static bool includesHalves(const FileView &File) {
  return llvm::any_of(File.tokens(), [&](const Token &T) {
    return T.What == Token::Header && File.Source.textOf(T).contains("fp16");
  });
}

/// True where tokens may become others before they are compiled: in a macro's body, or by the name
/// of a macro.
static bool mayExpand(const FileView &File, TokenRange Tokens) {
  for (size_t I = Tokens.First; I < Tokens.Last; ++I) {
    const Token &T = File.tokens()[I];
    if (T.What == Token::Identifier &&
        (T.InDirective || !File.Macros.bodyOf(File.text(I)).empty() ||
         llvm::none_of(File.text(I), [](char C) { return llvm::isLower(C); })))
      return true;
  }
  return false;
}

/// The statement's operands as the writer wants them; nothing for constraints that it does not
/// know.
static std::optional<std::vector<ptx::HipOperand>> hipOperands(const FileView &File,
                                                               const AsmStatement &Statement) {
  std::vector<ptx::HipOperand> Operands;
  for (const auto *List : {&Statement.Outputs, &Statement.Inputs})
    for (const AsmOperand &O : *List) {
      ptx::HipOperand H;
      StringRef Constraint = O.Constraint;
      H.Written = List == &Statement.Outputs;
      H.Read = !H.Written || Constraint.contains('+');
      Constraint = Constraint.ltrim("=+&%");
      // "0" ties an input to an output.
      if (Constraint.size() != 1 || !StringRef("hrlfdn").contains(Constraint))
        return std::nullopt;
      H.Class = Constraint.front();
      H.Name = O.Name;
      // One line: what the operand is made of may stand on several.
      for (size_t I = O.Value.First; I < O.Value.Last; ++I) {
        const bool Apart =
            I > O.Value.First && File.tokens()[I - 1].end() != File.tokens()[I].Offset;
        H.Code += (Apart ? " " : "") + File.text(I).str();
      }
      // A macro, or a parameter of one, may stand for anything: as a whole, and evaluated once.
      if (mayExpand(File, O.Value))
        H.Code = "(" + H.Code + ")";
      Operands.push_back(std::move(H));
    }
  return Operands;
}

/// The statements as one: as they stand, or in a block; in a macro's body on one line.
static std::string joined(const ptx::HipCode &Code, StringRef Indent, bool OneLine,
                          bool TakesSemicolon) {
  const bool Plain =
      Code.Lines.size() == 1 && !Code.Block && !StringRef(Code.Lines.front()).starts_with("if ");
  if (Plain || Code.Lines.empty()) {
    StringRef Text = Code.Lines.empty() ? StringRef(TakesSemicolon ? ";" : "(void)0;")
                                        : StringRef(Code.Lines.front());
    return (TakesSemicolon ? Text : Text.drop_back()).str();
  }
  const std::string Break = OneLine ? " " : "\n" + Indent.str();
  std::string Text = TakesSemicolon ? "{" : "do {";
  for (const std::string &Line : Code.Lines)
    Text += Break + (OneLine ? "" : "  ") + Line;
  return Text + Break + (TakesSemicolon ? "}" : "} while (0)");
}

/// The statement in HIP; nothing where it has to stay.
static std::optional<ptx::HipCode> hipCode(const FileView &File, const AsmStatement &Statement,
                                           const ptx::Program &Program, llvm::ArrayRef<Told> All) {
  const bool Exact = llvm::all_of(All, [](const Told &T) {
    return T.Row &&
           (T.Row->Exactness == PtxExactness::Exact || T.Row->Exactness == PtxExactness::Guarded);
  });
  if (!Exact || !Statement.Constant || Statement.Goto)
    return std::nullopt;
  auto Operands = hipOperands(File, Statement);
  if (!Operands)
    return std::nullopt;
  auto Code =
      ptx::writeHip(Program, *Operands, {File.Options.Hip >= FirstWithMasks, includesHalves(File)});
  if (!Code) {
    llvm::consumeError(Code.takeError());
    return std::nullopt;
  }
  return std::move(*Code);
}

static void replace(const FileView &File, const AsmStatement &Statement, const ptx::HipCode &Code,
                    llvm::ArrayRef<Told> All, Finding &F) {
  const Token &Keyword = File.tokens()[Statement.Keyword];
  const bool TakesSemicolon = File.is(Statement.Close + 1, ";") &&
                              File.tokens()[Statement.Close + 1].InDirective == Keyword.InDirective;
  const uint32_t End = File.tokens()[Statement.Close + TakesSemicolon].end();
  const uint32_t Start = File.Source.lineStart(File.Source.placeOf(Keyword.Offset, 0).Line);
  const StringRef Indent =
      File.Source.text().substr(Start).take_while([](char C) { return C == ' ' || C == '\t'; });
  F.Edits.push_back({Keyword.Offset, End - Keyword.Offset,
                     joined(Code, Indent, Keyword.InDirective, TakesSemicolon)});
  F.Verdict = Verdict::Edit;
  F.Message = "inline PTX becomes HIP:";
  for (const Told &T : All.take_front(MaxTold))
    F.Message += (&T == &All.front() ? " '" : ", '") + T.Name + "' (" + T.Row->Meaning.str() + ")";
  for (const Told &T : All)
    for (const PtxRemark &R : T.Row->Remarks) {
      F.Verdict = Verdict::Review;
      F.Message += "; check '" + T.Name + "': " + R.Text.str();
    }
}

/// A card's own way to say it is a fact of none: what it takes of PTX is told, and what the statement does.
static void onCard(const Target &Card, llvm::ArrayRef<Told> All, Finding &F) {
  F.Name = All.empty() ? "asm" : All.front().Name;
  F.Message = "inline PTX, and " + supportText(Card, FactKey::InlinePtx);
  for (const Told &T : All.take_front(MaxTold))
    if (T.Row)
      F.Message += "; '" + T.Name + "': " + T.Row->Meaning.str();
}

namespace cuport {
void runInlinePtx(const FileView &File, std::vector<Finding> &Findings) {
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    if (File.tokens()[I].What != Token::Identifier)
      continue;
    auto Statement = asmStatementAt(File, I);
    if (!Statement)
      continue;
    std::vector<Told> All;
    std::string Broken;
    auto Program = ptx::parse(Statement->Text, ptx::Dialect::Source);
    if (Program)
      All = toldOf(*Program);
    else
      Broken = llvm::toString(Program.takeError());
    if (Broken.empty() ? !isPtx(*Program, All) : !ptx::mentionsType(Statement->Text))
      continue;
    const uint32_t Offset = File.tokens()[I].Offset;
    Finding F = File.finding(
        "inline-ptx", Offset, File.tokens()[Statement->Close].end() - Offset, Verdict::Review,
        File.lexicalConfidence(Offset) == Confidence::Inactive ? Confidence::Inactive
                                                               : Confidence::Resolved);
    if (File.Options.Card) {
      onCard(File.Options.Card->card(), All, F);
    } else if (!Broken.empty()) {
      F.Name = "asm";
      F.Verdict = Verdict::Unknown;
      F.Message = Statement->Constant ? "inline PTX that cannot be read (" + Broken +
                                            "); write it with HIP's device functions"
                                      : "inline PTX whose text is not known before macros are "
                                        "replaced; write it with HIP's device functions";
    } else if (auto Code = hipCode(File, *Statement, *Program, All);
               Code && File.Options.RewritePtx) {
      F.Name = All.front().Name;
      replace(File, *Statement, *Code, All, F);
    } else {
      // The name under which it is counted: the instruction that costs most.
      const Told *Hardest = &All.front();
      for (const Told &T : All)
        if (verdictOf(T.Row) > verdictOf(Hardest->Row))
          Hardest = &T;
      F.Name = Hardest->Name;
      F.Verdict = verdictOf(Hardest->Row);
      F.Message = "inline PTX is not for HIP's compilers: ";
      for (const Told &T : llvm::ArrayRef(All).take_front(MaxTold))
        F.Message += (&T == &All.front() ? "" : ", ") + tell(T);
      if (All.size() > MaxTold)
        F.Message += " and " + std::to_string(All.size() - MaxTold) + " more";
      F.Message += Code                        ? "; --ptx=rewrite writes it in HIP"
                   : ptx::carriesOver(*Program) ? "; the carry goes from statement to statement, which C++ has no way to say: join the statements in "
                                                  "one, which --ptx=rewrite writes in HIP"
                                                : adviceFor(F.Verdict);
    }
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
