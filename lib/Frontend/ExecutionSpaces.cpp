// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/ExecutionSpaces.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/AttrSubjectMatchRules.h"
#include "clang/Basic/DiagnosticSema.h"
#include "clang/Basic/ParsedAttrInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Sema/ParsedAttr.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/SemaConsumer.h"

using namespace clang;

static constexpr char Name[] = "cuport_spaces";

namespace {

/// The attributes that clang has for where a function runs.
struct Spaces {
  bool Host = false, Device = false, Global = false;

  bool any() const { return Host || Device || Global; }
  bool operator==(const Spaces &) const = default;
};

template <class Attribute> bool isSaid(const FunctionDecl &D) {
  const auto *A = D.getAttr<Attribute>();
  return A && !A->isImplicit(); // as clang has it for constexpr
}

Spaces spacesOf(const FunctionDecl &D) { return {isSaid<CUDAHostAttr>(D), isSaid<CUDADeviceAttr>(D), isSaid<CUDAGlobalAttr>(D)}; }

template <class Attribute> void add(FunctionDecl &D, bool Wanted) {
  if (Wanted && !isSaid<Attribute>(D)) {
    D.dropAttr<Attribute>();
    auto *Added = Attribute::CreateImplicit(D.getASTContext(), D.getLocation());
    Added->setImplicit(false); // clang asks a specialization for what is written
    D.addAttr(Added);
  }
}

void add(FunctionDecl &D, const Spaces &Wanted) {
  add<CUDAHostAttr>(D, Wanted.Host);
  add<CUDADeviceAttr>(D, Wanted.Device);
  add<CUDAGlobalAttr>(D, Wanted.Global);
}

/// On every function that is declared; see Sema::AddPragmaAttributes.
struct SpacesAttribute : ParsedAttrInfo {
  SpacesAttribute() {
    static constexpr Spelling Names[] = {{ParsedAttr::AS_GNU, Name}};
    Spellings = Names;
  }

  AttrHandling handleDeclAttribute(Sema &S, Decl *D, const ParsedAttr &) const override {
    auto *New = dyn_cast<FunctionDecl>(D);
    if (!New || !isUsers(S, *New) || New->isInvalidDecl())
      return AttributeNotApplied;
    const DeclContext *Home = New->getDeclContext()->getRedeclContext();
    if (!Home->isFileContext() && !Home->isRecord())
      return AttributeNotApplied;
    const bool IsSpecialization = New->getNumTemplateParameterLists() && !New->getDescribedFunctionTemplate();
    if (!IsSpecialization || !specializes(S, *New, *Home))
      for (NamedDecl *Earlier : Home->lookup(New->getDeclName()))
        if (FunctionDecl *Old = Earlier->getUnderlyingDecl()->getAsFunction(); Old && Old != New && isUsers(S, *Old))
          unite(S, *Old->getMostRecentDecl(), *New);
    leaveToDevice(S, *New);
    return AttributeApplied;
  }

private:
  /// nvcc lets a function of both sides call one of the host's. Of those that no other file's device code may call, clang asks the same
  /// only if device code does: for that it has to be inline there.
  static void leaveToDevice(Sema &S, FunctionDecl &New) {
    const LangOptions &Options = S.getLangOpts();
    if (Options.CUDAIsDevice && !Options.GPURelocatableDeviceCode && spacesOf(New) == Spaces{true, true} && !New.isVirtualAsWritten() &&
        !New.isMain())
      New.setImplicitlyInline();
  }

  static bool isUsers(Sema &S, const FunctionDecl &D) { return !D.isImplicit() && !S.getSourceManager().isInSystemHeader(D.getLocation()); }

  static void unite(Sema &S, FunctionDecl &Old, FunctionDecl &New) {
    const Spaces Before = spacesOf(Old), Now = spacesOf(New);
    // nvcc has no kernel declared in two ways, and takes clang's overloads, two definitions, for an error.
    if (Before == Now || Before.Global || Now.Global || (Old.isDefined() && Now.any()))
      return;
    if (S.IsOverload(&New, &Old, /*UseMemberUsingDeclRules=*/false, /*ConsiderCudaAttrs=*/false))
      return;
    const Spaces All = {Before.Host || Now.Host, Before.Device || Now.Device};
    add(New, All);
    for (FunctionDecl *D : Old.redecls())
      add(*D, All);
  }

  /// `template <> float f(float)`: which of f's templates is not known yet, so all of the user's must run in one place.
  static bool specializes(Sema &S, FunctionDecl &New, const DeclContext &Home) {
    std::optional<Spaces> Common;
    for (NamedDecl *Earlier : Home.lookup(New.getDeclName())) {
      const auto *Template = dyn_cast<FunctionTemplateDecl>(Earlier->getUnderlyingDecl());
      if (!Template || Template->getTemplatedDecl()->getNumParams() != New.getNumParams())
        continue;
      const Spaces Here = spacesOf(*Template->getTemplatedDecl());
      if (!isUsers(S, *Template->getTemplatedDecl()) || (Common && *Common != Here))
        return true;
      Common = Here;
    }
    if (Common)
      add(New, *Common);
    return Common.has_value();
  }
};

class SpaceUniter : public SemaConsumer {
public:
  void InitializeSema(Sema &S) override {
    const SourceLocation Begin = S.getSourceManager().getLocForStartOfFile(S.getSourceManager().getMainFileID());
    ParsedAttr *Attribute = Pool.create(&S.getASTContext().Idents.get(Name), Begin, AttributeScopeInfo(), nullptr, 0, ParsedAttr::Form::GNU());
    S.PragmaAttributeStack.push_back({Begin, nullptr, {{Begin, Attribute, {attr::SubjectMatchRule_function}, /*IsUsed=*/true}}});
  }

  /// `#pragma clang force_cuda_host_device`, which NVRTC's --device-as-default-execution-space is by, puts words on kernels, too, with which
  /// clang refuses their explicit instantiations.
  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (Decl *D : Group)
      leaveKernelsAlone(*D);
    return true;
  }

private:
  static void leaveKernelsAlone(Decl &D) {
    if (FunctionDecl *F = D.getAsFunction(); F && F->hasAttr<CUDAGlobalAttr>()) {
      F->dropAttr<CUDAHostAttr>();
      F->dropAttr<CUDADeviceAttr>();
    } else if (isa<NamespaceDecl, LinkageSpecDecl>(D)) {
      for (Decl *Inner : cast<DeclContext>(D).decls())
        leaveKernelsAlone(*Inner);
    }
  }

  AttributeFactory Factory;
  AttributePool Pool{Factory};
};

} // namespace

std::unique_ptr<ASTConsumer> cuport::makeSpaceUniter(CompilerInstance &Compiler) {
  // Nothing in the source ends what is pushed.
  Compiler.getDiagnostics().setSeverity(diag::err_pragma_attribute_no_pop_eof, diag::Severity::Ignored, SourceLocation());
  return std::make_unique<SpaceUniter>();
}

/// A written one stands elsewhere than the name.
template <class Attribute> static bool isAdded(const FunctionDecl &D) {
  return llvm::any_of(D.specific_attrs<Attribute>(), [&](const Attribute *A) { return !A->isInherited() && A->getLocation() == D.getLocation(); });
}

std::string cuport::addedSpaces(const FunctionDecl &D) {
  std::string Words;
  if (isAdded<CUDAGlobalAttr>(D))
    Words += "__global__ ";
  if (isAdded<CUDAHostAttr>(D))
    Words += "__host__ ";
  if (isAdded<CUDADeviceAttr>(D))
    Words += "__device__ ";
  return Words;
}

static ParsedAttrInfoRegistry::Add<SpacesAttribute> Register(Name, "functions whose declarations say in other words where they run");
