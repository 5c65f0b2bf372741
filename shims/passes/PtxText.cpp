// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "PtxText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace cuport {

unsigned bitsOfPtxType(StringRef Type) {
  if (Type == "pred")
    return 1;
  StringRef Rest = Type;
  if (Rest.empty() || !StringRef("usbf").contains(Rest.front()))
    return 0;
  unsigned Bits = 0;
  if (Rest.drop_front().consumeInteger(10, Bits) || !is_contained({8u, 16u, 32u, 64u, 128u}, Bits))
    return 0;
  Rest = Type.drop_front(1 + utostr(Bits).size());
  return Rest.empty() ? Bits : 0;
}

StringRef PtxInstruction::type(unsigned Behind) const {
  for (StringRef Part : reverse(Parts))
    if (bitsOfPtxType(Part) && Behind-- == 0)
      return Part;
  return "";
}

/// LLVM's escapes and PTX's comments away.
static std::string plain(StringRef Text) {
  std::string Result;
  for (size_t I = 0; I < Text.size(); ++I) {
    const StringRef Rest = Text.substr(I);
    if (Rest.starts_with("$(") || Rest.starts_with("$)") || Rest.starts_with("$|") || Rest.starts_with("$$")) {
      const char Next = Text[++I];
      Result += Next == '(' ? '{' : Next == ')' ? '}' : Next;
    } else if (Rest.starts_with("${")) {
      // ${0:modifier}
      const size_t End = Text.find('}', I);
      Result += '$';
      Result += Text.slice(I + 2, End).split(':').first;
      I = End;
    } else if (Rest.starts_with("//")) {
      I = std::min(Text.find('\n', I), Text.size()) - 1;
    } else if (Rest.starts_with("/*")) {
      I = std::min(Text.find("*/", I), Text.size() - 2) + 1;
    } else {
      Result += isSpace(Text[I]) ? ' ' : Text[I];
    }
  }
  return Result;
}

/// Operands at the commas that stand in no brackets.
static void addOperands(PtxInstruction &Instruction, StringRef Text) {
  int Depth = 0;
  std::string Operand;
  auto finish = [&] {
    if (StringRef Trimmed = StringRef(Operand).trim(); !Trimmed.empty())
      Instruction.Operands.push_back(Trimmed.str());
    Operand.clear();
  };
  for (char C : Text) {
    Depth += C == '[' || C == '{' || C == '(';
    Depth -= C == ']' || C == '}' || C == ')';
    // The two results of setp and shfl.
    if (C == '|' || (C == ',' && Depth == 0))
      finish();
    else
      Operand += C;
  }
  finish();
}

std::vector<PtxInstruction> parsePtx(StringRef Text) {
  std::vector<PtxInstruction> Instructions;
  std::string All = plain(Text);
  SmallVector<StringRef> Statements;
  // A brace that opens or closes a scope stands where a statement begins; others are vectors.
  StringRef(All).split(Statements, ';');
  for (StringRef Statement : Statements) {
    Statement = Statement.trim(" {}");
    if (Statement.empty() || Statement.starts_with(".reg"))
      continue;
    // The closing brace of a vector was no scope's.
    const StringRef Whole = StringRef(All).substr(Statement.data() - All.data());
    if (Statement.count('{') > Statement.count('}') && Whole.size() > Statement.size())
      Statement = Whole.take_front(Statement.size() + 1);
    PtxInstruction &I = Instructions.emplace_back();
    if (Statement.consume_front("@")) {
      I.GuardNegated = Statement.consume_front("!");
      StringRef Guard;
      std::tie(Guard, Statement) = Statement.split(' ');
      I.Guard = Guard.str();
      Statement = Statement.ltrim();
    }
    const auto [Name, Operands] = Statement.split(' ');
    I.Name = Name.str();
    addOperands(I, Operands);
  }
  for (PtxInstruction &I : Instructions)
    StringRef(I.Name).split(I.Parts, '.', -1, false);
  return Instructions;
}

} // namespace cuport
