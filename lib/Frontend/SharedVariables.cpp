// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/SharedVariables.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/ParsedAttrInfo.h"
#include "clang/Sema/ParsedAttr.h"

using namespace clang;

static constexpr llvm::StringLiteral Mark = "cuport.shared";

namespace {

/// cuport_shared, which must stand behind clang's own shared.
struct SharedAttribute : ParsedAttrInfo {
  SharedAttribute() {
    static constexpr Spelling Names[] = {{ParsedAttr::AS_GNU, "cuport_shared"}};
    Spellings = Names;
  }

  AttrHandling handleDeclAttribute(Sema &, Decl *D, const ParsedAttr &Attr) const override {
    auto *Variable = dyn_cast<VarDecl>(D);
    if (!Variable || !Variable->hasAttr<CUDASharedAttr>() || Variable->hasExternalStorage())
      return AttributeNotApplied;
    const auto *Function = dyn_cast<FunctionDecl>(Variable->getDeclContext());
    if (!Function || Function->hasAttr<CUDAHostAttr>() || !(Function->hasAttr<CUDAGlobalAttr>() || Function->hasAttr<CUDADeviceAttr>()))
      return AttributeNotApplied;
    const CXXRecordDecl *Class = Variable->getType()->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
    const bool IsPlain = !Class || !Class->hasDefinition() || (Class->hasTrivialDefaultConstructor() && Class->hasTrivialDestructor());
    if (IsPlain && !Variable->getType()->isDependentType())
      return AttributeNotApplied;
    ASTContext &Context = Variable->getASTContext();
    Variable->dropAttr<CUDASharedAttr>();
    Variable->addAttr(CUDADeviceAttr::CreateImplicit(Context, Attr.getRange()));
    Variable->addAttr(AnnotateAttr::CreateImplicit(Context, Mark, nullptr, 0, Attr.getRange()));
    Variable->setStorageClass(SC_Static);
    return AttributeApplied;
  }
};

/// As clang's rule for shared variables has it: nothing is done, in no base and no member.
bool isEmpty(const CXXConstructorDecl &Constructor) {
  if (Constructor.isTrivial())
    return true;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Constructor.getBody());
  const CXXRecordDecl *Class = Constructor.getParent();
  return Body && Body->body_empty() && Constructor.getNumParams() == 0 && !Class->isDynamicClass() &&
         llvm::all_of(Constructor.inits(), [](const CXXCtorInitializer *I) {
           const auto *Construct = dyn_cast<CXXConstructExpr>(I->getInit());
           return Construct && isEmpty(*Construct->getConstructor());
         });
}

/// What the declaration alone makes run; null: something else stands there.
const CXXConstructExpr *implicitConstruct(const VarDecl &D) {
  const Expr *Init = D.getInit();
  if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Init))
    Init = Cleanups->getSubExpr();
  const auto *Construct = dyn_cast<CXXConstructExpr>(Init);
  const bool IsOfDeclaration = Construct && !isa<CXXTemporaryObjectExpr>(Construct) && Construct->getLocation() == D.getLocation() &&
                               Construct->getParenOrBraceRange().isInvalid();
  return IsOfDeclaration ? Construct : nullptr;
}

} // namespace

bool cuport::isShared(const VarDecl &D) {
  return D.hasAttr<CUDASharedAttr>() ||
         llvm::any_of(D.specific_attrs<AnnotateAttr>(), [](const AnnotateAttr *A) { return A->getAnnotation() == Mark; });
}

void cuport::setShared(VarDecl &D) {
  if (D.hasAttr<CUDASharedAttr>())
    return;
  D.dropAttr<CUDADeviceAttr>();
  D.addAttr(CUDASharedAttr::CreateImplicit(D.getASTContext()));
}

bool cuport::hasWrittenInitializer(const VarDecl &D) {
  return D.getInit() && !D.getInit()->isInstantiationDependent() && !implicitConstruct(D);
}

bool cuport::wantsConstructor(const VarDecl &D) {
  if (!D.getInit() || D.getType()->isDependentType())
    return false;
  const CXXConstructExpr *Construct = implicitConstruct(D);
  return Construct && !isEmpty(*Construct->getConstructor());
}

static ParsedAttrInfoRegistry::Add<SharedAttribute> Register("cuport_shared", "shared variables of any class");
