// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Ptx/CppText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace cuport;
using namespace cuport::ptx;
using llvm::StringRef;

StringRef ptx::cppName(Cpp T) {
  static constexpr llvm::StringLiteral Names[] = {
      "bool",      "unsigned short", "unsigned", "unsigned long long", "short", "int",
      "long long", "float",          "double"};
  return Names[size_t(T)];
}
unsigned ptx::bitsOf(Cpp T) {
  static constexpr uint8_t Bits[] = {1, 16, 32, 64, 16, 32, 64, 32, 64};
  return Bits[size_t(T)];
}
bool ptx::isFloating(Cpp T) { return T == Cpp::F32 || T == Cpp::F64; }
bool ptx::isSigned(Cpp T) { return T == Cpp::S16 || T == Cpp::S32 || T == Cpp::S64; }
Cpp ptx::unsignedOf(Cpp T) {
  switch (bitsOf(T)) {
  case 1:
    return Cpp::Bool;
  case 16:
    return Cpp::U16;
  case 32:
    return Cpp::U32;
  default:
    return Cpp::U64;
  }
}

std::string ptx::atom(StringRef Text) {
  size_t I =
      Text.take_while([](char C) { return llvm::isAlnum(C) || C == '_' || C == '.'; }).size();
  if (I == Text.size() && I)
    return Text.str();
  // A call, or something in parentheses, from its first to its last character.
  if (I < Text.size() && Text[I] == '(') {
    int Depth = 0;
    for (; I < Text.size(); ++I) {
      Depth += Text[I] == '(';
      Depth -= Text[I] == ')';
      if (Depth == 0)
        break;
    }
    if (I + 1 == Text.size())
      return Text.str();
  }
  // A cast of such binds closer than every operator that these texts use.
  if (StringRef Rest = Text; Rest.consume_front("("))
    for (Cpp T : {Cpp::U16, Cpp::U32, Cpp::U64, Cpp::S16, Cpp::S32, Cpp::S64, Cpp::F32, Cpp::F64})
      if (StringRef Cast = Rest;
          Cast.consume_front(cppName(T)) && Cast.consume_front(")") && atom(Cast) == Cast)
        return Text.str();
  return ("(" + Text + ")").str();
}

std::string ptx::constantText(uint64_t Value, Cpp Is) {
  switch (Is) {
  case Cpp::Bool:
    return Value & 1 ? "true" : "false";
  case Cpp::S16:
  case Cpp::S32: {
    const int32_t Signed = Is == Cpp::S16 ? int16_t(Value) : int32_t(Value);
    return Signed == INT32_MIN ? "(-2147483647 - 1)"
           : Signed < 0        ? "(" + llvm::itostr(Signed) + ")"
                               : llvm::itostr(Signed);
  }
  case Cpp::S64: {
    const int64_t Signed = int64_t(Value);
    return Signed == INT64_MIN ? "(-9223372036854775807ll - 1)"
           : Signed < 0        ? "(" + llvm::itostr(Signed) + "ll)"
                               : llvm::itostr(Signed) + "ll";
  }
  case Cpp::U16:
    Value = uint16_t(Value);
    break;
  case Cpp::U32:
    Value = uint32_t(Value);
    break;
  default:
    break;
  }
  const std::string Digits =
      Value < 1024 ? llvm::utostr(Value) : "0x" + llvm::utohexstr(Value, /*LowerCase=*/true);
  return Digits + (Is == Cpp::U64 ? "ull" : "u");
}

CppValue ptx::convert(const CppValue &From, Cpp To) {
  if (From.Is == To)
    return From;
  if (From.Constant && !isFloating(To))
    return {constantText(*From.Constant, To), To, From.Constant};
  auto Call = [&](StringRef Function) {
    return CppValue{(Function + "(" + From.Text + ")").str(), To, {}};
  };
  if (isFloating(To)) {
    const CppValue Bits = convert(From, To == Cpp::F32 ? Cpp::U32 : Cpp::S64);
    return {
        (To == Cpp::F32 ? "__uint_as_float(" : "__longlong_as_double(") + Bits.Text + ")", To, {}};
  }
  if (From.Is == Cpp::F32)
    return convert(CppValue{Call("__float_as_uint").Text, Cpp::U32, {}}, To);
  if (From.Is == Cpp::F64)
    return convert(CppValue{Call("__double_as_longlong").Text, Cpp::S64, {}}, To);
  if (To == Cpp::Bool)
    return {atom(From.Text) + " != 0", To, {}};
  return {("(" + cppName(To) + ")").str() + atom(From.Text), To, {}};
}

/// All values of a term for the eight rows of a truth table.
static constexpr unsigned RowsOf[] = {0xf0, 0xcc, 0xaa};

std::string ptx::tableText(unsigned Table, StringRef A, StringRef B, StringRef C) {
  Table &= 0xff;
  if (Table == 0 || Table == 0xff)
    return Table ? "0xffffffffu" : "0u";
  const std::string Names[] = {atom(A), atom(B), atom(C)};
  auto Term = [&](unsigned Index, bool Negated) { return (Negated ? "~" : "") + Names[Index]; };
  auto Value = [](unsigned Index, bool Negated) {
    return Negated ? RowsOf[Index] ^ 0xff : RowsOf[Index];
  };
  static constexpr char Operators[] = {'&', '|', '^'};
  auto Apply = [](char Op, unsigned X, unsigned Y) {
    return Op == '&' ? X & Y : Op == '|' ? X | Y : X ^ Y;
  };
  for (unsigned Negated = 0; Negated < 2; ++Negated)
    for (unsigned I = 0; I < 3; ++I)
      if (Value(I, Negated) == Table)
        return Term(I, Negated);
  static constexpr unsigned Pairs[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 2, 0}};
  for (unsigned Negated = 0; Negated < 4; ++Negated)
    for (char Op : Operators)
      for (auto [I, J, Other] : Pairs)
        if (Apply(Op, Value(I, Negated & 1), Value(J, Negated & 2)) == Table)
          return Term(I, Negated & 1) + " " + Op + " " + Term(J, Negated & 2);
  // Three operands, the fewest complements first.
  for (unsigned Complements = 0; Complements <= 4; ++Complements)
    for (unsigned Negated = 0; Negated < 16; ++Negated) {
      if (unsigned(__builtin_popcount(Negated)) != Complements)
        continue;
      for (char Inner : Operators)
        for (char Outer : Operators)
          for (auto [I, J, Other] : Pairs) {
            const bool Whole = Negated & 8;
            unsigned Pair = Apply(Inner, Value(I, Negated & 1), Value(J, Negated & 2));
            if (Apply(Outer, Whole ? Pair ^ 0xff : Pair, Value(Other, Negated & 4)) != Table)
              continue;
            const std::string Both =
                Term(I, Negated & 1) + " " + Inner + " " + Term(J, Negated & 2);
            if (Inner == Outer && !Whole)
              return Both + " " + Outer + " " + Term(Other, Negated & 4);
            return (Whole ? "~(" : "(") + Both + ") " + Outer + " " + Term(Other, Negated & 4);
          }
    }
  // One operand chooses between the others.
  for (auto [I, J, Chooser] : Pairs)
    for (auto [Yes, No] : {std::pair(I, J), std::pair(J, I)})
      if (((RowsOf[Chooser] & RowsOf[Yes]) | (~RowsOf[Chooser] & RowsOf[No] & 0xff)) == Table)
        return "(" + Names[Chooser] + " & " + Names[Yes] + ") | (~" + Names[Chooser] + " & " +
               Names[No] + ")";
  if (Table == 0xe8)
    return "(" + Names[0] + " & " + Names[1] + ") | (" + Names[2] + " & (" + Names[0] + " | " +
           Names[1] + "))";
  std::string Sum;
  for (unsigned Row = 0; Row < 8; ++Row)
    if (Table >> Row & 1)
      Sum += (Sum.empty() ? "(" : " | (") + Term(0, !(Row & 4)) + " & " + Term(1, !(Row & 2)) +
             " & " + Term(2, !(Row & 1)) + ")";
  return Sum;
}
