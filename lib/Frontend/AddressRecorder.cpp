// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Finds where a CUdeviceptr is the integer that it is in CUDA: computed with, cast to another integer or made from one. Its own type is all
// that tells it from an unsigned long long, and templates lose that: where only a template's argument could say, nothing is found.

#include "Frontend/FactSink.h"
#include "Frontend/Recorders.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace cuport;
using namespace clang;

namespace {

class AddressRecorder : public RecursiveASTVisitor<AddressRecorder> {
public:
  AddressRecorder(ASTContext &Context, FactSink &Sink) : Context(Context), Sink(Sink) {}

  bool TraverseDecl(Decl *D) {
    const FunctionDecl *Inner = D ? D->getAsFunction() : nullptr;
    llvm::SaveAndRestore Here(Function, Inner ? Inner : Function);
    return RecursiveASTVisitor::TraverseDecl(D);
  }

  bool VisitBinaryOperator(BinaryOperator *E) {
    const Expr *Left = E->getLHS(), *Right = E->getRHS();
    if (E->getOpcode() == BO_Assign)
      given(Left->getType(), Right, E->getOperatorLoc(), E->getSourceRange());
    else if (E->isComparisonOp())
      compared(E);
    else if (!E->isLogicalOp() && E->getOpcode() != BO_Comma && (isAddress(Left) || isAddress(Right)))
      found(E->getOperatorLoc(), E->getSourceRange());
    return true;
  }

  bool VisitUnaryOperator(UnaryOperator *E) {
    const bool Computes = E->isIncrementDecrementOp() || E->getOpcode() == UO_Minus || E->getOpcode() == UO_Not;
    if (Computes && isAddress(E->getSubExpr()))
      found(E->getOperatorLoc(), E->getSourceRange());
    return true;
  }

  bool VisitVarDecl(VarDecl *D) {
    const Expr *Init = D->getInit();
    if (const auto *Braces = dyn_cast_or_null<InitListExpr>(Init); Braces && D->getType()->isScalarType())
      Init = Braces->getNumInits() == 1 ? Braces->getInit(0) : nullptr;
    // In a template: int x(y), which has no type of its own.
    if (const auto *Parens = dyn_cast_or_null<ParenListExpr>(Init))
      Init = Parens->getNumExprs() == 1 ? Parens->getExpr(0) : nullptr;
    if (Init)
      given(D->getType(), Init, D->getLocation(), D->getSourceRange());
    return true;
  }

  bool VisitReturnStmt(ReturnStmt *S) {
    if (Function && S->getRetValue() && !dependsOnTemplate(Function))
      given(Function->getReturnType(), S->getRetValue(), S->getBeginLoc(), S->getSourceRange());
    return true;
  }

  bool VisitCallExpr(CallExpr *E) {
    if (!isa<CXXOperatorCallExpr>(E))
      called(E->getDirectCallee(), {E->getArgs(), E->getNumArgs()});
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    called(E->getConstructor(), {E->getArgs(), E->getNumArgs()});
    return true;
  }
  bool TraverseConstructorInitializer(CXXCtorInitializer *I) {
    if (I->isAnyMemberInitializer() && I->isWritten() && Function && !dependsOnTemplate(Function))
      given(I->getAnyMember()->getType(), I->getInit(), I->getSourceLocation(), I->getSourceRange());
    return RecursiveASTVisitor::TraverseConstructorInitializer(I);
  }

  bool VisitCXXStaticCastExpr(CXXStaticCastExpr *E) {
    given(E->getType(), E->getSubExpr(), E->getBeginLoc(), E->getSourceRange());
    return true;
  }
  // A cast in C's form takes a pointer, but to an integer of its own size only.
  bool VisitExplicitCastExpr(ExplicitCastExpr *E) {
    const bool Any = isa<CStyleCastExpr>(E) || isa<CXXFunctionalCastExpr>(E);
    if (Any && isAddress(E->getSubExpr()) && isInteger(E->getType()) && Context.getTypeSize(E->getType()) < 64)
      found(E->getBeginLoc(), E->getSourceRange());
    return true;
  }

private:
  /// Said by the type's spelling.
  static bool isAddress(QualType T) {
    T = T.getNonReferenceType();
    while (const auto *Alias = T->getAs<TypedefType>()) {
      if (Alias->getDecl()->getName() == "CUdeviceptr")
        return true;
      T = Alias->desugar();
    }
    return false;
  }
  /// A sum with an address stands for one, and is found itself; the difference of two is a number.
  static bool isAddress(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    const auto *Sum = dyn_cast<BinaryOperator>(E);
    if (!Sum || !Sum->isAdditiveOp())
      return isAddress(E->getType());
    return isAddress(Sum->getLHS()) != isAddress(Sum->getRHS());
  }
  static bool isInteger(QualType T) {
    return !T->isDependentType() && T->isIntegerType() && !T->isBooleanType() && !isAddress(T);
  }
  /// One that no template can have made of a CUdeviceptr: of another type, or spelled so.
  bool isPlainInteger(QualType T) const {
    T = T.getNonReferenceType();
    if (!isInteger(T) || !Context.hasSameUnqualifiedType(T, Context.UnsignedLongLongTy))
      return isInteger(T);
    while (const auto *Alias = T->getAs<TypedefType>())
      T = Alias->desugar();
    return isa<BuiltinType>(T.getTypePtr());
  }
  bool isPlainInteger(const Expr *E) const {
    if (E->isNullPointerConstant(Context, Expr::NPC_ValueDependentIsNotNull))
      return false;
    E = E->IgnoreParenImpCasts();
    return isPlainInteger(E->getType()) || (isInteger(E->getType()) && (isa<ExplicitCastExpr>(E) || isa<IntegerLiteral>(E)));
  }
  /// True where the types of a declaration are not what is spelled in it.
  static bool dependsOnTemplate(const FunctionDecl *D) { return D->getTemplateInstantiationPattern() || D->isDependentContext(); }

  void given(QualType To, const Expr *From, SourceLocation Loc, SourceRange Whole) {
    if (isAddress(To) ? isPlainInteger(From) && !isAddress(From) : isPlainInteger(To) && isAddress(From))
      found(Loc, Whole);
  }

  /// What a template takes is its argument's type.
  void called(const FunctionDecl *Callee, llvm::ArrayRef<Expr *> Arguments) {
    if (!Callee || dependsOnTemplate(Callee))
      return;
    for (auto [Parameter, E] : llvm::zip(Callee->parameters(), Arguments))
      given(Parameter->getType(), E, E->getBeginLoc(), E->getSourceRange());
  }

  void compared(const BinaryOperator *E) {
    for (auto [Address, Other] : {std::pair(E->getLHS(), E->getRHS()), std::pair(E->getRHS(), E->getLHS())})
      if (isAddress(Address) && !isAddress(Other) && isPlainInteger(Other))
        return found(E->getOperatorLoc(), E->getSourceRange());
  }

  void found(SourceLocation Loc, SourceRange Whole) { Sink.code(Loc, CodeFact::AddressAsNumber, 0, "", Whole); }

  ASTContext &Context;
  FactSink &Sink;
  const FunctionDecl *Function = nullptr; ///< whose body it is in
};

} // namespace

void cuport::recordAddresses(llvm::ArrayRef<Decl *> Declarations, ASTContext &Context, FactSink &Sink) {
  if (Context.getTranslationUnitDecl()->lookup(&Context.Idents.get("CUdeviceptr")).empty())
    return;
  AddressRecorder Recorder(Context, Sink);
  for (Decl *D : Declarations)
    Recorder.TraverseDecl(D);
}
