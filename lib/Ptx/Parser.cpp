// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Ptx/Parser.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <cstring>

using namespace cuport;
using namespace cuport::ptx;
using llvm::StringRef;

static constexpr size_t MaxText = 64 << 10, MaxInstructions = 4096, MaxRegisters = 65536;
static constexpr unsigned MaxScopes = 32, MaxNesting = 4;

std::optional<Type> ptx::parseType(StringRef Suffix) {
  if (Suffix == "pred")
    return Type{Type::Predicate, 1, 1};
  Type T;
  if (Suffix.consume_front("bf"))
    T.What = Type::BFloat;
  else if (Suffix.consume_front("f"))
    T.What = Type::Float;
  else if (Suffix.consume_front("u"))
    T.What = Type::Unsigned;
  else if (Suffix.consume_front("s"))
    T.What = Type::Signed;
  else if (!Suffix.consume_front("b"))
    return std::nullopt;
  unsigned Bits = 0;
  if (Suffix.consumeInteger(10, Bits) || !llvm::is_contained({8u, 16u, 32u, 64u, 128u}, Bits))
    return std::nullopt;
  if ((T.What == Type::BFloat && Bits != 16) ||
      (T.What == Type::Float && (Bits == 8 || Bits == 128)))
    return std::nullopt;
  T.Bits = Bits;
  if (Suffix == "x2" || Suffix == "x4") {
    T.Lanes = Suffix == "x2" ? 2 : 4;
    Suffix = "";
  }
  if (!Suffix.empty())
    return std::nullopt;
  return T;
}

bool ptx::mentionsType(StringRef Text) {
  for (size_t At = Text.find('.'); At != StringRef::npos; At = Text.find('.', At + 1))
    if (parseType(Text.substr(At + 1).take_while([](char C) { return llvm::isAlnum(C); })))
      return true;
  return false;
}

bool Instruction::has(StringRef Modifier) const {
  return llvm::any_of(llvm::drop_begin(Parts), [&](StringRef Part) {
    return Part == Modifier || Part.split("::").first == Modifier;
  });
}

std::optional<Type> Instruction::type(unsigned Behind) const {
  for (StringRef Part : llvm::reverse(llvm::ArrayRef(Parts).drop_front()))
    if (auto T = parseType(Part); T && Behind-- == 0)
      return T;
  return std::nullopt;
}

namespace {

class Parser {
public:
  Parser(StringRef Text, Dialect Written)
      : Text(Text), Mark(Written == Dialect::Llvm ? '$' : '%'), Written(Written) {}

  llvm::Expected<Program> run() {
    if (Text.size() > MaxText)
      fail("the statement is longer than 64 KiB");
    Scopes.emplace_back();
    while (!Failed && !atEnd())
      statement();
    if (!Failed && Scopes.size() > 1)
      fail("'{' without '}'");
    if (Failed)
      return llvm::createStringError("at " + llvm::Twine(FailedAt) + ": " + Message);
    return std::move(Result);
  }

private:
  // Characters. LLVM writes braces as $( and $), a bar as $|; peek() shows what PTX has.
  void skipBlank() {
    while (At < Text.size()) {
      StringRef Rest = Text.substr(At);
      if (llvm::isSpace(Rest.front()))
        ++At;
      else if (Rest.starts_with("//"))
        At = std::min(Text.find('\n', At), Text.size());
      else if (Rest.starts_with("/*"))
        At = Text.find("*/", At + 2) == StringRef::npos ? Text.size() : Text.find("*/", At + 2) + 2;
      else
        return;
    }
  }
  bool isEscaped() const {
    return Written == Dialect::Llvm && Text[At] == '$' && At + 1 < Text.size() &&
           std::strchr("(|)", Text[At + 1]);
  }
  /// The next character that is no blank, 0 at the end.
  char peek() {
    skipBlank();
    if (At >= Text.size())
      return 0;
    if (isEscaped())
      return Text[At + 1] == '(' ? '{' : Text[At + 1] == ')' ? '}' : '|';
    return Text[At];
  }
  void advance() { At += isEscaped() ? 2 : 1; }
  bool atEnd() { return peek() == 0; }
  bool take(char C) {
    if (peek() != C)
      return false;
    advance();
    return true;
  }
  void expect(char C) {
    if (!take(C))
      fail("'" + llvm::Twine(C) + "' expected");
  }
  void fail(const llvm::Twine &What) {
    if (Failed)
      return;
    Failed = true;
    FailedAt = At;
    Message = What.str();
  }

  static bool isWordStart(char C) { return llvm::isAlpha(C) || C == '_' || C == '?'; }
  static bool isWordPart(char C) { return llvm::isAlnum(C) || C == '_' || C == '?'; }

  /// Letters, digits, _ and, in the names of labels, the unique number %= of the statement.
  std::string word() {
    std::string Word;
    while (At < Text.size()) {
      if (isWordPart(Text[At])) {
        Word += Text[At++];
      } else if (Text.substr(At).starts_with(Written == Dialect::Source ? "%=" : "${:uid}")) {
        Word += "%=";
        At += Written == Dialect::Source ? 2 : 7;
      } else {
        break;
      }
    }
    return Word;
  }

  void statement() {
    const char C = peek();
    if (C == '{') {
      advance();
      if (Scopes.size() > MaxScopes)
        return fail("scopes nested too deep");
      Scopes.emplace_back();
    } else if (C == '}') {
      if (Scopes.size() == 1)
        return fail("'}' without '{'");
      advance();
      Scopes.pop_back();
    } else if (C == ';') {
      advance();
    } else if (C == '.') {
      directive();
    } else {
      instructionOrLabel();
    }
  }

  void directive() {
    advance();
    const std::string Name = word();
    if (Name != "reg") {
      // .pragma, .loc and their kin say nothing of values; variables of a statement's own are rare
      // enough to be refused.
      if (Name != "pragma" && Name != "loc" && Name != "file")
        return fail("the directive ." + Name + " is not understood");
      while (!atEnd() && peek() != ';')
        advance();
      return expect(';');
    }
    std::optional<Type> Holds;
    do {
      expect('.');
      const std::string Suffix = word();
      if (Suffix == "v2" || Suffix == "v4")
        return fail("registers of vectors are not understood");
      Holds = parseType(Suffix);
      if (!Holds)
        return fail("'." + Suffix + "' is no type of a register");
    } while (!Failed && peek() == '.');
    do {
      take('%'); // %r of a compiler's output is a name like any other
      skipBlank();
      std::string Name = word();
      if (Name.empty())
        return fail("the name of a register expected");
      unsigned Count = 0;
      if (take('<')) {
        skipBlank();
        size_t Length = 0;
        while (At + Length < Text.size() && llvm::isDigit(Text[At + Length]))
          ++Length;
        if (Text.substr(At, Length).getAsInteger(10, Count) || Count > MaxRegisters)
          return fail("a count of registers expected");
        At += Length;
        expect('>');
        for (unsigned I = 0; I < Count; ++I)
          declare(Name + llvm::utostr(I), *Holds);
      } else {
        declare(Name, *Holds);
      }
    } while (!Failed && take(','));
    expect(';');
  }

  void declare(const std::string &Name, Type Holds) {
    if (Result.Registers.size() >= MaxRegisters)
      return fail("more than 65536 registers");
    Scopes.back()[Name] = Result.Registers.size();
    Result.Registers.push_back({Name, Holds});
  }

  void instructionOrLabel() {
    Instruction I;
    if (take('@')) {
      const bool Negated = take('!');
      I.Guard = operand(0);
      I.Guard->Negated = Negated;
      if (Failed)
        return;
    }
    if (peek() == 0)
      return fail("an instruction expected");
    I.Offset = At;
    // A label may begin with $ or %, too.
    const bool Marked = Text[At] == '$' || Text[At] == '%';
    if (Marked)
      At += Text.substr(At).starts_with("$$") ? 2 : 1;
    if (At >= Text.size() || !isWordStart(Text[At]))
      return fail("an instruction expected");
    I.Name = word();
    skipBlank();
    if (!I.Guard && At < Text.size() && Text[At] == ':' && !Text.substr(At).starts_with("::")) {
      ++At;
      if (llvm::any_of(Result.Labels, [&](const Label &L) { return L.Name == I.Name; }))
        return fail("the label '" + I.Name + "' stands twice");
      if (Result.Labels.size() >= MaxInstructions)
        return fail("more than 4096 labels");
      Result.Labels.push_back({I.Name, Result.Instructions.size()});
      return;
    }
    if (Marked)
      return fail("an instruction expected");
    while (At < Text.size() && (Text[At] == '.' || Text.substr(At).starts_with("::"))) {
      const bool Dot = Text[At] == '.';
      At += Dot ? 1 : 2;
      I.Name += Dot ? "." : "::";
      const std::string Part = word();
      if (Part.empty())
        return fail("a modifier expected behind '.'");
      I.Name += Part;
    }
    llvm::SmallVector<StringRef, 6> Parts;
    StringRef(I.Name).split(Parts, '.');
    for (StringRef Part : Parts)
      I.Parts.push_back(Part.str());
    if (peek() != ';' && peek() != 0 && peek() != '}') {
      do {
        I.Operands.push_back(operand(0));
      } while (!Failed && take(','));
    }
    // The last one may lack its semicolon.
    if (!Failed && peek() != 0 && peek() != '}')
      expect(';');
    if (Result.Instructions.size() >= MaxInstructions)
      return fail("more than 4096 instructions");
    Result.Instructions.push_back(std::move(I));
  }

  Operand operand(unsigned Depth) {
    Operand First = single(Depth);
    if (Failed || peek() != '|')
      return First;
    advance();
    Operand Both;
    Both.What = Operand::Pair;
    Both.Elements.push_back(std::move(First));
    Both.Elements.push_back(single(Depth));
    return Both;
  }

  Operand single(unsigned Depth) {
    Operand O;
    const char C = peek();
    if (Depth > MaxNesting) {
      fail("operands nested too deep");
    } else if (C == '{') {
      advance();
      O.What = Operand::Vector;
      if (peek() != '}')
        do
          O.Elements.push_back(operand(Depth + 1));
        while (!Failed && take(','));
      expect('}');
    } else if (C == '[') {
      advance();
      address(O, Depth);
    } else if (C == '(') {
      const size_t Start = At;
      while (!atEnd() && peek() != ')' && peek() != ';')
        advance();
      expect(')');
      O.Text = Text.slice(Start, At).str();
    } else if (C == '!') {
      advance();
      O = single(Depth + 1);
      O.Negated = !O.Negated;
    } else if (llvm::isDigit(C) || C == '-' || C == '+') {
      number(O);
    } else {
      name(O);
    }
    return O;
  }

  /// What stands behind [.
  void address(Operand &O, unsigned Depth) {
    O.What = Operand::Address;
    O.Elements.push_back(operand(Depth + 1));
    while (!Failed && (peek() == '+' || peek() == '-')) {
      const bool Minus = peek() == '-';
      advance();
      Operand Offset;
      if (peek() == '-' || llvm::isDigit(peek()))
        number(Offset);
      else
        name(Offset);
      if (Offset.What == Operand::Integer)
        O.Value += Minus ? -Offset.Value : Offset.Value;
      else if (!Minus && Offset.What == Operand::Argument)
        O.Elements.push_back(std::move(Offset)); // [%0 + %1] with "n" for %1
      else
        fail("an offset expected");
    }
    while (!Failed && take(','))
      O.Elements.push_back(operand(Depth + 1));
    expect(']');
  }

  void number(Operand &O) {
    const bool Negative = take('-');
    if (!Negative)
      take('+');
    skipBlank();
    const size_t Start = At;
    while (At < Text.size() &&
           (llvm::isAlnum(Text[At]) || Text[At] == '.' ||
            ((Text[At] == '-' || Text[At] == '+') && (Text[At - 1] == 'e' || Text[At - 1] == 'E') &&
             !Text.substr(Start).starts_with_insensitive("0x") && At > Start)))
      ++At;
    StringRef Digits = Text.slice(Start, At);
    if (Digits.empty()) {
      // -%1: only a name can follow
      fail("a number expected");
      return;
    }
    if (Digits.size() == 10 && Digits.starts_with_insensitive("0f")) {
      O.What = Operand::Float;
      O.Bits = 32;
    } else if (Digits.size() == 18 && Digits.starts_with_insensitive("0d")) {
      O.What = Operand::Float;
      O.Bits = 64;
    }
    if (O.What == Operand::Float) {
      if (Digits.drop_front(2).getAsInteger(16, O.Value))
        fail("'" + Digits + "' is no number");
      if (Negative)
        O.Value ^= uint64_t(1) << (O.Bits - 1);
      return;
    }
    StringRef Whole = Digits;
    if (Whole.ends_with_insensitive("u"))
      Whole = Whole.drop_back();
    if (!Whole.getAsInteger(0, O.Value)) {
      O.What = Operand::Integer;
      if (Negative)
        O.Value = -O.Value;
      return;
    }
    double Decimal = 0;
    if (!Digits.contains_insensitive("x") && !Digits.getAsDouble(Decimal)) {
      O.What = Operand::Float;
      O.Bits = 64;
      Decimal = Negative ? -Decimal : Decimal;
      std::memcpy(&O.Value, &Decimal, sizeof Decimal);
      return;
    }
    fail("'" + Digits + "' is no number");
  }

  void name(Operand &O) {
    skipBlank();
    const size_t Start = At;
    if (At < Text.size() && Text[At] == Mark) {
      ++At;
      if (At < Text.size() && llvm::isDigit(Text[At]))
        return argument(O);
      if (Written == Dialect::Source && At < Text.size() && Text[At] == '[') {
        const size_t Close = Text.find(']', At);
        if (Close == StringRef::npos)
          return fail("']' expected");
        O.What = Operand::Argument;
        O.Text = Text.slice(At + 1, Close).str();
        At = Close + 1;
        return select(O);
      }
      if (Written == Dialect::Llvm && At < Text.size() && Text[At] == '{') {
        // ${0:x}
        ++At;
        argument(O);
        const size_t Close = Text.find('}', At);
        if (Close == StringRef::npos)
          return fail("'}' expected");
        At = Close + 1;
        return select(O);
      }
      if (At < Text.size() && Text[At] == Mark)
        ++At; // %% of a string with operands
    } else if (At < Text.size() && Text[At] == '%') {
      ++At;
    } else if (At < Text.size() && Text[At] == '$') {
      ++At; // $L1 of a compiler's output
    }
    const bool Percent = At > Start && (Text[Start] == '%' || Text[At - 1] == '%');
    O.Text = word();
    if (O.Text.empty() || llvm::isDigit(O.Text.front()))
      return fail("an operand expected");
    for (const auto &Scope : llvm::reverse(Scopes))
      if (auto It = Scope.find(O.Text); It != Scope.end()) {
        O.What = Operand::Register;
        O.Value = It->second;
        return select(O);
      }
    if (Percent) {
      O.What = Operand::Special;
      O.Text = "%" + O.Text;
      // %tid.x is one name.
      if (At < Text.size() && Text[At] == '.' && At + 1 < Text.size() &&
          std::strchr("xyzw", Text[At + 1])) {
        ++At;
        O.Text += "." + word();
      }
      return;
    }
    if (O.Text == "_")
      O.What = Operand::Sink;
    else
      O.What = O.Text == "WARP_SZ" ? Operand::Special : Operand::Name;
  }

  void argument(Operand &O) {
    size_t Length = 0;
    while (At + Length < Text.size() && llvm::isDigit(Text[At + Length]))
      ++Length;
    O.What = Operand::Argument;
    if (Text.substr(At, Length).getAsInteger(10, O.Value) || O.Value > 1000)
      return fail("the number of an operand expected");
    At += Length;
    select(O);
  }

  /// .b0 or .x behind an operand.
  void select(Operand &O) {
    if (At + 1 >= Text.size() || Text[At] != '.' || !llvm::isAlpha(Text[At + 1]))
      return;
    ++At;
    O.Selector = word();
  }

  StringRef Text;
  char Mark;
  Dialect Written;
  size_t At = 0, FailedAt = 0;
  bool Failed = false;
  std::string Message;
  std::vector<llvm::StringMap<size_t>> Scopes;
  Program Result;
};

} // namespace

llvm::Expected<Program> ptx::parse(StringRef Text, Dialect Written) {
  return Parser(Text, Written).run();
}

bool ptx::carriesOver(const Program &Statement) {
  bool Set = false, Left = false;
  for (const Instruction &I : Statement.Instructions) {
    const StringRef Op = I.opcode();
    if (Op == "addc" || Op == "subc" || Op == "madc") {
      if (!Set)
        return true;
      Left = false;
    }
    if (I.has("cc"))
      Set = Left = true;
  }
  return Left;
}
