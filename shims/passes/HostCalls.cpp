// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Calls of the host's functions from functions of both sides that kernels reach:
//
//   __host__ __device__ int f(int a) { return of_host(a); }
//   __global__ void k(int *p) { *p = f(*p); }
//
// nvcc warns (20011, 20014) and makes code that ends in nothing there; to clang it is an error, of those that it keeps with the function
// until it knows whether code is made of it. Here the error becomes a warning before that, and the called function is marked, for the
// passes to end the kernel in it (HostFunctions.h).

#include "CudaSource.h"
#include "Names.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/DiagnosticSema.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/SemaConsumer.h"

using namespace clang;

namespace {

/// What a diagnostic is about, which it keeps to itself.
struct Opened : PartialDiagnostic {
  static const DiagnosticStorage *of(const PartialDiagnostic &D) { return D.*(&Opened::DiagStorage); }
};

class HostCalls : public SemaConsumer {
public:
  void InitializeSema(Sema &S) override {
    Current = &S;
    Warning = S.getDiagnostics().getCustomDiagID(
        DiagnosticsEngine::Warning, "calling a __host__ function (%2) from a __host__ __device__ function that a kernel reaches is not allowed: "
                                    "the kernel ends there");
  }
  void ForgetSema() override { Current = nullptr; }

  bool HandleTopLevelDecl(DeclGroupRef) override {
    if (Current)
      for (auto &[Caller, Kept] : Current->DeviceDeferredDiags)
        for (PartialDiagnosticAt &D : Kept)
          if (D.second.getDiagID() == diag::err_ref_bad_target)
            if (FunctionDecl *Callee = hostFunction(D.second)) {
              mark(*Callee);
              D.second.setDiagID(Warning);
            }
    return true;
  }

private:
  /// The function that is called, if it is one of the host's: "reference to <where> <function or variable> <which>".
  static FunctionDecl *hostFunction(const PartialDiagnostic &D) {
    const DiagnosticStorage *About = Opened::of(D);
    if (!About || About->NumDiagArgs < 3 || About->DiagArgumentsVal[1] != 0 || About->DiagArgumentsKind[2] != DiagnosticsEngine::ak_nameddecl)
      return nullptr;
    auto *Callee = dyn_cast<FunctionDecl>(reinterpret_cast<NamedDecl *>(About->DiagArgumentsVal[2]));
    return Callee && !Callee->hasAttr<CUDADeviceAttr>() && !Callee->hasAttr<CUDAGlobalAttr>() ? Callee : nullptr;
  }

  void mark(FunctionDecl &Callee) {
    for (FunctionDecl *D : Callee.redecls())
      if (!D->hasAttr<SectionAttr>())
        D->addAttr(SectionAttr::CreateImplicit(Current->getASTContext(), cuport::HostSection));
  }

  Sema *Current = nullptr;
  unsigned Warning = 0;
};

class HostCallsAction : public PluginASTAction {
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler, llvm::StringRef) override {
    const LangOptions &Options = Compiler.getLangOpts();
    if (!Options.CUDA || !Options.CUDAIsDevice || !cuport::isCudaSource(Compiler))
      return std::make_unique<ASTConsumer>();
    return std::make_unique<HostCalls>();
  }
  bool ParseArgs(const CompilerInstance &, const std::vector<std::string> &) override { return true; }
  ActionType getActionType() override { return AddBeforeMainAction; }
};

} // namespace

static FrontendPluginRegistry::Add<HostCallsAction> Register("cuport-host-calls", "warns of the host's functions in kernels, as nvcc does");
