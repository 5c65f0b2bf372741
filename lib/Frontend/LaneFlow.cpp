// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/LaneFlow.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace cuport;
using namespace clang;

namespace {

/// What may be given to what: variables, fields, parameters, and functions for their results.
class FlowCollector : public RecursiveASTVisitor<FlowCollector> {
public:
  struct Flow {
    const ValueDecl *To;
    const Expr *From;
  };
  std::vector<Flow> Flows;
  llvm::DenseMap<const ValueDecl *, uint8_t> Known;

  bool TraverseDecl(Decl *D) {
    FunctionDecl *Function = D ? D->getAsFunction() : nullptr;
    if (!Function)
      return RecursiveASTVisitor::TraverseDecl(D);
    llvm::SaveAndRestore Here(Current, Function);
    return RecursiveASTVisitor::TraverseDecl(D);
  }

  bool VisitVarDecl(VarDecl *D) {
    if (Current && !isa<ParmVarDecl>(D))
      add(D, D->getInit());
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *E) {
    if (Current && E->isAssignmentOp())
      add(target(E->getLHS()), E->isCompoundAssignmentOp() ? E : E->getRHS());
    return true;
  }
  bool VisitReturnStmt(ReturnStmt *S) {
    if (Current)
      add(patternOf(Current), S->getRetValue());
    return true;
  }
  bool TraverseConstructorInitializer(CXXCtorInitializer *I) {
    if (Current && I->isMemberInitializer())
      add(I->getMember(), I->getInit());
    return RecursiveASTVisitor::TraverseConstructorInitializer(I);
  }
  bool VisitCallExpr(CallExpr *E) {
    if (!Current)
      return true;
    if (const FunctionDecl *F = called(E)) {
      unsigned Skip = isa<CXXOperatorCallExpr>(E) && isa<CXXMethodDecl>(F) ? 1 : 0;
      for (unsigned I = 0; I < F->getNumParams() && I + Skip < E->getNumArgs(); ++I)
        add(F->getParamDecl(I), E->getArg(I + Skip));
    }
    // What is given as a mask is one, whatever it was made of.
    if (calleeName(E).ends_with("_sync") && calleeName(E).starts_with("__") && E->getNumArgs() > 0)
      if (const ValueDecl *Mask = target(E->getArg(0)))
        know(Mask, FromMask);
    return true;
  }
  bool VisitGCCAsmStmt(GCCAsmStmt *S) {
    std::string Text = S->getAsmString();
    auto Has = [&](llvm::StringRef Word) { return llvm::StringRef(Text).contains(Word); };
    uint8_t Source = Has("%laneid")                                               ? FromLane
                     : Has("%warpid")                                             ? FromWarp
                     : Has("%lanemask") || Has("activemask") || Has("vote.sync.ballot") ? FromMask
                                                                                  : 0;
    if (Source && S->getNumOutputs() == 1)
      if (const ValueDecl *Output = target(S->getOutputExpr(0)))
        know(Output, Source);
    return true;
  }

private:
  static const FunctionDecl *called(const CallExpr *E) {
    if (const FunctionDecl *F = E->getDirectCallee())
      return patternOf(F);
    const auto *Lookup = dyn_cast<OverloadExpr>(E->getCallee()->IgnoreParenImpCasts());
    if (!Lookup || Lookup->getNumDecls() != 1)
      return nullptr;
    const FunctionDecl *F = (*Lookup->decls_begin())->getUnderlyingDecl()->getAsFunction();
    return F ? patternOf(F) : nullptr;
  }

  static const ValueDecl *target(const Expr *E) {
    E = E->IgnoreParenCasts();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Ref->getDecl();
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return Member->getMemberDecl();
    return nullptr;
  }

  void add(const ValueDecl *To, const Expr *From) {
    if (To && From)
      Flows.push_back({cast<ValueDecl>(To->getCanonicalDecl()), From});
  }
  void know(const ValueDecl *D, uint8_t Source) { Known[cast<ValueDecl>(D->getCanonicalDecl())] |= Source; }

  FunctionDecl *Current = nullptr;
};

} // namespace

LaneFlow::LaneFlow(llvm::ArrayRef<Decl *> Declarations) {
  FlowCollector Collector;
  for (Decl *D : Declarations)
    Collector.TraverseDecl(D);
  Sources = std::move(Collector.Known);
  // Each round carries a source one assignment further; longer chains than this are not written.
  for (unsigned Round = 0, MaxRounds = 16; Round < MaxRounds; ++Round) {
    bool Changed = false;
    for (const FlowCollector::Flow &F : Collector.Flows)
      if (uint8_t New = sourceOf(F.From)) {
        uint8_t &Old = Sources[F.To];
        Changed |= (Old | New) != Old;
        Old |= New;
      }
    if (!Changed)
      break;
  }
}

static const Expr *strip(const Expr *E) {
  for (const Expr *Before = nullptr; E != Before;) {
    Before = E;
    E = E->IgnoreParenCasts();
    if (const auto *Pseudo = dyn_cast<PseudoObjectExpr>(E)) // against a toolkit threadIdx.x is a property
      E = Pseudo->getSyntacticForm();
    else if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
      E = Cleanups->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temporary->getSubExpr();
    else if (const auto *List = dyn_cast<InitListExpr>(E); List && List->getNumInits() == 1)
      E = List->getInit(0);
    else if (const auto *Cast = dyn_cast<CXXUnresolvedConstructExpr>(E); Cast && Cast->getNumArgs() == 1)
      E = Cast->getArg(0);
  }
  return E;
}

bool cuport::mentionsWarpSize(const Expr *E) {
  E = strip(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Ref->getDecl()->getIdentifier() && Ref->getDecl()->getName() == "warpSize";
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return mentionsWarpSize(Binary->getLHS()) || mentionsWarpSize(Binary->getRHS());
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return mentionsWarpSize(Unary->getSubExpr());
  return false;
}

llvm::StringRef cuport::calleeName(const CallExpr *E) {
  const Expr *Callee = E->getCallee()->IgnoreParenImpCasts();
  DeclarationName Name;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Callee))
    Name = Ref->getDecl()->getDeclName();
  else if (const auto *Member = dyn_cast<MemberExpr>(Callee))
    Name = Member->getMemberDecl()->getDeclName();
  else if (const auto *Lookup = dyn_cast<OverloadExpr>(Callee))
    Name = Lookup->getName();
  else if (const auto *Dependent = dyn_cast<CXXDependentScopeMemberExpr>(Callee))
    Name = Dependent->getMember();
  const IdentifierInfo *Id = Name.getAsIdentifierInfo();
  return Id ? Id->getName() : "";
}

const FunctionDecl *cuport::patternOf(const FunctionDecl *F) {
  const FunctionDecl *Pattern = F->getTemplateInstantiationPattern(/*ForDefinition=*/false);
  if (!Pattern && F->getPrimaryTemplate())
    Pattern = F->getPrimaryTemplate()->getTemplatedDecl();
  if (!Pattern)
    Pattern = F;
  // Parameters belong to one declaration: the one with the body.
  const FunctionDecl *Definition = nullptr;
  return Pattern->isDefined(Definition) && Definition ? Definition : Pattern;
}

bool cuport::isDeviceCode(const FunctionDecl *F) {
  const auto *Device = F->getAttr<CUDADeviceAttr>();
  if (!Device || Device->isImplicit())
    return F->hasAttr<CUDAGlobalAttr>();
  return !F->hasAttr<CUDAHostAttr>() || F->getASTContext().getLangOpts().CUDAIsDevice;
}

static std::optional<LaneConstant> fold(BinaryOperatorKind Op, const LaneConstant &L, const LaneConstant &R) {
  LaneConstant Result{0, {}, L.Name ? L.Name : R.Name, L.IsQuotient || R.IsQuotient || Op == BO_Mul || Op == BO_Div || Op == BO_Rem};
  int64_t A = L.Value, B = R.Value;
  switch (Op) {
  case BO_Add:
    Result.Value = A + B;
    break;
  case BO_Sub:
    Result.Value = A - B;
    break;
  case BO_Mul:
    Result.Value = A * B;
    break;
  case BO_Div:
  case BO_Rem:
    if (B == 0)
      return std::nullopt;
    Result.Value = Op == BO_Div ? A / B : A % B;
    break;
  case BO_Shl:
    if (B < 0 || B >= 32)
      return std::nullopt;
    Result.Value = A << B;
    break;
  case BO_Shr:
    Result.Value = B >= 0 && B < 63 ? A >> B : 0;
    break;
  default:
    return std::nullopt;
  }
  return Result;
}

/// Depth keeps constants that name each other from running away.
static std::optional<LaneConstant> constant(const Expr *E, unsigned Depth) {
  constexpr unsigned MaxDepth = 16;
  constexpr int64_t Limit = int64_t(1) << 31; // products of two such values still fit
  if (!E || Depth > MaxDepth)
    return std::nullopt;
  E = strip(E);
  if (const auto *Literal = dyn_cast<IntegerLiteral>(E)) {
    if (Literal->getValue().getActiveBits() > 32)
      return std::nullopt;
    return LaneConstant{static_cast<int64_t>(Literal->getValue().getZExtValue()), Literal->getLocation()};
  }
  if (const auto *Substituted = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
    return constant(Substituted->getReplacement(), Depth + 1);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    auto Value = constant(Unary->getSubExpr(), Depth + 1);
    if (!Value)
      return std::nullopt;
    if (Unary->getOpcode() == UO_Minus)
      Value->Value = -Value->Value;
    else if (Unary->getOpcode() == UO_Not)
      Value->Value = ~Value->Value;
    else if (Unary->getOpcode() != UO_Plus)
      return std::nullopt;
    return Value;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    auto L = constant(Binary->getLHS(), Depth + 1), R = constant(Binary->getRHS(), Depth + 1);
    if (!L || !R || L->Value > Limit || L->Value < -Limit || R->Value > Limit || R->Value < -Limit)
      return std::nullopt;
    auto Result = fold(Binary->getOpcode(), *L, *R);
    // `WARP / 2`, `WARP - 1`: the literal behind the name is what counts.
    if (Result)
      Result->Literal = L->Name || L->Literal.isMacroID() ? L->Literal : R->Name || R->Literal.isMacroID() ? R->Literal : L->Literal;
    return Result;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  if (!Ref)
    return std::nullopt;
  std::optional<LaneConstant> Value;
  if (const auto *Parameter = dyn_cast<NonTypeTemplateParmDecl>(Ref->getDecl())) {
    if (Parameter->hasDefaultArgument() && Parameter->getDefaultArgument().getArgument().getKind() == TemplateArgument::Expression)
      Value = constant(Parameter->getDefaultArgument().getArgument().getAsExpr(), Depth + 1);
  } else if (const auto *Enumerator = dyn_cast<EnumConstantDecl>(Ref->getDecl())) {
    Value = constant(Enumerator->getInitExpr(), Depth + 1);
  } else if (const auto *Variable = dyn_cast<VarDecl>(Ref->getDecl())) {
    if (Variable->getType().isConstQualified() && Variable->getIdentifier() && Variable->getName() != "warpSize")
      Value = constant(Variable->getAnyInitializer(), Depth + 1);
  }
  if (Value && !Value->Name)
    Value->Name = Ref->getDecl();
  return Value;
}

std::optional<LaneConstant> cuport::laneConstant(const Expr *E) { return constant(E, 0); }

uint8_t LaneFlow::sourceOfMember(const Expr *Base, const ValueDecl *Member) const {
  const auto *Ref = dyn_cast<DeclRefExpr>(strip(Base));
  llvm::StringRef Variable = Ref && Ref->getDecl()->getIdentifier() ? Ref->getDecl()->getName() : "";
  if (Variable == "threadIdx")
    return Member->getIdentifier() && Member->getName() == "x" ? FromThread : FromPosition;
  if (Variable == "blockIdx" || Variable == "gridDim")
    return FromPosition | FromGrid;
  if (Variable == "blockDim")
    return FromBlockSize;
  return Sources.lookup(cast<ValueDecl>(Member->getCanonicalDecl()));
}

/// True where all of the sources count whole threads.
static bool countsThreads(uint8_t S) { return S != 0 && (S & ~(FromThread | FromPosition | FromBlockSize | FromGrid)) == 0; }

static uint8_t sourceOfSum(uint8_t L, bool LConstant, uint8_t R, bool RConstant) {
  if ((LConstant || countsThreads(L)) && (RConstant || countsThreads(R))) {
    uint8_t All = L | R;
    return (All & FromThread ? FromThread : All & FromPosition ? FromPosition : All) | (All & FromGrid);
  }
  uint8_t One = LConstant ? R : RConstant ? L : 0;
  return One & (FromMask | FromLane | FromWarp);
}

static uint8_t sourceOfProduct(uint8_t L, bool LConstant, uint8_t R, bool RConstant) {
  uint8_t Rows = FromPosition | FromBlockSize | FromGrid;
  bool LRows = LConstant || (L != 0 && (L & ~Rows) == 0), RRows = RConstant || (R != 0 && (R & ~Rows) == 0);
  if (!LRows || !RRows || (LConstant && RConstant))
    return 0;
  return L == FromBlockSize && R == FromBlockSize ? FromBlockSize : FromPosition | ((L | R) & FromGrid);
}

uint8_t LaneFlow::sourceOfBinary(const Expr *E) const {
  const auto *B = cast<BinaryOperator>(E);
  BinaryOperatorKind Op = B->isCompoundAssignmentOp() ? BinaryOperator::getOpForCompoundAssignment(B->getOpcode()) : B->getOpcode();
  if (Op == BO_Assign || Op == BO_Comma)
    return sourceOf(B->getRHS());
  uint8_t L = sourceOf(B->getLHS()), R = sourceOf(B->getRHS());
  auto CL = laneConstant(B->getLHS()), CR = laneConstant(B->getRHS());
  bool ByWarp = mentionsWarpSize(B->getRHS());
  uint8_t Mask = (L | R) & FromMask;
  switch (Op) {
  case BO_Add:
  case BO_Sub:
    return sourceOfSum(L, CL.has_value(), R, CR.has_value() || ByWarp);
  case BO_Mul:
    return sourceOfProduct(L, CL.has_value(), R, CR.has_value());
  case BO_And:
    if (L & FromThread && ((CR && CR->Value == 31) || ByWarp))
      return FromLane | Mask;
    return Mask;
  case BO_Rem:
    return L & FromThread && ((CR && CR->Value == 32) || ByWarp) ? FromLane : 0;
  case BO_Div:
    return L & FromThread && ((CR && CR->Value == 32) || ByWarp) ? FromWarp : 0;
  case BO_Shr:
    return (L & FromThread && CR && CR->Value == 5 ? FromWarp : 0) | (L & FromMask);
  case BO_Shl:
    return (R & FromLane && CL ? FromMask : 0) | (L & FromMask);
  case BO_Or:
  case BO_Xor:
    return Mask;
  default:
    return 0;
  }
}

/// The class of the object that a member function is called on, of cooperative groups.
static llvm::StringRef groupOf(const CallExpr *E) {
  QualType Type;
  const Expr *Callee = E->getCallee()->IgnoreParenImpCasts();
  if (const auto *Member = dyn_cast<MemberExpr>(Callee)) // of a static member function, too
    Type = Member->getBase()->getType();
  else if (const auto *Dependent = dyn_cast<CXXDependentScopeMemberExpr>(Callee))
    Type = Dependent->getBaseType();
  else if (E->getNumArgs() == 1)
    Type = E->getArg(0)->getType();
  if (Type.isNull())
    return "";
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  Type = Type.getNonReferenceType();
  if (const auto *Special = Type->getAs<TemplateSpecializationType>())
    if (const TemplateDecl *Template = Special->getTemplateName().getAsTemplateDecl())
      return Template->getName();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && Class->getIdentifier() ? Class->getName() : "";
}

uint8_t LaneFlow::sourceOfCall(const CallExpr *E) const {
  llvm::StringRef Name = calleeName(E);
  uint8_t Known = llvm::StringSwitch<uint8_t>(Name)
                      .Cases({"__ballot_sync", "__ballot", "__activemask", "__match_any_sync", "__match_all_sync"}, FromMask)
                      .Case("__lane_id", FromLane)
                      .Case("meta_group_rank", FromWarp)
                      .Default(0);
  if (Known)
    return Known;
  llvm::StringRef Group;
  if (Name == "thread_rank" || Name == "ballot" || Name == "match_any" || Name == "match_all")
    Group = groupOf(E);
  if (!Group.empty()) {
    bool OfWarp = Group == "thread_block_tile" || Group == "coalesced_group" || Group == "warp_group";
    if (Name == "thread_rank")
      return OfWarp ? FromLane : Group == "thread_block" ? FromThread : 0;
    return OfWarp ? FromMask : 0;
  }
  if (Name == "__brev" && E->getNumArgs() == 1)
    return sourceOf(E->getArg(0)) & FromMask;
  const FunctionDecl *F = E->getDirectCallee();
  return F ? Sources.lookup(cast<ValueDecl>(patternOf(F)->getCanonicalDecl())) : 0;
}

uint8_t LaneFlow::sourceOf(const Expr *E) const {
  E = strip(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Sources.lookup(cast<ValueDecl>(Ref->getDecl()->getCanonicalDecl()));
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return sourceOfMember(Member->getBase(), Member->getMemberDecl());
  if (const auto *Property = dyn_cast<MSPropertyRefExpr>(E))
    return sourceOfMember(Property->getBaseExpr(), Property->getPropertyDecl());
  if (isa<BinaryOperator>(E))
    return sourceOfBinary(E);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    uint8_t Of = sourceOf(Unary->getSubExpr());
    return Unary->isIncrementDecrementOp() ? Of : Unary->getOpcode() == UO_Not || Unary->getOpcode() == UO_Minus ? Of & FromMask : 0;
  }
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E))
    return sourceOf(Choice->getTrueExpr()) | sourceOf(Choice->getFalseExpr());
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return sourceOfCall(Call);
  return 0;
}
