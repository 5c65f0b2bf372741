// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What calls of CUDA's functions are given: numbers that clang can fold, and the strings that a text is made of.

#include "Frontend/FactSink.h"
#include "Frontend/Recorders.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Preprocessor.h"

#include <set>

using namespace cuport;
using namespace clang;

/// The number in the expansion of a macro such as `#define cudaHostAllocMapped 0x02`, or of the one it names.
static std::optional<int64_t> valueOfMacro(llvm::StringRef Name, Preprocessor &PP, ASTContext &Context, unsigned Depth);

static std::optional<int64_t> valueOf(llvm::StringRef Name, Preprocessor &PP, ASTContext &Context, unsigned Depth = 0) {
  for (const NamedDecl *D : Context.getTranslationUnitDecl()->lookup(&Context.Idents.get(Name)))
    if (const auto *E = dyn_cast<EnumConstantDecl>(D))
      return E->getInitVal().getExtValue();
  return valueOfMacro(Name, PP, Context, Depth);
}

static std::optional<int64_t> valueOfMacro(llvm::StringRef Name, Preprocessor &PP, ASTContext &Context, unsigned Depth) {
  constexpr unsigned MaxDepth = 4; // of macros that name macros
  const MacroInfo *Macro = PP.getMacroInfo(PP.getIdentifierInfo(Name));
  if (!Macro || !Macro->isObjectLike() || Depth > MaxDepth)
    return std::nullopt;
  std::optional<int64_t> Value;
  for (const Token &T : Macro->tokens()) {
    if (T.isOneOf(tok::l_paren, tok::r_paren))
      continue;
    if (Value)
      return std::nullopt; // an expression
    if (T.is(tok::numeric_constant)) {
      llvm::SmallString<32> Buffer;
      int64_t Number;
      if (PP.getSpelling(T, Buffer).rtrim("uUlL").getAsInteger(0, Number))
        return std::nullopt;
      Value = Number;
    } else if (const IdentifierInfo *Id = T.getIdentifierInfo()) {
      Value = valueOf(Id->getName(), PP, Context, Depth + 1);
      if (!Value)
        return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  return Value;
}

namespace {

/// The literals that a text is made of, by way of the variables it names.
class TextReader : public RecursiveASTVisitor<TextReader> {
public:
  std::vector<std::string> Strings;
  bool Open = false; ///< a part of it is made some other way

  bool VisitStringLiteral(StringLiteral *S) {
    if (S->isOrdinary())
      Strings.push_back(S->getString().str());
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    auto *V = dyn_cast<VarDecl>(E->getDecl());
    constexpr unsigned MaxDepth = 4; // of variables that name variables
    if (!V || !V->getInit() || Depth >= MaxDepth) {
      Open = true;
      return true;
    }
    // What is set where it is made and never again is an array of pointers to literals, or a constant.
    QualType T = V->getType();
    Open |= !T->isArrayType() && !T->isPointerType() && !T.isConstQualified();
    ++Depth;
    TraverseStmt(V->getInit());
    --Depth;
    return true;
  }
  bool VisitCallExpr(CallExpr *) {
    Open = true;
    return true;
  }

private:
  unsigned Depth = 0;
};

} // namespace

namespace {

/// What a variable of a function is set to, where all that is done with it is to set and to read it.
class SettingsReader : public RecursiveASTVisitor<SettingsReader> {
public:
  explicit SettingsReader(const VarDecl *V) : Variable(V) {}
  std::vector<const Expr *> Values;

  bool isAll() const { return Known == Uses; }
  bool VisitBinaryOperator(BinaryOperator *B) {
    if (B->getOpcode() == BO_Assign && isIt(B->getLHS())) {
      Values.push_back(B->getRHS());
      ++Known;
    }
    return true;
  }
  bool VisitImplicitCastExpr(ImplicitCastExpr *C) {
    Known += C->getCastKind() == CK_LValueToRValue && isIt(C->getSubExpr());
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    Uses += E->getDecl() == Variable;
    return true;
  }

private:
  bool isIt(const Expr *E) const {
    const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParens());
    return Ref && Ref->getDecl() == Variable;
  }
  const VarDecl *Variable;
  unsigned Uses = 0, Known = 0;
};

} // namespace

/// The numbers that an expression can be: one that clang folds, either side of `? :`, whatever a local variable is set to.
/// False where there may be others.
static bool numbersOf(const Expr *E, const ASTContext &Context, std::set<int64_t> &Into, unsigned Depth = 0) {
  constexpr unsigned MaxDepth = 4; // of variables and choices in each other
  Expr::EvalResult Result;
  if (E->isValueDependent() || Depth > MaxDepth)
    return false;
  if (E->EvaluateAsInt(Result, Context)) {
    Into.insert(Result.Val.getInt().getExtValue());
    return true;
  }
  E = E->IgnoreParenCasts();
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    const bool Yes = numbersOf(Choice->getTrueExpr(), Context, Into, Depth + 1);
    return numbersOf(Choice->getFalseExpr(), Context, Into, Depth + 1) && Yes;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Variable = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Variable || !Variable->hasLocalStorage() || isa<ParmVarDecl>(Variable) || !Variable->getType()->isIntegralOrEnumerationType())
    return false;
  const auto *Function = dyn_cast_or_null<FunctionDecl>(Variable->getParentFunctionOrMethod());
  if (!Function || !Function->getBody())
    return false;
  SettingsReader Settings(Variable);
  Settings.TraverseStmt(Function->getBody());
  if (const Expr *First = Variable->getInit())
    Settings.Values.push_back(First);
  bool All = Settings.isAll() && !Settings.Values.empty();
  for (const Expr *Value : Settings.Values)
    All &= numbersOf(Value, Context, Into, Depth + 1);
  return All;
}

static const Expr *written(const CallExpr *Call, unsigned Index) {
  const Expr *E = Call->getArg(Index);
  return isa<CXXDefaultArgExpr>(E) ? nullptr : E;
}

static std::string typeName(const Expr *E) {
  const QualType Type = E->getType().getUnqualifiedType();
  const auto *Record = Type->getAsRecordDecl();
  return Record ? Record->getName().str() : Type.getAsString();
}

static void recordArgument(const Expr *E, unsigned Index, SourceLocation Token, ASTContext &Context, FactSink &Sink) {
  if (E->isValueDependent() || E->isTypeDependent()) {
    Sink.argument(Token, Index, ArgumentFact::Open, "");
    return;
  }
  if (E->getType()->isIntegralOrEnumerationType()) {
    std::set<int64_t> Numbers;
    if (!numbersOf(E, Context, Numbers))
      Sink.argument(Token, Index, ArgumentFact::Open, typeName(E));
    for (int64_t Number : Numbers)
      Sink.argument(Token, Index, ArgumentFact::Number, std::to_string(Number));
    return;
  }
  if (E->isNullPointerConstant(Context, Expr::NPC_ValueDependentIsNotNull)) {
    Sink.argument(Token, Index, ArgumentFact::Number, "0");
    return;
  }
  TextReader Reader;
  Reader.TraverseStmt(const_cast<Expr *>(E));
  for (std::string &S : Reader.Strings)
    Sink.argument(Token, Index, ArgumentFact::String, std::move(S));
  if (Reader.Open || Reader.Strings.empty())
    Sink.argument(Token, Index, ArgumentFact::Open, typeName(E));
}

/// Where the call names its function: the declaration clang chose, or, in a template, those it may choose from.
static std::pair<SourceLocation, const NamedDecl *> calleeOf(const CallExpr *Call) {
  const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Callee))
    return {Ref->getLocation(), Ref->getDecl()};
  if (const auto *Lookup = dyn_cast<UnresolvedLookupExpr>(Callee); Lookup && Lookup->getNumDecls())
    return {Lookup->getNameLoc(), *Lookup->decls_begin()};
  return {};
}

void cuport::recordArguments(const CallExpr *Call, Preprocessor &PP, FactSink &Sink) {
  auto [Loc, Function] = calleeOf(Call);
  if (!Function || !Sink.isCuda(Function->getCanonicalDecl()->getLocation()))
    return;
  SourceLocation Token = Sink.tokenOf(Loc);
  const WatchedCall *Watched = Token.isValid() ? Sink.watched(Token) : nullptr;
  if (!Watched)
    return;
  ASTContext &Context = Function->getASTContext();
  for (llvm::StringRef Name : Watched->Values)
    if (!Sink.hasValue(Name))
      if (auto Value = valueOf(Name, PP, Context))
        Sink.value(Name, *Value);
  for (unsigned I = 0; I < Call->getNumArgs() && I < 64; ++I)
    if (const Expr *E = written(Call, I); E && (Watched->Arguments >> I & 1))
      recordArgument(E, I, Token, Context, Sink);
}
