// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/Conditions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace cuport;

namespace {

using Value = std::optional<int64_t>;

/// Evaluates tokens [Next, End) of an #if; what it cannot read is unknown.
class Evaluator {
public:
  Evaluator(const SourceFile &File, size_t Begin, size_t End, llvm::function_ref<MacroState(llvm::StringRef)> StateOf)
      : File(File), Next(Begin), End(End), StateOf(StateOf) {}

  Value whole() {
    Value V = ternary();
    return Next == End && !Failed ? V : std::nullopt;
  }

private:
  llvm::StringRef textAt(size_t Token) const { return File.textOf(File.tokens()[Token]); }
  bool take(llvm::StringRef Spelling) {
    if (Next >= End || textAt(Next) != Spelling)
      return false;
    ++Next;
    return true;
  }

  Value ternary() {
    Value Condition = binary(0);
    if (!take("?"))
      return Condition;
    Value Yes = ternary();
    Failed |= !take(":");
    Value No = ternary();
    return !Condition ? std::nullopt : *Condition ? Yes : No;
  }

  static unsigned levelOf(llvm::StringRef Op) {
    return llvm::StringSwitch<unsigned>(Op)
        .Case("||", 1)
        .Case("&&", 2)
        .Case("|", 3)
        .Case("^", 4)
        .Case("&", 5)
        .Cases({"==", "!="}, 6)
        .Cases({"<", ">", "<=", ">="}, 7)
        .Cases({"<<", ">>"}, 8)
        .Cases({"+", "-"}, 9)
        .Cases({"*", "/", "%"}, 10)
        .Default(0);
  }

  /// Operators that bind closer than Level.
  Value binary(unsigned Level) {
    Value Left = unary();
    while (Next < End && !Failed) {
      llvm::StringRef Op = textAt(Next);
      unsigned Mine = levelOf(Op);
      if (Mine <= Level)
        break;
      ++Next;
      Left = apply(Op, Left, binary(Mine));
    }
    return Left;
  }

  static Value apply(llvm::StringRef Op, Value L, Value R) {
    if (Op == "&&")
      return (L && !*L) || (R && !*R) ? Value(0) : L && R ? Value(1) : std::nullopt;
    if (Op == "||")
      return (L && *L) || (R && *R) ? Value(1) : L && R ? Value(0) : std::nullopt;
    if (!L || !R)
      return std::nullopt;
    // As unsigned numbers, which may overflow.
    uint64_t A = *L, B = *R;
    if ((Op == "/" || Op == "%") && (*R == 0 || *R == -1))
      return std::nullopt;
    if ((Op == "<<" || Op == ">>") && B > 63)
      return std::nullopt;
    return llvm::StringSwitch<Value>(Op)
        .Case("==", *L == *R)
        .Case("!=", *L != *R)
        .Case("<", *L < *R)
        .Case(">", *L > *R)
        .Case("<=", *L <= *R)
        .Case(">=", *L >= *R)
        .Case("|", *L | *R)
        .Case("^", *L ^ *R)
        .Case("&", *L & *R)
        .Case("<<", int64_t(A << (B & 63)))
        .Case(">>", *L >> (B & 63))
        .Case("+", int64_t(A + B))
        .Case("-", int64_t(A - B))
        .Case("*", int64_t(A * B))
        .Case("/", *R ? *L / *R : 0)
        .Case("%", *R ? *L % *R : 0)
        .Default(std::nullopt);
  }

  Value unary() {
    constexpr unsigned MaxDepth = 100;
    if (Depth > MaxDepth || Next >= End) {
      Failed = true;
      return std::nullopt;
    }
    ++Depth;
    Value V = operand();
    --Depth;
    return V;
  }

  Value operand() {
    if (take("!")) {
      Value V = unary();
      return V ? Value(!*V) : std::nullopt;
    }
    if (take("-")) {
      Value V = unary();
      return V ? Value(int64_t(-uint64_t(*V))) : std::nullopt;
    }
    if (take("+"))
      return unary();
    if (take("~")) {
      Value V = unary();
      return V ? Value(~*V) : std::nullopt;
    }
    if (take("(")) {
      Value V = ternary();
      Failed |= !take(")");
      return V;
    }
    const Token &T = File.tokens()[Next];
    llvm::StringRef Text = textAt(Next++);
    if (T.What == Token::Number) {
      int64_t Number;
      return Text.rtrim("uUlL").getAsInteger(0, Number) ? std::nullopt : Value(Number);
    }
    if (T.What != Token::Identifier) {
      Failed = true;
      return std::nullopt;
    }
    return Text == "defined" ? definedness() : ofMacro(Text);
  }

  Value definedness() {
    bool Paren = take("(");
    if (Next >= End || File.tokens()[Next].What != Token::Identifier) {
      Failed = true;
      return std::nullopt;
    }
    MacroState S = StateOf(textAt(Next++));
    if (Paren)
      Failed |= !take(")");
    return S.Is == MacroState::Unknown ? std::nullopt : Value(S.Is == MacroState::Defined);
  }

  Value ofMacro(llvm::StringRef Name) {
    if (Next < End && textAt(Next) == "(") { // MACRO(...), __has_include(...)
      size_t Close = File.matching(Next);
      Failed |= Close >= End;
      Next = std::min(Close + 1, End);
      return std::nullopt;
    }
    MacroState S = StateOf(Name);
    return S.Is == MacroState::Undefined ? Value(0) : S.Is == MacroState::Defined ? S.Value : std::nullopt;
  }

  const SourceFile &File;
  size_t Next;
  size_t End;
  llvm::function_ref<MacroState(llvm::StringRef)> StateOf;
  bool Failed = false;
  unsigned Depth = 0;
};

} // namespace

static bool opens(llvm::StringRef Name) { return Name == "if" || Name == "ifdef" || Name == "ifndef"; }
static bool goesOn(llvm::StringRef Name) { return Name == "elif" || Name == "elifdef" || Name == "elifndef" || Name == "else"; }

/// What D itself asks, apart from the branches before it.
static Value conditionOf(const SourceFile &File, const Directive &D, llvm::function_ref<MacroState(llvm::StringRef)> StateOf) {
  if (D.Name == "else")
    return 1;
  if (D.Name == "if" || D.Name == "elif")
    return Evaluator(File, D.First + 2, D.Last, StateOf).whole();
  if (D.First + 2 >= D.Last)
    return std::nullopt;
  MacroState S = StateOf(File.textOf(File.tokens()[D.First + 2]));
  if (S.Is == MacroState::Unknown)
    return std::nullopt;
  return (S.Is == MacroState::Defined) == !D.Name.ends_with("ndef");
}

/// The branches of a conditional, whose directives Chain holds, its #endif last.
static std::vector<Branch> branchesOf(const SourceFile &File, llvm::ArrayRef<const Directive *> Chain,
                                      llvm::function_ref<MacroState(llvm::StringRef)> StateOf) {
  std::vector<Branch> Branches;
  auto LineOf = [&](size_t Token) { return File.placeOf(File.tokens()[Token].Offset, 0).Line; };
  std::optional<bool> Taken = false; // by a branch before
  for (size_t I = 0; I + 1 < Chain.size(); ++I) {
    Branch B;
    B.Begin = Chain[I];
    B.BeginLine = LineOf(Chain[I]->First);
    B.FirstLine = LineOf(Chain[I]->Last - 1) + 1;
    B.LastLine = LineOf(Chain[I + 1]->First) - 1;
    Value Condition = conditionOf(File, *Chain[I], StateOf);
    bool Before = Taken && *Taken, Not = Condition && !*Condition;
    if (Before || Not)
      B.Compiled = false;
    else if (Taken && Condition)
      B.Compiled = true;
    if (!Before && !Not)
      Taken = B.Compiled;
    Branches.push_back(B);
  }
  return Branches;
}

std::vector<std::vector<Branch>> cuport::conditionalsOf(const SourceFile &File,
                                                        llvm::function_ref<MacroState(llvm::StringRef)> StateOf) {
  std::vector<std::vector<Branch>> Conditionals;
  std::vector<std::vector<const Directive *>> Open;
  for (const Directive &Each : File.directives()) {
    if (opens(Each.Name))
      Open.emplace_back();
    if (Open.empty() || !(opens(Each.Name) || goesOn(Each.Name) || Each.Name == "endif"))
      continue;
    Open.back().push_back(&Each);
    if (Each.Name == "endif") {
      Conditionals.push_back(branchesOf(File, Open.back(), StateOf));
      Open.pop_back();
    }
  }
  return Conditionals;
}

std::vector<Branch> cuport::branchesLeftOut(const SourceFile &File, llvm::function_ref<MacroState(llvm::StringRef)> StateOf) {
  std::vector<Branch> Result;
  for (const std::vector<Branch> &Branches : conditionalsOf(File, StateOf))
    llvm::copy_if(Branches, std::back_inserter(Result), [](const Branch &B) { return B.Compiled && !*B.Compiled; });
  return Result;
}
