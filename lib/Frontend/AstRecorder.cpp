// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/FactSink.h"
#include "Frontend/LaneFlow.h"
#include "Frontend/Recorders.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace cuport;
using namespace clang;

namespace {

/// Visits the user's declarations as written: templates once, as patterns; no implicit code.
class NameVisitor : public RecursiveASTVisitor<NameVisitor> {
public:
  NameVisitor(FactSink &Sink, Preprocessor &PP) : Sink(Sink), PP(PP) {}

  /// A lambda belongs to the function it stands in: clang gives all of them implicit attributes of both sides.
  bool TraverseDecl(Decl *D) {
    auto *Function = D ? D->getAsFunction() : nullptr;
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Function);
    if (!Function || (Method && Method->getParent()->isLambda()))
      return RecursiveASTVisitor::TraverseDecl(D);
    llvm::SaveAndRestore Here(InDevice, isDeviceCode(Function));
    return RecursiveASTVisitor::TraverseDecl(D);
  }

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    refersTo(E->getLocation(), E->getDecl());
    return true;
  }
  bool VisitMemberExpr(MemberExpr *E) {
    refersTo(E->getMemberLoc(), E->getMemberDecl());
    return true;
  }
  bool VisitOverloadExpr(OverloadExpr *E) {
    for (NamedDecl *D : E->decls())
      refersTo(E->getNameLoc(), D->getUnderlyingDecl());
    return true;
  }
  // What is named through a template argument is a member of the user's class, whatever its name.
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) {
    belongsToUser(E->getMemberLoc(), E->getMember());
    return true;
  }
  bool VisitDependentScopeDeclRefExpr(DependentScopeDeclRefExpr *E) {
    belongsToUser(E->getLocation(), E->getDeclName());
    return true;
  }
  bool VisitDependentNameTypeLoc(DependentNameTypeLoc TL) {
    belongsToUser(TL.getNameLoc(), TL.getTypePtr()->getIdentifier());
    return true;
  }
  bool VisitDesignatedInitExpr(DesignatedInitExpr *E) {
    for (const DesignatedInitExpr::Designator &D : E->designators())
      if (D.isFieldDesignator() && D.getFieldDecl())
        refersTo(D.getFieldLoc(), D.getFieldDecl());
    return true;
  }
  bool VisitCallExpr(CallExpr *E) {
    recordArguments(E, PP, Sink);
    return true;
  }
  bool VisitCUDAKernelCallExpr(CUDAKernelCallExpr *E) {
    if (const CallExpr *Config = E->getConfig())
      Sink.launch(Config->getBeginLoc(), InDevice);
    return true;
  }

  bool VisitTypedefTypeLoc(TypedefTypeLoc TL) {
    refersTo(TL.getNameLoc(), TL.getDecl());
    return true;
  }
  bool VisitUsingTypeLoc(UsingTypeLoc TL) {
    refersTo(TL.getNameLoc(), TL.getDecl()->getTargetDecl());
    return true;
  }
  bool VisitTagTypeLoc(TagTypeLoc TL) {
    refersTo(TL.getNameLoc(), TL.getDecl());
    return true;
  }
  bool VisitTemplateSpecializationTypeLoc(TemplateSpecializationTypeLoc TL) {
    refersTo(TL.getTemplateNameLoc(), TL.getTypePtr()->getTemplateName().getAsTemplateDecl());
    return true;
  }
  bool VisitDeducedTemplateSpecializationTypeLoc(DeducedTemplateSpecializationTypeLoc TL) {
    refersTo(TL.getTemplateNameLoc(), TL.getTypePtr()->getTemplateName().getAsTemplateDecl());
    return true;
  }
  bool TraverseNestedNameSpecifierLoc(NestedNameSpecifierLoc NNS) {
    if (NNS && NNS.getNestedNameSpecifier().getKind() == NestedNameSpecifier::Kind::Namespace)
      refersTo(NNS.getLocalBeginLoc(), NNS.getNestedNameSpecifier().getAsNamespaceAndPrefix().Namespace);
    return RecursiveASTVisitor::TraverseNestedNameSpecifierLoc(NNS);
  }

  bool VisitFunctionDecl(FunctionDecl *D) {
    if (isVectorOperator(D) || isFloatingMinMax(D) || definesCudas(D))
      Sink.hipOverload(D->getLocation());
    return true;
  }

  /// dim3 d = make_uint3(x, y, z): HIP's dim3 cannot be made of a vector.
  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    const CXXRecordDecl *Made = E->getConstructor()->getParent();
    if (E->getNumArgs() != 1 || Made->getName() != "dim3" || !Sink.isCuda(Made->getLocation()))
      return true;
    const auto *Call = dyn_cast<CallExpr>(E->getArg(0)->IgnoreImplicit());
    const auto *Callee = Call ? dyn_cast<DeclRefExpr>(Call->getCallee()->IgnoreImplicit()) : nullptr;
    if (Callee && Callee->getNameInfo().getAsString() == "make_uint3" && Sink.isCuda(Callee->getDecl()->getLocation()))
      Sink.name(Callee->getLocation(), "make_uint3", OwnerCuda | BecomesDim3);
    return true;
  }

  /// h = {} with a half on the left: HIP's half has several assignments that fit.
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *E) {
    if (E->getOperator() != OO_Equal || E->getNumArgs() != 2)
      return true;
    const CXXRecordDecl *Left = E->getArg(0)->getType()->getAsCXXRecordDecl();
    if (!Left || !Sink.isCuda(Left->getLocation()) || (Left->getName() != "__half" && Left->getName() != "__half2"))
      return true;
    SourceLocation Begin = E->getArg(1)->getBeginLoc();
    if (Sink.startsWith(Begin, '{'))
      Sink.bracedHalf(Begin, Left->getName() == "__half" ? "__half" : "__half2");
    return true;
  }

  bool VisitNamedDecl(NamedDecl *D) {
    if (!D->isImplicit())
      declares(D);
    return true;
  }
  bool VisitUsingDirectiveDecl(UsingDirectiveDecl *D) {
    refersTo(D->getIdentLocation(), D->getNominatedNamespaceAsWritten());
    return true;
  }
  bool VisitNamespaceAliasDecl(NamespaceAliasDecl *D) {
    refersTo(D->getTargetNameLoc(), D->getAliasedNamespace());
    return true;
  }
  bool VisitUsingDecl(UsingDecl *D) {
    for (const UsingShadowDecl *Shadow : D->shadows())
      refersTo(D->getNameInfo().getLoc(), Shadow->getTargetDecl());
    return true;
  }

private:
  /// A function of both sides that HIP's own operators are as good a match as: both operands the same vector type.
  bool isVectorOperator(const FunctionDecl *D) {
    switch (D->getOverloadedOperator()) {
    case OO_Star:
    case OO_Slash:
    case OO_PlusEqual:
    case OO_MinusEqual:
    case OO_StarEqual:
    case OO_SlashEqual:
      break;
    default:
      return false;
    }
    if (isa<CXXMethodDecl>(D) || D->getNumParams() != 2 || !D->hasAttr<CUDAHostAttr>() || !D->hasAttr<CUDADeviceAttr>())
      return false;
    QualType Left = D->getParamDecl(0)->getType().getNonReferenceType().getUnqualifiedType();
    QualType Right = D->getParamDecl(1)->getType().getNonReferenceType().getUnqualifiedType();
    const CXXRecordDecl *Vector = Left->getAsCXXRecordDecl();
    return Vector && Left.getCanonicalType() == Right.getCanonicalType() && Sink.isCuda(Vector->getLocation()) &&
           isVectorName(Vector->getName());
  }

  /// float atomicMin(float *, float) and its kin, which HIP has and CUDA has not.
  static bool isFloatingMinMax(const FunctionDecl *D) {
    const IdentifierInfo *Name = D->getIdentifier();
    if (!Name || (Name->getName() != "atomicMin" && Name->getName() != "atomicMax") || D->getNumParams() != 2 ||
        !D->getDeclContext()->isFileContext())
      return false;
    QualType To = D->getParamDecl(0)->getType(), Value = D->getParamDecl(1)->getType().getUnqualifiedType();
    return To->isPointerType() && Value->isRealFloatingType() &&
           To->getPointeeType().getUnqualifiedType().getCanonicalType() == Value.getCanonicalType();
  }

  /// A definition of the user's for a device function that CUDA declares: atomicAdd of doubles for old cards.
  bool definesCudas(const FunctionDecl *D) {
    return D->isThisDeclarationADefinition() && D->getIdentifier() && D->hasAttr<CUDADeviceAttr>() &&
           D->getCanonicalDecl() != D && Sink.isCuda(D->getCanonicalDecl()->getLocation()) &&
           Sink.isUser(D->getLocation());
  }

  /// char1 ... double4.
  static bool isVectorName(StringRef Name) {
    if (Name.empty() || Name.back() < '1' || Name.back() > '4')
      return false;
    return llvm::StringSwitch<bool>(Name.drop_back())
        .Cases({"char", "uchar", "short", "ushort", "int", "uint", "long", "ulong"}, true)
        .Cases({"longlong", "ulonglong", "float", "double"}, true)
        .Default(false);
  }

  void refersTo(SourceLocation Loc, const NamedDecl *D) {
    if (!D || !Sink.isInteresting(D->getIdentifier()))
      return;
    if (auto Owner = ownerOf(D))
      Sink.name(Loc, D->getName(), *Owner == OwnerCuda && InDevice ? OwnerCuda | InDeviceCode : *Owner);
  }

  void belongsToUser(SourceLocation Loc, DeclarationName Name) {
    if (const IdentifierInfo *Id = Name.getAsIdentifierInfo(); Sink.isInteresting(Id))
      Sink.name(Loc, Id->getName(), OwnerUser);
  }

  void declares(const NamedDecl *D) {
    if (isa<UsingDirectiveDecl, UsingDecl, UsingShadowDecl>(D) || !Sink.isInteresting(D->getIdentifier()))
      return;
    auto Owner = ownerOf(D);
    if (!Owner)
      return;
    if (*Owner == OwnerUser)
      Sink.userName(D->getName(), isVisibleEverywhere(D));
    Sink.name(D->getLocation(), D->getName(), *Owner);
  }

  static bool isVisibleEverywhere(const NamedDecl *D) {
    const DeclContext *Home = D->getDeclContext()->getRedeclContext();
    while (const auto *Namespace = dyn_cast<NamespaceDecl>(Home)) {
      if (!Namespace->isAnonymousNamespace() && !Namespace->isInline())
        return false;
      Home = Namespace->getDeclContext()->getRedeclContext();
    }
    return Home->isTranslationUnit();
  }

  /// The first declaration. In C a call declares what nothing has declared, and does not say whose that is, and so clang does with functions that are
  /// built in: null where there is no other.
  static const Decl *declarationOf(const NamedDecl *D) {
    const Decl *First = D->getCanonicalDecl();
    if (!isa<FunctionDecl>(First) || !First->isImplicit())
      return First;
    auto Said = llvm::find_if(First->redecls(), [](const Decl *Again) { return !Again->isImplicit(); });
    return Said == First->redecls_end() ? nullptr : *Said;
  }

  /// A redeclaration of CUDA's (extern "C" cudaError_t cudaMalloc(...);) is CUDA's: the first declaration decides. What a
  /// system header declares is neither's for certain, and so nothing is said of it.
  std::optional<NameOwner> ownerOf(const NamedDecl *D) {
    // CUDA's headers open it first, and put overloads in.
    if (const auto *Namespace = dyn_cast<NamespaceDecl>(D); Namespace && Namespace->isStdNamespace())
      return std::nullopt;
    const Decl *First = declarationOf(D);
    if (!First) // __syncthreads, which NVIDIA's headers leave to the compiler
      return D->getASTContext().BuiltinInfo.isTSBuiltin(cast<FunctionDecl>(D)->getBuiltinID()) ? std::optional(OwnerCuda) : std::nullopt;
    SourceLocation Loc = First->getLocation();
    if (Sink.isCuda(Loc))
      return OwnerCuda;
    if (Sink.isUser(Loc))
      return OwnerUser;
    return std::nullopt;
  }

  FactSink &Sink;
  Preprocessor &PP;
  bool InDevice = false; ///< in a kernel or a device function
};

class AstRecorder : public ASTConsumer {
public:
  AstRecorder(FactSink &Sink, Preprocessor &PP) : Sink(Sink), PP(PP) {}

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (Decl *D : Group)
      if (Sink.isUser(D->getLocation()))
        Own.push_back(D);
    return true;
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    NameVisitor Visitor(Sink, PP);
    for (Decl *D : Own)
      Visitor.TraverseDecl(D);
    if (!Sink.wantsBodies())
      return;
    recordLanes(Own, Sink);
    recordCode(Own, Context, Sink);
    recordAddresses(Own, Context, Sink);
  }

  // Bodies of functions that are not the user's say nothing about the user's names.
  bool shouldSkipFunctionBody(Decl *D) override { return !Sink.isUser(D->getLocation()); }

private:
  FactSink &Sink;
  Preprocessor &PP;
  std::vector<Decl *> Own;
};

} // namespace

std::unique_ptr<ASTConsumer> cuport::makeAstRecorder(FactSink &Sink, Preprocessor &PP) {
  return std::make_unique<AstRecorder>(Sink, PP);
}
