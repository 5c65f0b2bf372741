// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/ParseUnit.h"

#include "Frontend/FactSink.h"
#include "Frontend/Recorders.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Driver/CreateInvocationFromArgs.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace cuport;

namespace {

/// Keeps errors, by the file they are in; drops everything else.
class ErrorCollector : public clang::DiagnosticConsumer {
public:
  explicit ErrorCollector(FactSink &Sink) : Sink(Sink) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level, const clang::Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < clang::DiagnosticsEngine::Error)
      return;
    llvm::SmallString<128> Text;
    Info.FormatDiagnostic(Text);
    if (First.empty())
      First = Text.str();
    if (Info.hasSourceManager())
      Sink.error(Info.getLocation(), Text);
  }

  std::string First;

private:
  FactSink &Sink;
};

class RecordAction : public clang::ASTFrontendAction {
public:
  explicit RecordAction(FactSink &Sink) : Sink(Sink) {}

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &CI,
                                                        llvm::StringRef) override {
    Sink.begin(CI.getSourceManager(), CI.getLangOpts());
    CI.getPreprocessor().addPPCallbacks(makePreprocessorRecorder(Sink));
    CI.getPreprocessor().addPPCallbacks(makeTemplateSkipper(CI));
    return makeAstRecorder(Sink);
  }

  // The source manager dies with the action; locations mean nothing after it.
  void EndSourceFileAction() override { Sink.finish(); }

private:
  FactSink &Sink;
};

} // namespace

/// True for the include folder of a CUDA toolkit. A parse against the surface must not see it: its declarations would
/// stand beside ours, and in a folder given with -I they would pass for the user's own.
static bool isToolkitFolder(llvm::StringRef Folder, llvm::StringRef Directory) {
  if (Folder.empty())
    return false;
  llvm::SmallString<256> Header(Folder);
  llvm::sys::path::append(Header, "cuda_runtime_api.h");
  llvm::sys::path::make_absolute(Directory, Header);
  return llvm::sys::fs::exists(Header);
}

/// The clang command line that makes a parse of the unit as tolerant as nvcc's.
static std::vector<std::string> commandLine(const UnitCommand &Unit, Pass P, const ParseOptions &Options) {
  std::vector<std::string> Args = {"clang++", "-fsyntax-only", "-w", "-ferror-limit=0"};
  // What clang makes an error of and nvcc with its host compiler lets pass.
  for (const char *Group : {"register", "c++11-narrowing", "implicit-function-declaration", "implicit-int",
                            "int-conversion", "incompatible-pointer-types", "invalid-constexpr",
                            "reserved-user-defined-literal", "enum-constexpr-conversion"})
    Args.push_back(std::string("-Wno-") + Group);
  auto Add = [&](std::initializer_list<const char *> More) { Args.insert(Args.end(), More.begin(), More.end()); };
  bool Own = Options.CudaPath.empty();
  bool HasStd = llvm::any_of(Unit.Args, [](llvm::StringRef A) { return A.starts_with("-std="); });
  switch (Unit.Language) {
  case Language::Cuda:
    Add({"-x", "cuda", "-fgpu-rdc", "-nocudalib"});
    if (P == Pass::Host)
      Add({"--cuda-host-only"});
    else
      Add({"--cuda-device-only", "--cuda-gpu-arch=sm_80"});
    if (Own)
      Add({"-nocudainc", "--cuda-path=/cuport/none"});
    else
      Args.push_back("--cuda-path=" + Options.CudaPath);
    Add({"-Xclang", "-target-sdk-version=12.9"});
    if (!HasStd)
      Add({"-std=gnu++17"});
    break;
  case Language::Cxx:
    Add({"-x", "c++"});
    if (!HasStd)
      Add({"-std=gnu++17"});
    break;
  case Language::C:
    Add({"-x", "c"});
    break;
  }
  for (size_t I = 0; I < Unit.Args.size(); ++I) {
    llvm::StringRef Arg = Unit.Args[I];
    bool InNextWord = Arg == "-isystem" || Arg == "-iquote" || Arg == "-idirafter";
    llvm::StringRef Folder = InNextWord && I + 1 < Unit.Args.size() ? llvm::StringRef(Unit.Args[I + 1])
                             : Arg.starts_with("-I")                ? Arg.drop_front(2)
                                                                    : "";
    if (Own && isToolkitFolder(Folder, Unit.Directory)) {
      I += InNextWord;
      continue;
    }
    Args.push_back(Arg.str());
  }
  if (Own) {
    Args.push_back("-isystem");
    Args.push_back(SurfaceRoot.str());
  } else {
    // CUDA 13 moved CUB, Thrust and libcu++ where clang's driver does not look.
    Args.push_back("-isystem" + Options.CudaPath + "/include/cccl");
    Args.push_back("-isystem" + Options.CudaPath + "/include");
  }
  if (Unit.Language == Language::Cuda) {
    Args.push_back("-include");
    Args.push_back((SurfaceRoot + (Own ? "/cuport/prelude.h" : "/cuport/nvcc_dialect.h")).str());
  }
  // Code that was translated may reach a header of HIP's only through one of CUDA's that HIP has nothing for.
  if (Own && Options.WithHip) {
    Args.push_back("-include");
    Args.push_back((SurfaceRoot + "/" + HipNamesHeader).str());
  }
  if (!Options.ResourceDir.empty())
    Args.push_back("-resource-dir=" + Options.ResourceDir);
  Args.push_back(Unit.File);
  return Args;
}

UnitRecord cuport::parseUnit(const UnitCommand &Unit, Pass P, const ParseOptions &Options) {
  UnitRecord Record;
  Record.MainFile = Unit.File;
  Record.Device = P == Pass::Device;
  FactSink Sink(Record, Options);
  ErrorCollector Errors(Sink);

  auto FS = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(llvm::vfs::createPhysicalFileSystem());
  FS->pushOverlay(Options.Surface);
  FS->setCurrentWorkingDirectory(Unit.Directory);

  clang::DiagnosticOptions DriverDiagOptions;
  auto DriverDiags = clang::CompilerInstance::createDiagnostics(*FS, DriverDiagOptions, &Errors,
                                                                /*ShouldOwnClient=*/false);
  clang::CreateInvocationOptions Create;
  Create.Diags = DriverDiags;
  Create.VFS = FS;
  Create.RecoverOnError = true;
  std::vector<std::string> Args = commandLine(Unit, P, Options);
  std::vector<const char *> Raw;
  for (const std::string &A : Args)
    Raw.push_back(A.c_str());
  std::shared_ptr<clang::CompilerInvocation> Invocation = clang::createInvocation(Raw, Create);
  if (!Invocation) {
    Record.Failure = "clang does not accept its flags: " + Errors.First;
    return Record;
  }
  Errors.First.clear();

  clang::FrontendOptions &Frontend = Invocation->getFrontendOpts();
  Frontend.SkipFunctionBodies = true; // the AST recorder says which
  Frontend.DisableFree = false;       // one process parses many units
  clang::LangOptions &Lang = Invocation->getLangOpts();
  Lang.SpellChecking = false; // guesses cost more than the parse
  if (Unit.Language == Language::Cuda)
    Lang.HIPStdPar = true; // host functions may be called in kernels: nvcc allows more of that than clang
  Invocation->getDiagnosticOpts().ShowCarets = false;

  clang::CompilerInstance Compiler(std::move(Invocation));
  Compiler.setVirtualFileSystem(FS);
  Compiler.createDiagnostics(&Errors, /*ShouldOwnClient=*/false);
  RecordAction Action(Sink);
  Compiler.ExecuteAction(Action);
  if (Record.Files.empty())
    Record.Failure = Errors.First.empty() ? "clang read nothing of it" : Errors.First;
  return Record;
}

bool cuport::wantsDevicePass(const UnitRecord &Host) {
  for (const auto &[Path, Facts] : Host.Files) {
    if (Facts.Skipped.empty())
      continue;
    auto Buffer = llvm::MemoryBuffer::getFile(Path);
    if (Buffer && ((*Buffer)->getBuffer().contains("__CUDA_ARCH") ||
                   (*Buffer)->getBuffer().contains("__NVVM__")))
      return true;
  }
  return false;
}
