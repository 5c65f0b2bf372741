// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Finds the places whose meaning types and constants tell: how much a launch, a kernel or a variable takes, atomics by what they
// work on, members of CUDA's structs, what stands in pageable memory.

#include "Frontend/ExecutionSpaces.h"
#include "Frontend/FactSink.h"
#include "Frontend/LaneFlow.h"
#include "Frontend/LaunchShape.h"
#include "Frontend/Recorders.h"
#include "Frontend/SharedVariables.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace cuport;
using namespace clang;

static llvm::StringRef nameOf(const NamedDecl *D) { return D && D->getIdentifier() ? D->getName() : ""; }

/// The name of a class type, "__half"; empty for others.
static llvm::StringRef recordName(QualType T) {
  const CXXRecordDecl *Record = T.isNull() ? nullptr : T->getAsCXXRecordDecl();
  return nameOf(Record);
}

static bool isSmallFloat(QualType T) {
  return llvm::StringSwitch<bool>(recordName(T)).Cases({"__half", "__half2", "__nv_bfloat16", "__nv_bfloat162"}, true).Default(false);
}

/// What a pointer points to, or an array holds; null for others.
static QualType elementOf(QualType T) {
  if (T->isPointerType())
    return T->getPointeeType();
  return T->isArrayType() ? QualType(T->getPointeeOrArrayElementType(), 0) : QualType();
}

/// The number of an expression that depends on no template argument.
static std::optional<uint64_t> numberOf(const Expr *E, const ASTContext &Context) {
  Expr::EvalResult Result;
  if (!E || E->isValueDependent() || E->isTypeDependent() || !E->getType()->isIntegralOrEnumerationType() ||
      !E->EvaluateAsInt(Result, Context) || Result.Val.getInt().isNegative())
    return std::nullopt;
  return Result.Val.getInt().getLimitedValue();
}

static std::optional<uint64_t> bytesOf(QualType T, const ASTContext &Context) {
  if (T->isDependentType() || T->isIncompleteType() || T->isReferenceType())
    return std::nullopt;
  return Context.getTypeSizeInChars(T).getQuantity();
}

/// True for what names a function that the compiler knows: a parameter whose type is a template's argument, such an argument itself, a constexpr pointer.
static bool isKnownWhereCompiled(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
  const ValueDecl *Named = Ref ? Ref->getDecl() : nullptr;
  if (const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Named))
    return Parameter->getOriginalType()->getAs<SubstTemplateTypeParmType>();
  const auto *Variable = dyn_cast_or_null<VarDecl>(Named);
  return isa_and_nonnull<NonTypeTemplateParmDecl>(Named) || (Variable && Variable->isConstexpr());
}

static bool isInTemplate(const Decl *D) { return D->getDeclContext()->isDependentContext() || D->isTemplated(); }

namespace {

class CodeRecorder : public RecursiveASTVisitor<CodeRecorder> {
public:
  CodeRecorder(ASTContext &Context, FactSink &Sink) : Context(Context), Sink(Sink) {}

  bool TraverseDecl(Decl *D) {
    auto *Function = D ? D->getAsFunction() : nullptr;
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function);
    bool IsLambda = Method && Method->getParent()->isLambda();
    if (!Function || IsLambda)
      return RecursiveASTVisitor::TraverseDecl(D);
    llvm::SaveAndRestore Here(InDevice, isDeviceCode(Function)), Doubles(HasDouble, false), WideIntegers(HasWideInteger, false);
    llvm::SaveAndRestore<uint64_t> Shared(SharedBytes, 0);
    bool GoOn = RecursiveASTVisitor::TraverseDecl(D);
    if (InDevice && HasDouble)
      Sink.code(Function->getLocation(), CodeFact::DoubleFunction, 0, nameOf(Function));
    if (InDevice && HasWideInteger)
      Sink.code(Function->getLocation(), CodeFact::WideIntegers, 0, nameOf(Function));
    if (SharedBytes)
      Sink.code(Function->getLocation(), CodeFact::SharedBytes, SharedBytes, nameOf(Function));
    return GoOn;
  }

  bool VisitFunctionDecl(FunctionDecl *D) {
    if (const std::string Spaces = addedSpaces(*D); !Spaces.empty() && !D->isTemplateInstantiation())
      addedSpace(D, Spaces);
    if (!D->hasAttr<CUDAGlobalAttr>())
      return true;
    uint64_t Bytes = 0;
    for (const ParmVarDecl *P : D->parameters())
      Bytes += bytesOf(P->getType(), Context).value_or(0);
    Sink.code(D->getLocation(), CodeFact::KernelArguments, Bytes, nameOf(D));
    return true;
  }

  bool VisitVarDecl(VarDecl *D) {
    QualType Type = D->getType();
    if (isShared(*D)) {
      if (!D->hasExternalStorage())
        SharedBytes += bytesOf(Type, Context).value_or(0);
      else if (Type->isDependentType())
        Sink.code(D->getLocation(), CodeFact::SharedInTemplate, 0, nameOf(D));
      if (wantsConstructor(*D))
        Sink.code(D->getLocation(), CodeFact::SharedConstructor, 0, Context.getBaseElementType(Type).getAsString(Context.getPrintingPolicy()));
    }
    // Clang marks what is constexpr so by itself.
    if (const auto *A = D->getAttr<CUDAConstantAttr>(); A && !A->isImplicit()) {
      if (isInTemplate(D))
        Sink.code(D->getLocation(), CodeFact::ConstantInTemplate, 0, nameOf(D));
      else if (auto Bytes = bytesOf(Type, Context))
        Sink.code(D->getLocation(), CodeFact::ConstantBytes, *Bytes, nameOf(D));
    }
    HasDouble |= isDouble(Type);
    if (D->getInit())
      given(D, D->getInit());
    return true;
  }

  bool VisitCUDAKernelCallExpr(CUDAKernelCallExpr *E) {
    const CallExpr *Config = E->getConfig();
    if (!Config || Config->getNumArgs() < 2)
      return true;
    auto Blocks = launchExtent(Config->getArg(0)), Threads = launchExtent(Config->getArg(1));
    if (Threads)
      Sink.code(Config->getBeginLoc(), CodeFact::LaunchThreads, *Threads, "");
    if (Threads && Blocks)
      Sink.code(Config->getBeginLoc(), CodeFact::LaunchGrid, uint64_t(*Threads) * *Blocks, "");
    if (Config->getNumArgs() > 2)
      if (auto Bytes = numberOf(Config->getArg(2), Context); Bytes && *Bytes > 0)
        Sink.code(Config->getBeginLoc(), CodeFact::LaunchShared, *Bytes, "");
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    if (InDevice)
      HasDouble |= isDouble(E->getDecl()->getType());
    bool IsIndex = llvm::StringSwitch<bool>(nameOf(E->getDecl())).Cases({"threadIdx", "blockIdx", "blockDim", "gridDim"}, true).Default(false);
    if (InDevice && IsIndex && Sink.isCuda(E->getDecl()->getLocation()))
      Indices.push_back(E);
    return true;
  }

  bool VisitMemberExpr(MemberExpr *E) {
    Bases.insert(E->getBase()->IgnoreParenImpCasts());
    const auto *Struct = dyn_cast<CXXRecordDecl>(E->getMemberDecl()->getDeclContext());
    if (Struct && Sink.isCuda(Struct->getLocation()) && !isa<CXXMethodDecl>(E->getMemberDecl()))
      Sink.code(E->getMemberLoc(), CodeFact::StructField, 0, (nameOf(Struct) + "::" + nameOf(E->getMemberDecl())).str());
    return true;
  }

  bool VisitMSPropertyRefExpr(MSPropertyRefExpr *E) { // threadIdx.x against a toolkit
    const Expr *Base = E->getBaseExpr()->IgnoreParenImpCasts();
    if (const auto *Bound = dyn_cast<OpaqueValueExpr>(Base))
      Base = Bound->getSourceExpr()->IgnoreParenImpCasts();
    Bases.insert(Base);
    return true;
  }

  bool VisitBinaryOperator(BinaryOperator *E) {
    if (E->isComparisonOp())
      for (auto [Value, Number] : {std::pair(E->getLHS(), E->getRHS()), std::pair(E->getRHS(), E->getLHS())})
        besideNumber(cudaEnum(Value->IgnoreParenCasts()->getType()), Number, E->getOperatorLoc(), E->getSourceRange());
    if (E->getOpcode() == BO_Assign)
      if (const VarDecl *V = variableOf(E->getLHS()))
        given(V, E->getRHS());
    if (InDevice && (E->isMultiplicativeOp() || E->isAdditiveOp() || E->isShiftOp() || E->isBitwiseOp() || E->isCompoundAssignmentOp()))
      HasWideInteger |= isWideInteger(E->getType());
    if (InDevice && E->getOpcode() == BO_Or)
      rotation(E);
    if (InDevice && (E->isShiftOp() || E->isShiftAssignOp()))
      shift(E);
    if (InDevice && E->getType()->isSpecificBuiltinType(BuiltinType::Double) && !E->isAssignmentOp())
      literal(E->getLHS(), E->getRHS()), literal(E->getRHS(), E->getLHS());
    return true;
  }

  bool VisitExplicitCastExpr(ExplicitCastExpr *E) {
    const EnumDecl *Enum = cudaEnum(E->getType());
    QualType From = E->getSubExpr()->IgnoreParenImpCasts()->getType();
    if (Enum && From->isIntegerType() && !From->isEnumeralType())
      Sink.code(E->getBeginLoc(), CodeFact::EnumFromNumber, 0, enumName(Enum));
    return true;
  }
  bool VisitArraySubscriptExpr(ArraySubscriptExpr *E) {
    const Expr *Index = E->getIdx()->IgnoreParenCasts();
    if (const EnumDecl *Enum = cudaEnum(Index->getType()); Enum && !isOfErrors(*Enum))
      Sink.code(Index->getExprLoc(), CodeFact::EnumAsNumber, 0, enumName(Enum));
    return true;
  }

  bool VisitUnaryOperator(UnaryOperator *E) {
    if (InDevice && (E->isIncrementDecrementOp() || E->getOpcode() == UO_Minus || E->getOpcode() == UO_Not))
      HasWideInteger |= isWideInteger(E->getType());
    return true;
  }

  bool VisitCaseStmt(CaseStmt *S) {
    besideNumber(CaseOfEnum, S->getLHS(), S->getLHS()->getBeginLoc(), S->getLHS()->getSourceRange());
    return true;
  }
  bool TraverseSwitchStmt(SwitchStmt *S) {
    llvm::SaveAndRestore Here(CaseOfEnum, cudaEnum(S->getCond()->IgnoreParenCasts()->getType()));
    return RecursiveASTVisitor::TraverseSwitchStmt(S);
  }

  bool VisitCallExpr(CallExpr *E) {
    const FunctionDecl *Callee = E->getDirectCallee();
    llvm::StringRef Name = calleeName(E);
    bool OfCuda = Callee && Sink.isCuda(Callee->getLocation());
    if (OfCuda) {
      if (Name.starts_with("cuda"))
        runtimeCall(E, Name);
      else if ((Name == "min" || Name == "max") && E->getNumArgs() == 2)
        minMax(E, Name);
      else if (Name.starts_with("atomic") && E->getNumArgs() > 1)
        atomic(E, Name);
      else if (Name.starts_with("__shfl"))
        shuffle(E, Name);
    }
    if (!InDevice)
      return true;
    if (Name == "malloc" || Name == "free")
      Sink.code(E->getBeginLoc(), CodeFact::DeviceHeap, 0, Name);
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
    const auto *Member = dyn_cast<MemberExpr>(E->getCallee()->IgnoreParens());
    bool IsVirtual = Method && Method->isVirtual() && Member && !Member->hasQualifier();
    bool ThroughPointer = !Callee && !E->isTypeDependent() && E->getCallee()->getType()->isFunctionPointerType() &&
                          !isKnownWhereCompiled(E->getCallee());
    if (IsVirtual || ThroughPointer)
      Sink.code(E->getBeginLoc(), CodeFact::IndirectCall, 0, "", E->getCallee()->getSourceRange());
    return true;
  }
  bool VisitCXXNewExpr(CXXNewExpr *E) {
    if (InDevice && E->getNumPlacementArgs() == 0)
      Sink.code(E->getBeginLoc(), CodeFact::DeviceHeap, 0, "new");
    return true;
  }
  bool VisitCXXDeleteExpr(CXXDeleteExpr *E) {
    if (InDevice)
      Sink.code(E->getBeginLoc(), CodeFact::DeviceHeap, 0, "delete");
    return true;
  }

  bool VisitWhileStmt(WhileStmt *S) { return loop(S->getCond(), S->getBody(), S->getWhileLoc()); }
  bool VisitDoStmt(DoStmt *S) { return loop(S->getCond(), S->getBody(), S->getDoLoc()); }
  bool VisitForStmt(ForStmt *S) { return S->getInc() || loop(S->getCond(), S->getBody(), S->getForLoc()); }

  /// Says what only all of the code tells: which copies are from or to what nothing but malloc or new has made, and which index
  /// variables are more than the base of a member. To be called last.
  void finish() {
    for (const DeclRefExpr *E : Indices)
      if (!Bases.contains(E))
        Sink.code(E->getLocation(), CodeFact::IndexValue, 0, nameOf(E->getDecl()));
    for (auto [V, Loc] : Copies)
      if (!Pinned.contains(V) && (Pageable.contains(V) || isVector(V->getType()) || V->getType()->isArrayType()))
        Sink.code(Loc, CodeFact::PageableCopy, 0, nameOf(V));
  }

private:
  void addedSpace(const FunctionDecl *D, const std::string &Spaces) {
    if (D->getLocation().isMacroID()) // the macro may make others, too
      Sink.code(D->getLocation(), CodeFact::OtherSpace, 0, "what a macro declares lacks '" + StringRef(Spaces).rtrim().str() + "'");
    else
      Sink.code(Context.getSourceManager().getExpansionLoc(D->getInnerLocStart()), CodeFact::AddedSpace, 0, Spaces);
  }

  static bool isDouble(QualType T) {
    T = T.getNonReferenceType();
    for (QualType Element = elementOf(T); !Element.isNull(); Element = elementOf(T))
      T = Element;
    return T->isSpecificBuiltinType(BuiltinType::Double);
  }
  bool isWideInteger(QualType T) const {
    return !T->isDependentType() && T->isIntegerType() && !T->isEnumeralType() && Context.getTypeSize(T) == 64;
  }
  static bool isVector(QualType T) { return recordName(T) == "vector"; }

  /// The enum of CUDA's that T is; null where it is none.
  const EnumDecl *cudaEnum(QualType T) {
    const auto *Enum = T->getAs<EnumType>();
    return Enum && Sink.isCuda(Enum->getDecl()->getLocation()) ? Enum->getDecl() : nullptr;
  }
  static llvm::StringRef enumName(const EnumDecl *Enum) {
    const TypedefNameDecl *Alias = Enum->getTypedefNameForAnonDecl();
    return Alias ? nameOf(Alias) : nameOf(Enum);
  }
  static bool isOfErrors(const EnumDecl &Enum) {
    llvm::StringRef Name = enumName(&Enum);
    return Name.contains_insensitive("error") || Name.contains_insensitive("result") || Name.contains_insensitive("status");
  }
  /// A value of the enum, if it is one of CUDA's, meets Number, at Loc in Whole. Success is 0 everywhere.
  void besideNumber(const EnumDecl *Enum, const Expr *Number, SourceLocation Loc, SourceRange Whole) {
    const auto *Literal = dyn_cast<IntegerLiteral>(Number->IgnoreParenCasts());
    if (!Enum || !Literal)
      return;
    if (!isOfErrors(*Enum))
      Sink.code(Loc, CodeFact::EnumAsNumber, 0, enumName(Enum));
    else if (Literal->getValue() != 0)
      Sink.code(Loc, CodeFact::ErrorNumber, 0, "", Whole);
  }

  /// What is taken from the width in a shift's amount, 32 - n; null where the amount is another, or a constant.
  const Expr *restOfWidth(const BinaryOperator *Shift) const {
    const auto *Amount = dyn_cast<BinaryOperator>(Shift->getRHS()->IgnoreParenCasts());
    const auto *Assign = dyn_cast<CompoundAssignOperator>(Shift);
    const QualType Number = Assign ? Assign->getComputationLHSType() : Shift->getLHS()->getType();
    if (!Amount || Amount->getOpcode() != BO_Sub || Number->isDependentType() || !Number->isIntegerType() ||
        numberOf(Amount->getLHS(), Context) != Context.getTypeSize(Number))
      return nullptr;
    const Expr *Rest = Amount->getRHS()->IgnoreParenCasts();
    return Rest->isValueDependent() || numberOf(Rest, Context) ? nullptr : Rest;
  }

  void shift(const BinaryOperator *E) {
    if (const Expr *Rest = restOfWidth(E); Rest && !Rotations.contains(E))
      Sink.code(E->getOperatorLoc(), CodeFact::ShiftByWidth, 0, "", Rest->getSourceRange());
  }

  /// x << n | x >> (32 - n): the same whatever a shift by 32 gives, if both are of one x and n.
  void rotation(const BinaryOperator *Or) {
    const auto *A = dyn_cast<BinaryOperator>(Or->getLHS()->IgnoreParenImpCasts());
    const auto *B = dyn_cast<BinaryOperator>(Or->getRHS()->IgnoreParenImpCasts());
    if (!A || !B || !A->isShiftOp() || !B->isShiftOp() || A->getOpcode() == B->getOpcode() || !isSame(A->getLHS(), B->getLHS()))
      return;
    for (auto [Plain, Other] : {std::pair(A, B), std::pair(B, A)})
      if (const Expr *Rest = restOfWidth(Other); Rest && isSame(Plain->getRHS(), Rest))
        Rotations.insert(Other);
  }

  bool isSame(const Expr *A, const Expr *B) const {
    llvm::FoldingSetNodeID IdA, IdB;
    A->IgnoreParenCasts()->Profile(IdA, Context, /*Canonical=*/true);
    B->IgnoreParenCasts()->Profile(IdB, Context, /*Canonical=*/true);
    return IdA == IdB;
  }

  /// Literal is a double, and Other a float that it makes one of.
  void literal(const Expr *Literal, const Expr *Other) {
    const Expr *Bare = Literal->IgnoreParenImpCasts();
    if (const auto *Sign = dyn_cast<UnaryOperator>(Bare))
      Bare = Sign->getSubExpr()->IgnoreParens();
    const auto *Widened = dyn_cast<ImplicitCastExpr>(Other->IgnoreParens());
    if (isa<FloatingLiteral>(Bare) && Widened && Widened->getCastKind() == CK_FloatingCast &&
        Widened->getSubExpr()->getType()->isSpecificBuiltinType(BuiltinType::Float))
      Sink.code(Bare->getExprLoc(), CodeFact::DoubleLiteral, 0, "", Bare->getSourceRange());
  }

  /// Where what a pointer is given comes from.
  void given(const VarDecl *V, const Expr *From) {
    From = From->IgnoreParenCasts();
    const auto *Call = dyn_cast<CallExpr>(From);
    llvm::StringRef Name = Call ? calleeName(Call) : "";
    if (isa<CXXNewExpr>(From) || Name == "malloc" || Name == "calloc" || Name == "realloc" || Name == "aligned_alloc")
      Pageable.insert(V);
    else if (Call || isa<DeclRefExpr>(From))
      Pinned.insert(V); // from somewhere else: nobody knows
  }

  /// The variable whose memory an argument points to: p, &x, &v[0], v.data().
  static const VarDecl *memoryOf(const Expr *E) {
    E = E->IgnoreParenCasts();
    if (const auto *Address = dyn_cast<UnaryOperator>(E); Address && Address->getOpcode() == UO_AddrOf)
      E = Address->getSubExpr()->IgnoreParenCasts();
    if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
      E = Element->getBase();
    else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E); Operator && Operator->getOperator() == OO_Subscript)
      E = Operator->getArg(0);
    else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E); Call && calleeName(Call) == "data")
      E = Call->getImplicitObjectArgument();
    return variableOf(E);
  }

  void runtimeCall(const CallExpr *E, llvm::StringRef Name) {
    bool Pins = Name == "cudaMallocHost" || Name == "cudaHostAlloc" || Name == "cudaHostRegister" || Name == "cudaMallocManaged";
    if (Pins && E->getNumArgs() > 0)
      if (const VarDecl *V = memoryOf(E->getArg(0)))
        Pinned.insert(V);
    if (Name == "cudaFuncSetAttribute" && E->getNumArgs() == 3 &&
        nameOf(enumerator(E->getArg(1))) == "cudaFuncAttributeMaxDynamicSharedMemorySize")
      if (auto Bytes = numberOf(E->getArg(2), Context))
        Sink.code(E->getBeginLoc(), CodeFact::SharedOptIn, *Bytes, "");
    if (Name != "cudaMemcpyAsync" || E->getNumArgs() < 4)
      return;
    llvm::StringRef Way = nameOf(enumerator(E->getArg(3)));
    const Expr *Host = Way == "cudaMemcpyHostToDevice" ? E->getArg(1) : Way == "cudaMemcpyDeviceToHost" ? E->getArg(0) : nullptr;
    if (const VarDecl *V = Host ? memoryOf(Host) : nullptr)
      Copies.push_back({V, E->getBeginLoc()});
  }
  static const NamedDecl *enumerator(const Expr *E) {
    const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenCasts());
    return Ref ? dyn_cast<EnumConstantDecl>(Ref->getDecl()) : nullptr;
  }

  void minMax(const CallExpr *E, llvm::StringRef Name) {
    QualType A = E->getArg(0)->IgnoreParenImpCasts()->getType().getCanonicalType().getUnqualifiedType();
    QualType B = E->getArg(1)->IgnoreParenImpCasts()->getType().getCanonicalType().getUnqualifiedType();
    if (A == B || A->isDependentType() || B->isDependentType() || !(A->isIntegerType() || B->isIntegerType()))
      return;
    Sink.code(E->getBeginLoc(), CodeFact::MixedMinMax, 0, (Name + "(" + A.getAsString(Context.getPrintingPolicy()) + ", " + B.getAsString(Context.getPrintingPolicy()) + ")").str());
  }

  void atomic(const CallExpr *E, llvm::StringRef Name) {
    const Expr *To = E->getArg(0);
    QualType On = elementOf(To->IgnoreParenImpCasts()->getType());
    if (On.isNull())
      return;
    std::string Text = (Name + " of '" + On.getUnqualifiedType().getAsString(Context.getPrintingPolicy()) + "'").str();
    const auto *Cast = dyn_cast<ExplicitCastExpr>(To->IgnoreParenImpCasts());
    QualType Of = Cast ? elementOf(Cast->getSubExprAsWritten()->getType()) : QualType();
    if (On->isIntegerType() && !Of.isNull() && Of->isRealFloatingType())
      Sink.code(E->getBeginLoc(), CodeFact::ReinterpretedAtomic, 0, Text);
    else if (On->isRealFloatingType())
      Sink.code(E->getBeginLoc(), CodeFact::FloatingAtomic, 0, Text);
    else if (isSmallFloat(On))
      Sink.code(E->getBeginLoc(), CodeFact::HalfAtomic, 0, Text);
    else if (On->isIntegerType() && !On->isDependentType() && Context.getTypeSize(On) == 16)
      Sink.code(E->getBeginLoc(), CodeFact::ShortAtomic, 0, Text);
  }

  void shuffle(const CallExpr *E, llvm::StringRef Name) {
    unsigned Index = Name.ends_with("_sync") ? 1 : 0;
    if (Index >= E->getNumArgs())
      return;
    QualType Type = E->getArg(Index)->IgnoreParenImpCasts()->getType();
    if (!Type->isDependentType() && (Type->isRecordType() || Type->isCharType() || Type->isSpecificBuiltinType(BuiltinType::Short)))
      Sink.code(E->getBeginLoc(), CodeFact::ShuffledRecord, 0, Type.getUnqualifiedType().getAsString(Context.getPrintingPolicy()));
  }

  /// True for a body that does nothing but wait.
  static bool isIdle(const Stmt *Body) {
    if (!Body || isa<NullStmt>(Body))
      return true;
    if (const auto *Block = dyn_cast<CompoundStmt>(Body))
      return llvm::all_of(Block->body(), isIdle);
    const auto *Value = dyn_cast<Expr>(Body);
    const auto *Call = Value ? dyn_cast<CallExpr>(Value->IgnoreParenImpCasts()) : nullptr;
    return Call && (calleeName(Call) == "__nanosleep" || calleeName(Call).starts_with("__threadfence"));
  }
  static bool holds(const Stmt *S, llvm::function_ref<bool(const Expr *)> Is) {
    const auto *E = dyn_cast_or_null<Expr>(S);
    return S && ((E && Is(E)) || llvm::any_of(S->children(), [&](const Stmt *Child) { return holds(Child, Is); }));
  }
  bool loop(const Expr *Cond, const Stmt *Body, SourceLocation Loc) {
    if (!InDevice || !Cond || !isIdle(Body))
      return true;
    bool Tries = holds(Cond, [](const Expr *E) {
      const auto *Call = dyn_cast<CallExpr>(E);
      return Call && (calleeName(Call).starts_with("atomicCAS") || calleeName(Call).starts_with("atomicExch"));
    });
    bool Reads = holds(Cond, [](const Expr *E) {
      const auto *Call = dyn_cast<CallExpr>(E);
      return (Call && calleeName(Call).starts_with("atomic")) || isa<ArraySubscriptExpr>(E) || E->getType().isVolatileQualified() ||
             (isa<UnaryOperator>(E) && cast<UnaryOperator>(E)->getOpcode() == UO_Deref);
    });
    if (Tries || Reads)
      Sink.code(Loc, Tries ? CodeFact::SpinLock : CodeFact::SpinWait, 0, "", Cond->getSourceRange());
    return true;
  }

  ASTContext &Context;
  FactSink &Sink;
  bool InDevice = false;
  bool HasDouble = false;               ///< seen in the function
  llvm::SmallPtrSet<const Expr *, 8> Rotations; ///< shifts that are one half of a rotation
  bool HasWideInteger = false;          ///< arithmetic on one of 64 bits seen in the function
  const EnumDecl *CaseOfEnum = nullptr; ///< of CUDA's, in a switch over one
  uint64_t SharedBytes = 0;             ///< of the function
  llvm::SmallPtrSet<const Expr *, 16> Bases;          ///< of the members seen
  std::vector<const DeclRefExpr *> Indices;           ///< threadIdx and its kin
  llvm::SmallPtrSet<const VarDecl *, 16> Pageable;    ///< given what malloc or new made
  llvm::SmallPtrSet<const VarDecl *, 16> Pinned;      ///< given, or registered as, something else
  std::vector<std::pair<const VarDecl *, SourceLocation>> Copies; ///< what cudaMemcpyAsync copies on the host's side
};

} // namespace

void cuport::recordCode(llvm::ArrayRef<Decl *> Declarations, ASTContext &Context, FactSink &Sink) {
  CodeRecorder Recorder(Context, Sink);
  for (Decl *D : Declarations)
    Recorder.TraverseDecl(D);
  Recorder.finish();
}
