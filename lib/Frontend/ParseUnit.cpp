// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/ParseUnit.h"

#include "Frontend/ApartLaunches.h"
#include "Frontend/ExecutionSpaces.h"
#include "Frontend/FactSink.h"
#include "Frontend/HeaderCache.h"
#include "Frontend/OpenedFiles.h"
#include "Frontend/Recorders.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTDiagnostic.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/DiagnosticLex.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/DiagnosticSema.h"
#include "clang/Driver/CreateInvocationFromArgs.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/MultiplexConsumer.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace cuport;

namespace {

/// Keeps the first error; there are no files yet.
class FirstError : public clang::DiagnosticConsumer {
public:
  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override {
    if (Level < clang::DiagnosticsEngine::Error || !Text.empty())
      return;
    llvm::SmallString<128> Buffer;
    Info.FormatDiagnostic(Buffer);
    Text = Buffer.str();
  }

  std::string Text;
};

/// Whether the class has a function of the name that is declared to run on the device.
static bool hasDeviceMember(const clang::Diagnostic &Info, unsigned Name, unsigned Class) {
  if (Info.getArgKind(Name) != clang::DiagnosticsEngine::ak_declarationname ||
      Info.getArgKind(Class) != clang::DiagnosticsEngine::ak_declcontext)
    return false;
  auto *Context = reinterpret_cast<clang::DeclContext *>(Info.getRawArg(Class));
  return llvm::any_of(
      Context->lookup(clang::DeclarationName::getFromOpaqueInteger(Info.getRawArg(Name))),
      [](const clang::NamedDecl *D) { return D->getAsFunction() && D->getAsFunction()->hasAttr<clang::CUDADeviceAttr>(); });
}

/// Whether an argument is the type of a function or of a pointer to one.
static bool isFunction(const clang::Diagnostic &Info, unsigned Argument) {
  if (Info.getArgKind(Argument) != clang::DiagnosticsEngine::ak_qualtype)
    return false;
  auto T = clang::QualType::getFromOpaquePtr(reinterpret_cast<void *>(Info.getRawArg(Argument)));
  return T->isFunctionType() || T->isFunctionPointerType();
}

static llvm::StringRef tokenAt(const clang::Diagnostic &Info) {
  if (!Info.hasSourceManager() || Info.getLocation().isMacroID())
    return "";
  const char *Text = Info.getSourceManager().getCharacterData(Info.getLocation());
  return {Text, clang::Lexer::MeasureTokenLength(Info.getLocation(), Info.getSourceManager(), clang::LangOptions())};
}

/// What nvcc does not mind and clang, like HIP's compilers, does.
static std::optional<CodeFact::Kind> kindOfNvccOnly(const clang::Diagnostic &Info) {
  switch (Info.getID()) {
  case clang::diag::ext_init_list_type_narrowing:
  case clang::diag::ext_init_list_type_narrowing_const_reference:
  case clang::diag::ext_init_list_variable_narrowing:
  case clang::diag::ext_init_list_variable_narrowing_const_reference:
  case clang::diag::ext_init_list_constant_narrowing:
  case clang::diag::ext_init_list_constant_narrowing_const_reference:
    return CodeFact::Narrowing;
  case clang::diag::ext_reserved_user_defined_literal:
    return CodeFact::LiteralSuffix;
  case clang::diag::err_pragma_loop_precedes_nonloop:
    return CodeFact::StrayLoopPragma;
  case clang::diag::err_missing_type_specifier:
    if (tokenAt(Info) == "main")
      return CodeFact::MainType;
    return std::nullopt;
  case clang::diag::err_typecheck_ordered_comparison_of_pointer_and_zero:
    // select<0>(x) > 0, where the template is of a header that was not found, is the function select of POSIX.
    return isFunction(Info, 0) || isFunction(Info, 1) ? std::nullopt : std::optional(CodeFact::PointerOrder);
  case clang::diag::err_variable_object_no_init:
    return CodeFact::VariableArrayInit;
  case clang::diag::err_cuda_ovl_target:
    return CodeFact::OtherSpace;
  case clang::diag::err_member_decl_does_not_match:
    if (hasDeviceMember(Info, 0, 1))
      return CodeFact::OtherSpace;
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

/// Keeps errors, by the file they are in; drops everything else.
class ErrorCollector : public clang::DiagnosticConsumer {
public:
  explicit ErrorCollector(FactSink &Sink) : Sink(Sink) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    // nvcc takes %smid in PTX for %%smid; what becomes of the statement is asked of its text.
    if (Level < clang::DiagnosticsEngine::Error || Info.getID() == clang::diag::err_asm_invalid_escape)
      return;
    AboutPrecompiled |= Info.getID() > clang::diag::DIAG_START_SERIALIZATION &&
                        Info.getID() < clang::diag::DIAG_START_LEX;
    llvm::SmallString<128> Text;
    Info.FormatDiagnostic(Text);
    if (auto Kind = kindOfNvccOnly(Info); Kind && Info.hasSourceManager()) {
      Sink.code(Info.getLocation(), *Kind, 0, Text);
      return;
    }
    if (First.empty())
      First = Text.str();
    if (Info.hasSourceManager())
      Sink.error(Info.getLocation(), Text);
  }

  std::string First;
  bool AboutPrecompiled =
      false; ///< one of them is about the precompiled header, such as that a file changed since

private:
  FactSink &Sink;
};

class RecordAction : public clang::ASTFrontendAction {
public:
  explicit RecordAction(FactSink &Sink) : Sink(Sink) {}

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &CI,
                                                        llvm::StringRef) override {
    Sink.begin(CI.getSourceManager(), CI.getLangOpts());
    changeOpenedFiles(CI, joinLaunches, /*UsersOnly=*/true);
    CI.getPreprocessor().addPPCallbacks(makePreprocessorRecorder(Sink));
    CI.getPreprocessor().addPPCallbacks(makeTemplateSkipper(CI));
    std::vector<std::unique_ptr<clang::ASTConsumer>> Consumers;
    if (CI.getLangOpts().CUDA)
      Consumers.push_back(makeSpaceUniter(CI));
    Consumers.push_back(makeAstRecorder(Sink, CI.getPreprocessor()));
    return std::make_unique<clang::MultiplexConsumer>(std::move(Consumers));
  }

  // The source manager dies with the action; locations mean nothing after it.
  void EndSourceFileAction() override { Sink.finish(); }

private:
  FactSink &Sink;
};

/// Writes what it parsed for units to begin with.
class PrecompileAction : public clang::GeneratePCHAction {
public:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &CI,
                                                        llvm::StringRef File) override {
    CI.getPreprocessor().addPPCallbacks(makeTemplateSkipper(CI));
    return GeneratePCHAction::CreateASTConsumer(CI, File);
  }
};

} // namespace

/// True for the include folder of a CUDA toolkit. A parse against the surface must not see it: its
/// declarations would stand beside ours, and in a folder given with -I they would pass for the
/// user's own.
static bool isToolkitFolder(llvm::StringRef Folder, llvm::StringRef Directory) {
  if (Folder.empty())
    return false;
  llvm::SmallString<256> Header(Folder);
  llvm::sys::path::append(Header, "cuda_runtime_api.h");
  llvm::sys::path::make_absolute(Directory, Header);
  return llvm::sys::fs::exists(Header);
}

/// The clang command line that makes a parse of the unit as tolerant as nvcc's.
static std::vector<std::string> commandLine(const UnitCommand &Unit, Pass P,
                                            const ParseOptions &Options) {
  std::vector<std::string> Args = {"clang++", "-fsyntax-only", "-w", "-ferror-limit=0"};
  // What clang makes an error of and nvcc with its host compiler lets pass.
  for (const char *Group :
       {"register", "implicit-function-declaration", "implicit-int", "int-conversion",
        "incompatible-pointer-types", "invalid-constexpr", "enum-constexpr-conversion"})
    Args.push_back(std::string("-Wno-") + Group);
  // Of CUDA source it is a fact (kindOfNvccOnly): HIP's compilers come next there.
  if (Unit.Language != Language::Cuda)
    Args.insert(Args.end(), {"-Wno-c++11-narrowing", "-Wno-reserved-user-defined-literal"});
  auto Add = [&](std::initializer_list<const char *> More) {
    Args.insert(Args.end(), More.begin(), More.end());
  };
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
    llvm::StringRef Folder = InNextWord && I + 1 < Unit.Args.size()
                                 ? llvm::StringRef(Unit.Args[I + 1])
                             : Arg.starts_with("-I") ? Arg.drop_front(2)
                                                     : "";
    if (Own && isToolkitFolder(Folder, Unit.Directory)) {
      I += InNextWord;
      continue;
    }
    Args.push_back(Arg.str());
  }
  // Before all others: HIP's own headers do not go together with CUDA's.
  std::string HipRoot = (SurfaceRoot + "/" + HipSurface).str();
  if (Options.WithHip)
    Args.push_back("-isystem" + HipRoot);
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
  // Code that was translated may reach a header of HIP's only through one of CUDA's that HIP has
  // nothing for.
  if (Options.WithHip) {
    Args.push_back("-include");
    Args.push_back((HipRoot + "/" + HipNamesHeader).str());
  }
  if (!Options.ResourceDir.empty())
    Args.push_back("-resource-dir=" + Options.ResourceDir);
  return Args;
}

using FileSystem = llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>;

/// What clang makes of the command line; null where it does not accept it, and Error says why.
static std::shared_ptr<clang::CompilerInvocation> invocationFor(std::vector<std::string> Args,
                                                                const UnitCommand &Unit,
                                                                FileSystem FS, std::string &Error) {
  FirstError Errors;
  clang::DiagnosticOptions DriverDiagOptions;
  auto DriverDiags = clang::CompilerInstance::createDiagnostics(*FS, DriverDiagOptions, &Errors,
                                                                /*ShouldOwnClient=*/false);
  clang::CreateInvocationOptions Create;
  Create.Diags = DriverDiags;
  Create.VFS = FS;
  Create.RecoverOnError = true;
  Args.push_back(Unit.File);
  std::vector<const char *> Raw;
  for (const std::string &A : Args)
    Raw.push_back(A.c_str());
  std::shared_ptr<clang::CompilerInvocation> Invocation = clang::createInvocation(Raw, Create);
  if (!Invocation) {
    Error = Errors.Text;
    return nullptr;
  }
  clang::FrontendOptions &Frontend = Invocation->getFrontendOpts();
  Frontend.SkipFunctionBodies = true; // the AST recorder says which
  Frontend.DisableFree = false;       // one process parses many units
  clang::LangOptions &Lang = Invocation->getLangOpts();
  Lang.SpellChecking = false; // guesses cost more than the parse
  Lang.GPUAllowDeviceInit = true; // SharedVariables.h
  if (Unit.Language == Language::Cuda)
    Lang.HIPStdPar =
        true; // host functions may be called in kernels: nvcc allows more of that than clang
  Invocation->getDiagnosticOpts().ShowCarets = false;
  Invocation->getHeaderSearchOpts().ModulesValidateSystemHeaders =
      true; // a header that changed makes the cache's useless
  return Invocation;
}

static bool execute(std::shared_ptr<clang::CompilerInvocation> Invocation, FileSystem FS,
                    clang::DiagnosticConsumer &Errors, clang::FrontendAction &Action) {
  clang::CompilerInstance Compiler(std::move(Invocation));
  Compiler.setVirtualFileSystem(FS);
  Compiler.createDiagnostics(&Errors, /*ShouldOwnClient=*/false);
  return Compiler.ExecuteAction(Action) && !Compiler.getDiagnostics().hasErrorOccurred();
}

/// -Ifolder, -iquotefolder: of those of includes with <> and of others.
static bool namesFolder(llvm::StringRef Flag) {
  return (Flag.consume_front("-I") || Flag.consume_front("-iquote")) && !Flag.empty();
}

/// True where the flags of the unit's mean the same for standard headers wherever the unit is, but
/// for folders given with -I.
static bool flagsAreShared(llvm::ArrayRef<std::string> Flags) {
  return llvm::all_of(Flags, [](llvm::StringRef Flag) {
    return Flag == "-w" || namesFolder(Flag) || Flag.starts_with("-D") ||
           Flag.starts_with("-U") || Flag.starts_with("-std=") || Flag.starts_with("-O") ||
           Flag.starts_with("-W") || Flag.starts_with("-g") ||
           (Flag.starts_with("-f") && !Flag.starts_with("-fmodule"));
  });
}

/// Where a parse looks for headers: in the folders given with -I, or in those of the system.
static std::vector<std::string> includeFolders(const clang::CompilerInvocation &Invocation,
                                               llvm::StringRef Directory, bool Angled) {
  std::vector<std::string> Folders;
  for (const auto &Entry : Invocation.getHeaderSearchOpts().UserEntries) {
    if (Entry.Group == clang::frontend::Quoted ||
        (Entry.Group == clang::frontend::Angled) != Angled)
      continue;
    llvm::SmallString<256> Folder(Entry.Path);
    llvm::sys::path::make_absolute(Directory, Folder);
    Folders.push_back(Folder.str().str());
  }
  return Folders;
}

/// The file with what the unit begins with already parsed; empty where there is none to be had.
static std::string precompiled(const clang::CompilerInvocation &Invocation,
                               llvm::ArrayRef<std::string> Args, const UnitCommand &Unit,
                               const ParseOptions &Options, FileSystem FS) {
  if (Options.HeaderCache.empty() || !flagsAreShared(Unit.Args))
    return "";
  auto Text = llvm::MemoryBuffer::getFile(Unit.File);
  if (!Text || shadowStandardHeaders(includeFolders(Invocation, Unit.Directory, /*Angled=*/true)))
    return "";
  std::string Includes;
  for (const std::string &Header : heavyHeaders((*Text)->getBuffer()))
    Includes += "#include <" + Header + ">\n";
  // The command line but for the folders given with -I, which none of these headers is in.
  std::string Key = Options.Surface.Fingerprint + "\n" + Includes;
  for (const std::string &Arg : Args)
    if (!namesFolder(Arg))
      Key += Arg + "\n";
  for (const std::string &Folder : includeFolders(Invocation, Unit.Directory, /*Angled=*/false))
    Key += Folder + "\n";
  return HeaderCache(Options.HeaderCache).find(Key, [&](llvm::StringRef Path) {
    auto Buffer = llvm::MemoryBuffer::getMemBuffer(Includes, "cuport-headers");
    auto Shared = std::make_shared<clang::CompilerInvocation>(Invocation);
    llvm::erase_if(Shared->getHeaderSearchOpts().UserEntries,
                   [](const auto &Entry) { return Entry.Group == clang::frontend::Angled; });
    clang::FrontendOptions &Frontend = Shared->getFrontendOpts();
    Frontend.OutputFile = Path.str();
    Frontend.ProgramAction = clang::frontend::GeneratePCH;
    Frontend.Inputs.assign(1, {Buffer->getMemBufferRef(),
                               Invocation.getFrontendOpts().Inputs.front().getKind().getHeader()});
    clang::IgnoringDiagConsumer Ignore;
    PrecompileAction Action;
    return execute(Shared, FS, Ignore, Action);
  });
}

/// Parses the unit. Headers: a precompiled header to begin with, may be empty; nothing where that
/// is of no use.
static std::optional<UnitRecord> parseAfter(llvm::StringRef Headers,
                                            const clang::CompilerInvocation &Invocation,
                                            const UnitCommand &Unit, Pass P,
                                            const ParseOptions &Options, FileSystem FS) {
  UnitRecord Record;
  Record.MainFile = Unit.File;
  Record.Device = P == Pass::Device;
  FactSink Sink(Record, Options);
  ErrorCollector Errors(Sink);
  auto Own = std::make_shared<clang::CompilerInvocation>(Invocation);
  Own->getPreprocessorOpts().ImplicitPCHInclude = Headers.str();
  RecordAction Action(Sink);
  execute(std::move(Own), FS, Errors, Action);
  if (!Headers.empty() && (Errors.AboutPrecompiled || Record.Files.empty()))
    return std::nullopt;
  if (Record.Files.empty())
    Record.Failure = Errors.First.empty() ? "clang read nothing of it" : Errors.First;
  return Record;
}

UnitRecord cuport::parseUnit(const UnitCommand &Unit, Pass P, const ParseOptions &Options) {
  auto Layers = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(
      llvm::vfs::createPhysicalFileSystem());
  Layers->pushOverlay(Options.Surface.Files);
  Layers->setCurrentWorkingDirectory(Unit.Directory);
  FileSystem FS = Layers;
  std::vector<std::string> Args = commandLine(Unit, P, Options);
  std::string FlagError;
  auto Invocation = invocationFor(Args, Unit, FS, FlagError);
  if (!Invocation) {
    UnitRecord Record;
    Record.MainFile = Unit.File;
    Record.Device = P == Pass::Device;
    Record.Failure = "clang does not accept its flags: " + FlagError;
    return Record;
  }
  if (std::string Headers = precompiled(*Invocation, Args, Unit, Options, FS); !Headers.empty()) {
    if (auto Record = parseAfter(Headers, *Invocation, Unit, P, Options, FS))
      return std::move(*Record);
    HeaderCache::drop(Headers);
  }
  return *parseAfter("", *Invocation, Unit, P, Options, FS);
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
