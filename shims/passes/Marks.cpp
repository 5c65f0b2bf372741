// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What only clang's AST knows, written where the passes can read it. Runs with -fplugin, before clang's code generation.
//
//   __global__ void k(T a, U b)  ->  annotation "cuport.kernel a's size, way and layout, b's ...", one IR parameter a parameter
//   __shared__ T s[];            ->  section "cuport.shared", on declarations too
//   extern "C" __device__ f();   ->  section "cuport.device": another file's, while declarations in system headers name
//                                    functions of the host's libraries
//
// One IR parameter a parameter: the System V convention spreads a small struct over several registers and drops empty ones,
// and the stub of the host half says nothing of that. The convention of 64-bit Windows passes each parameter as one value or
// as one pointer, so kernels have it while code is generated for them, and only then: for Sema their type must stay what
// the source says.

#include "CudaSource.h"
#include "Frontend/ExecutionSpaces.h"
#include "Frontend/SharedVariables.h"
#include "Names.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/DiagnosticSema.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendPluginRegistry.h"

#include "llvm/Support/CommandLine.h"

using namespace clang;

static llvm::cl::opt<bool> DeviceLaunches("cuport-device-launches", llvm::cl::desc("Kernels may launch kernels"));
static llvm::cl::opt<bool> ForModule("cuport-module", llvm::cl::desc("There is no host half: static variables are found by name"));

namespace {

bool isDeviceHalf(const LangOptions &Options) { return Options.CUDA && Options.CUDAIsDevice; }

/// Whether the convention of 64-bit Windows passes a T as a pointer to a copy.
bool isInMemory(const ASTContext &Context, QualType T) {
  if (T->isReferenceType())
    return false;
  if (const auto *Record = T->getAsRecordDecl(); Record && !Record->canPassInRegisters())
    return true;
  const uint64_t Bits = Context.getTypeSize(T);
  if (T->isRecordType() || T->isAnyComplexType())
    return Bits != 8 && Bits != 16 && Bits != 32 && Bits != 64;
  return Bits > 64;
}

/// Adds the scalars of T at Offset to a layout; false where there are too many, or one that has no name there.
bool addScalars(const ASTContext &Context, QualType T, uint64_t Offset, unsigned &Left, std::string &Layout) {
  auto scalar = [&](char Kind, uint64_t Size) {
    Layout += ("@" + llvm::Twine(Offset) + llvm::Twine(Kind) + llvm::Twine(Size)).str();
    return Left-- != 0;
  };
  auto repeated = [&](QualType Element, uint64_t Count) {
    const uint64_t Stride = Context.getTypeSizeInChars(Element).getQuantity();
    for (uint64_t I = 0; I < Count; ++I)
      if (!addScalars(Context, Element, Offset + I * Stride, Left, Layout))
        return false;
    return true;
  };
  T = T.getCanonicalType();
  if (T->isPointerType() || T->isReferenceType())
    return scalar('p', 8);
  if (const auto *Array = Context.getAsConstantArrayType(T))
    return repeated(Array->getElementType(), Array->getZExtSize());
  if (const auto *Vector = T->getAs<VectorType>())
    return repeated(Vector->getElementType(), Vector->getNumElements());
  const uint64_t Size = T->isIncompleteType() || T->isFunctionType() ? 0 : Context.getTypeSizeInChars(T).getQuantity();
  if (const auto *Record = T->getAsCXXRecordDecl()) {
    if (!Record->isCompleteDefinition() || Record->isUnion() || Record->getNumVBases() || Record->isDynamicClass())
      return false;
    // The bits of these are a number's, whatever holds them.
    if (Size == 2 && Record->getIdentifier() && (Record->getName() == "__half" || Record->getName() == "__nv_bfloat16"))
      return scalar(Record->getName() == "__half" ? 'f' : 'b', 2);
    const ASTRecordLayout &Places = Context.getASTRecordLayout(Record);
    for (const CXXBaseSpecifier &Base : Record->bases())
      if (const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl();
          !B->isEmpty() && !addScalars(Context, Base.getType(), Offset + Places.getBaseClassOffset(B).getQuantity(), Left, Layout))
        return false;
    for (const FieldDecl *Field : Record->fields())
      if (Field->isBitField() ||
          !addScalars(Context, Field->getType(), Offset + Places.getFieldOffset(Field->getFieldIndex()) / 8, Left, Layout))
        return false;
    return true;
  }
  if (T->isSpecificBuiltinType(BuiltinType::BFloat16))
    return scalar('b', 2);
  if (T->isRealFloatingType() && Size <= 8)
    return scalar('f', Size);
  if (T->isIntegralOrEnumerationType() && Size <= 8)
    return scalar(T->isSignedIntegerOrEnumerationType() ? 'i' : 'u', Size);
  return false;
}

/// See KernelImage.h.
std::string layoutOf(const ASTContext &Context, QualType T) {
  unsigned Left = cuport::LayoutScalars;
  if (T->isVoidType() || T->isIncompleteType() || T->isFunctionType() || T->isDependentType())
    return "?";
  std::string Layout = llvm::Twine(Context.getTypeSizeInChars(T).getQuantity()).str();
  return addScalars(Context, T, 0, Left, Layout) ? Layout : "?";
}

std::string typeOf(const ASTContext &Context, QualType T) {
  if (const QualType Pointee = T->getPointeeType(); !Pointee.isNull())
    return "*" + layoutOf(Context, Pointee);
  return layoutOf(Context, T);
}

/// "cuport.kernel <max threads> <size>:<alignment>:<v or m>:<type> ..."
std::string describe(const ASTContext &Context, const FunctionDecl &Kernel) {
  uint64_t MaxThreads = 0;
  if (const auto *Bounds = Kernel.getAttr<CUDALaunchBoundsAttr>())
    if (const Expr *Max = Bounds->getMaxThreads(); Max && !Max->isValueDependent())
      MaxThreads = Max->EvaluateKnownConstInt(Context).getZExtValue();
  std::string Text = (cuport::KernelMark + " " + llvm::Twine(MaxThreads)).str();
  for (const ParmVarDecl *Parameter : Kernel.parameters()) {
    QualType T = Parameter->getType();
    const std::string Type = typeOf(Context, T);
    if (T->isReferenceType())
      T = Context.VoidPtrTy;
    const TypeInfoChars Info = Context.getTypeInfoInChars(T);
    Text += (" " + llvm::Twine(Info.Width.getQuantity()) + ":" + llvm::Twine(Info.Align.getQuantity()) + ":" +
             (isInMemory(Context, T) ? "m" : "v") + ":" + Type)
                .str();
  }
  return Text;
}

class Marker : public RecursiveASTVisitor<Marker> {
public:
  Marker(ASTContext &Context, llvm::SmallPtrSetImpl<FunctionDecl *> &Kernels) : Context(Context), Kernels(Kernels) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return true; }

  bool VisitVarDecl(VarDecl *Variable) {
    if (ForModule && Variable->getStorageClass() == SC_Static && Variable->isFileVarDecl() && !Variable->getType().isConstQualified() &&
        (Variable->hasAttr<CUDAConstantAttr>() || Variable->hasAttr<CUDADeviceAttr>()))
      Context.CUDADeviceVarODRUsedByHost.insert(Variable);
    if (Variable->hasAttr<SectionAttr>())
      return true;
    if (const auto *Constant = Variable->getAttr<CUDAConstantAttr>(); Constant && Constant->isImplicit() && wantsDynamicInit(*Variable))
      Variable->dropAttr<CUDAConstantAttr>(); // a constant of the host's, which clang, too, leaves there without GPUAllowDeviceInit
    else if (wantsDynamicInit(*Variable))
      Context.getDiagnostics().Report(Variable->getLocation(), diag::err_dynamic_var_init) << Variable->getInit()->getSourceRange();
    if (cuport::isShared(*Variable)) {
      if (Variable->getDeclContext()->isDependentContext()) // what is made of it has the attributes that it has now
        return true;
      if (cuport::hasWrittenInitializer(*Variable))
        Context.getDiagnostics().Report(Variable->getLocation(), diag::err_shared_var_init) << Variable->getInit()->getSourceRange();
      else if (cuport::wantsConstructor(*Variable)) // nvcc's warning 20054
        warn(Variable->getLocation(), "no constructor runs for a __shared__ variable: its memory is as it was");
      cuport::setShared(*Variable);
      Variable->addAttr(SectionAttr::CreateImplicit(Context, cuport::SharedSection));
    } else if (Variable->hasGlobalStorage() && !Variable->getType()->isDependentType() &&
               (Variable->getType()->isCUDADeviceBuiltinTextureType() || Variable->getType()->isCUDADeviceBuiltinSurfaceType()))
      Variable->addAttr(SectionAttr::CreateImplicit(Context, cuport::TextureSection));
    return true;
  }

  bool VisitFunctionDecl(FunctionDecl *Function) {
    if (Function->isDependentContext())
      return true;
    // Clang takes the processor's own functions for the device's here, and refuses host code that calls them: oneTBB's, for one.
    if (const auto *Device = Function->getAttr<CUDADeviceAttr>();
        Function->getBuiltinID() && Device && Device->isImplicit() && !Function->hasAttr<CUDAHostAttr>())
      Function->addAttr(CUDAHostAttr::CreateImplicit(Context));
    if (Function->hasAttr<CUDAGlobalAttr>()) {
      if (Function->doesThisDeclarationHaveABody() && Kernels.insert(Function).second)
        Function->addAttr(AnnotateAttr::CreateImplicit(Context, describe(Context, *Function), nullptr, 0));
    } else if (Function->isExternC() && Function->hasAttr<CUDADeviceAttr>() && !Function->hasAttr<SectionAttr>() &&
               !Function->isImplicit() && !(Function->getIdentifier() && Function->getIdentifier()->getBuiltinID()) && !Function->hasBody() &&
               !Context.getSourceManager().isInSystemHeader(Function->getLocation())) {
      Function->addAttr(SectionAttr::CreateImplicit(Context, cuport::DeviceSection));
    }
    return true;
  }

private:
  template <unsigned N> void warn(SourceLocation Where, const char (&Text)[N]) const {
    DiagnosticsEngine &Diagnostics = Context.getDiagnostics();
    Diagnostics.Report(Where, Diagnostics.getCustomDiagID(DiagnosticsEngine::Warning, Text));
  }

  /// What clang would have refused without GPUAllowDeviceInit.
  bool wantsDynamicInit(const VarDecl &D) const {
    if (cuport::isShared(D) || !(D.hasAttr<CUDADeviceAttr>() || D.hasAttr<CUDAConstantAttr>()) || !D.hasGlobalStorage() || !D.getInit() ||
        D.isInvalidDecl() || D.getType()->isDependentType() || D.getInit()->isInstantiationDependent())
      return false;
    const bool IsConstant = D.hasConstantInitialization() || D.getInit()->isConstantInitializer(Context, D.getType()->isReferenceType());
    return !IsConstant && (cuport::wantsConstructor(D) || cuport::hasWrittenInitializer(D));
  }

  ASTContext &Context;
  llvm::SmallPtrSetImpl<FunctionDecl *> &Kernels;
};

void setConvention(ASTContext &Context, FunctionDecl *Kernel, CallingConv Convention) {
  const auto *Type = Kernel->getType()->castAs<FunctionType>();
  Kernel->setType(QualType(Context.adjustFunctionType(Type, Type->getExtInfo().withCallingConv(Convention)), 0));
}

/// Before clang's code generation sees a declaration: marks it, and gives kernels the convention. Initializers of device variables, allowed
/// for Sema (Frontend/SharedVariables.h), are none that code is made for.
class BeforeCodeGen : public ASTConsumer {
public:
  BeforeCodeGen(ASTContext &Context, LangOptions &Options) : Context(Context), Options(Options) {}

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    mark(Group);
    for (FunctionDecl *Kernel : Kernels)
      setConvention(Context, Kernel, CC_Win64);
    Options.GPUAllowDeviceInit = false;
    return true;
  }
  void HandleTopLevelDeclInObjCContainer(DeclGroupRef) override {}
  void HandleInlineFunctionDefinition(FunctionDecl *Function) override { mark(DeclGroupRef(Function)); }
  void HandleTranslationUnit(ASTContext &) override { HandleTopLevelDecl(DeclGroupRef()); }

  /// Sema goes on: the kernels' types are again what the source says.
  void release() {
    for (FunctionDecl *Kernel : Kernels)
      setConvention(Context, Kernel, CC_C);
    Options.GPUAllowDeviceInit = true;
  }

private:
  void mark(DeclGroupRef Group) {
    Marker Visitor(Context, Kernels);
    for (Decl *Declaration : Group)
      Visitor.TraverseDecl(Declaration);
  }

  ASTContext &Context;
  LangOptions &Options;
  llvm::SmallPtrSet<FunctionDecl *, 16> Kernels;
};

/// Clang makes the consumers of one compilation in the order before, main, after, and nothing else ties the two together.
BeforeCodeGen *&currentBefore() {
  static thread_local BeforeCodeGen *Before = nullptr;
  return Before;
}

class AfterCodeGen : public ASTConsumer {
public:
  explicit AfterCodeGen(BeforeCodeGen &Before) : Before(Before) {}
  bool HandleTopLevelDecl(DeclGroupRef) override {
    Before.release();
    return true;
  }

private:
  BeforeCodeGen &Before;
};

void ignore(CompilerInstance &Compiler, unsigned Error) {
  Compiler.getDiagnostics().setSeverity(Error, diag::Severity::Ignored, SourceLocation());
}

class BeforeAction : public PluginASTAction {
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler, llvm::StringRef) override {
    Compiler.getLangOpts().GPUAllowDeviceInit = true;
    // nvcc leaves out an unroll that no loop follows.
    if (cuport::isCudaSource(Compiler))
      ignore(Compiler, diag::err_pragma_loop_precedes_nonloop);
    if (!isDeviceHalf(Compiler.getLangOpts())) {
      // The host half has no code for kernels, so their launches may be left out there.
      if (DeviceLaunches)
        ignore(Compiler, diag::err_cuda_device_kernel_launch_not_supported);
      return std::make_unique<ASTConsumer>();
    }
    // Inline PTX has registers that the host's assembly lacks ("=f", "=h"); what is no PTX either, the passes refuse.
    ignore(Compiler, diag::err_asm_invalid_output_constraint);
    ignore(Compiler, diag::err_asm_invalid_input_constraint);
    // Clang compiles a kernel's launches in CUDA and has yet to in HIP. What else tells the two apart here is managed variables
    // (keywords.h) and the variable with the unit's name (-cuport-unit).
    if (DeviceLaunches)
      Compiler.getLangOpts().HIP = false;
    auto Before = std::make_unique<BeforeCodeGen>(Compiler.getASTContext(), Compiler.getLangOpts());
    currentBefore() = Before.get();
    return Before;
  }
  bool ParseArgs(const CompilerInstance &, const std::vector<std::string> &) override { return true; }
  ActionType getActionType() override { return AddBeforeMainAction; }
};

/// Of CUDA source, all declarations of a function say together where it runs.
class SpacesAction : public PluginASTAction {
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler, llvm::StringRef) override {
    return cuport::isCudaSource(Compiler) ? cuport::makeSpaceUniter(Compiler) : std::make_unique<ASTConsumer>();
  }
  bool ParseArgs(const CompilerInstance &, const std::vector<std::string> &) override { return true; }
  ActionType getActionType() override { return AddBeforeMainAction; }
};

class AfterAction : public PluginASTAction {
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler, llvm::StringRef) override {
    if (!isDeviceHalf(Compiler.getLangOpts()))
      return std::make_unique<ASTConsumer>();
    return std::make_unique<AfterCodeGen>(*currentBefore());
  }
  bool ParseArgs(const CompilerInstance &, const std::vector<std::string> &) override { return true; }
  ActionType getActionType() override { return AddAfterMainAction; }
};

} // namespace

static FrontendPluginRegistry::Add<BeforeAction> RegisterBefore("cuport-marks", "marks kernels for cuport's passes");
static FrontendPluginRegistry::Add<SpacesAction> RegisterSpaces("cuport-spaces", "functions that are declared again with other words for where they run");
static FrontendPluginRegistry::Add<AfterAction> RegisterAfter("cuport-marks-end", "ends what cuport-marks began");
