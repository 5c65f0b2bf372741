// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport-cc: the command line of nvcc and clang for CUDA and HIP on a CPU. Called as nvcc it is the same; called as hipcc, sources
// are HIP. Exit codes: clang's, and 1 for what cuport-cc itself finds wrong.

#include "Command.h"
#include "Compile.h"
#include "Link.h"
#include "Options.h"
#include "Toolchain.h"
#include "Version.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/raw_ostream.h"

using namespace cuport;
using llvm::StringRef;
namespace path = llvm::sys::path;

/// CMake and others look for nvcc's second and third line.
static std::string versionText() {
  return "cuport-cc " CUPORT_VERSION ", on a CPU by clang " CUPORT_LLVM_MAJOR ", in the place of\n"
         "nvcc: NVIDIA (R) Cuda compiler driver\n"
         "Cuda compilation tools, release " CUPORT_CUDA_MAJOR "." CUPORT_CUDA_MINOR ", V" CUPORT_CUDA_MAJOR
         "." CUPORT_CUDA_MINOR "." CUPORT_CUDA_BUILD "\n";
}

/// What nvcc's --dryrun begins with; CMake and others read where the toolkit is from it.
static void printEnvironment(const Toolchain &Tools, const Invocation &Wanted, const Runner &Run) {
  auto Path = llvm::sys::Process::GetEnv("PATH");
  Run.print("PATH=" + path::parent_path(Tools.Program) + ":" + (Path ? *Path : ""));
  std::string Top = Tools.cudaDirectory();
  Run.print("TOP=" + Top);
  Run.print("NVVMIR_LIBRARY_DIR=" + Top + "/nvvm/libdevice");
  Run.print("LIBRARIES=\"-L" + Top + "/lib64\"");
  Run.print("INCLUDES=\"-I" + Top + "/include\"");
  unsigned Architecture = Wanted.Architecture ? Wanted.Architecture : DefaultArchitecture;
  Run.print(llvm::formatv("ARCHITECTURE=-arch compute_{0}", Architecture / 10).str());
}

static std::string withExtension(StringRef Path, StringRef Extension, StringRef Folder) {
  llvm::SmallString<128> Name(Folder);
  path::append(Name, path::filename(Path));
  path::replace_extension(Name, Extension);
  return Name.str().str();
}

/// The objects of all inputs in Out. The exit code of the first that fails.
static llvm::Expected<int> compileAll(const Invocation &Wanted, const Toolchain &Tools, Runner &Run, StringRef Program,
                                      std::vector<std::string> &Out) {
  Compiler Compile(Wanted, Tools, Run);
  for (const Input &In : Wanted.Inputs) {
    if (In.Kind == InputKind::Linkable) {
      Out.push_back(In.Path);
      continue;
    }
    bool Stays = Wanted.Make == Phase::Object;
    std::string Named = !Wanted.Output.empty() ? Wanted.Output : withExtension(In.Path, ".o", Wanted.OutputDirectory);
    auto Object = Stays ? llvm::Expected<std::string>(Named) : Run.intermediate(path::stem(In.Path), "o");
    if (!Object)
      return Object.takeError();
    auto Code = Wanted.Make == Phase::Module
                    ? Compile.deviceObject(In, *Object)
                    : Compile.object(In, *Object, Stays || Program.empty() ? StringRef(*Object) : Program);
    if (!Code || *Code)
      return Code;
    Out.push_back(*Object);
  }
  return 0;
}

static llvm::Expected<int> make(const Invocation &Wanted, const Toolchain &Tools, Runner &Run) {
  size_t Sources = llvm::count_if(Wanted.Inputs, [](const Input &In) { return In.Kind != InputKind::Linkable; });
  bool Links = Wanted.Make == Phase::Program || Wanted.Make == Phase::Library || Wanted.Make == Phase::DeviceLink ||
               Wanted.Make == Phase::Module;
  if (!Links && !Sources)
    return llvm::createStringError("there is no source among the inputs; -x says what a file is whatever its name");
  bool OneOutput = Wanted.Make == Phase::Object || Wanted.Make == Phase::Assembly || Wanted.Make == Phase::Preprocess;
  if (OneOutput && Sources > 1 && !Wanted.Output.empty())
    return llvm::createStringError("'-o %s': there are %zu sources", Wanted.Output.c_str(), Sources);
  if (Wanted.Target == TargetKind::Vendor && Wanted.Make != Phase::Object && Wanted.Make != Phase::Program && Wanted.Make != Phase::Library)
    return llvm::createStringError("'--target=%s' makes objects, libraries and programs", Wanted.VendorId.c_str());
  if (Wanted.Target != TargetKind::Cpu && (Wanted.CheckAddress || Wanted.CheckThread || Wanted.Make == Phase::Module))
    return llvm::createStringError("'--target=%s' compiles and links; checks and modules are the CPU's", Wanted.VendorId.c_str());

  StringRef First = Wanted.Inputs.front().Path;
  std::string Program = Wanted.Output.empty() ? "a.out" : Wanted.Output;
  std::vector<std::string> Objects;
  LinkJob Job{Wanted, Tools, {}};
  switch (Wanted.Make) {
  case Phase::Preprocess:
  case Phase::Assembly:
  case Phase::Dependencies:
  case Phase::SyntaxOnly: {
    Compiler Compile(Wanted, Tools, Run);
    for (const Input &In : Wanted.Inputs)
      if (In.Kind != InputKind::Linkable)
        if (auto Code = Compile.text(In, Wanted.Output); !Code || *Code)
          return Code;
    return 0;
  }
  case Phase::DeviceLink:
    return emptyObject(Job, Wanted.Output.empty() ? "a_dlink.o" : StringRef(Wanted.Output), Run);
  default: break;
  }
  auto Code = compileAll(Wanted, Tools, Run, Wanted.Make == Phase::Program ? Program : "", Objects);
  if (!Code || *Code)
    return Code;
  Job.Objects = Objects;
  switch (Wanted.Make) {
  case Phase::Library: return archive(Job, Wanted.Output.empty() ? "a.a" : StringRef(Wanted.Output), Run);
  case Phase::Module:
    return linkModule(Job, Wanted.Output.empty() ? withExtension(First, ".cubin", Wanted.OutputDirectory) : Wanted.Output,
                      Run);
  case Phase::Program: return linkProgram(Job, Program, Run);
  default: return 0;
  }
}

/// --check=all: no program can have both sanitizers in it, so there are two, and one that runs them one after the other.
static llvm::Expected<int> makeBothChecks(const Invocation &Wanted, const Toolchain &Tools, Runner &Run) {
  if (Wanted.Make != Phase::Program || Wanted.Shared)
    return llvm::createStringError("'--check=all' makes two programs, so it wants to see the whole of one; "
                                   "choose address or thread for an object or a library");
  std::string Program = Wanted.Output.empty() ? "a.out" : Wanted.Output;
  for (StringRef Check : {"address", "thread"}) {
    Invocation One = Wanted;
    One.CheckAddress = Check == "address";
    One.CheckThread = Check == "thread";
    One.Output = (Program + "." + Check).str();
    if (auto Code = make(One, Tools, Run); !Code || *Code)
      return Code;
  }
  if (Run.isDryRun())
    return 0;
  std::error_code Failed;
  llvm::raw_fd_ostream Script(Program, Failed);
  if (Failed)
    return llvm::createFileError(Program, Failed);
  Script << "#!/bin/sh\n# Runs the program with each check; made by cuport-cc --check=all.\n"
            "here=$(dirname \"$0\")\nname=$(basename \"$0\")\n"
            "\"$here/$name.address\" \"$@\"\nfirst=$?\n"
            "\"$here/$name.thread\" \"$@\"\nsecond=$?\n"
            "[ $first -ne 0 ] && exit $first\nexit $second\n";
  Script.close();
  if ((Failed = llvm::sys::fs::setPermissions(Program, llvm::sys::fs::all_read | llvm::sys::fs::all_exe |
                                                           llvm::sys::fs::owner_write)))
    return llvm::createFileError(Program, Failed);
  return 0;
}

/// The words of the command line between those of NVCC_PREPEND_FLAGS and NVCC_APPEND_FLAGS, as nvcc reads them.
static std::vector<std::string> commandLine(int Count, char **Words) {
  llvm::BumpPtrAllocator Allocator;
  llvm::StringSaver Saver(Allocator);
  std::vector<std::string> All;
  auto AddVariable = [&](StringRef Name) {
    auto Text = llvm::sys::Process::GetEnv(Name);
    llvm::SmallVector<const char *, 8> Parts;
    if (Text)
      llvm::cl::TokenizeGNUCommandLine(*Text, Saver, Parts);
    All.insert(All.end(), Parts.begin(), Parts.end());
  };
  AddVariable("NVCC_PREPEND_FLAGS");
  All.insert(All.end(), Words + 1, Words + Count);
  AddVariable("NVCC_APPEND_FLAGS");
  return All;
}

static llvm::Expected<int> answer(const Invocation &Wanted, const Toolchain &Tools, Runner &Run) {
  switch (Wanted.Ask) {
  case Question::Version: llvm::outs() << versionText(); break;
  case Question::Help: llvm::outs() << helpText(); break;
  case Question::Architectures: llvm::outs() << architectureList("compute_"); break;
  case Question::Codes: llvm::outs() << architectureList("sm_"); break;
  case Question::AskClang: return Run.run({Tools.Clang, Wanted.AskedOfClang});
  case Question::None: break;
  }
  return 0;
}

static llvm::Expected<int> run(int Count, char **Words) {
  auto Wanted = parseOptions(commandLine(Count, Words), path::filename(Words[0]) == "hipcc");
  if (!Wanted)
    return Wanted.takeError();
  bool WithClang = Wanted->Ask == Question::AskClang || (Wanted->Ask == Question::None && Wanted->Target != TargetKind::Vendor);
  auto Tools = findToolchain(Words[0], WithClang);
  if (!Tools)
    return Tools.takeError();
  Runner Run({Wanted->DryRun, Wanted->Verbose, Wanted->Keep, Wanted->KeepDirectory});
  if (Wanted->Ask != Question::None)
    return answer(*Wanted, *Tools, Run);
  if (Run.prints())
    printEnvironment(*Tools, *Wanted, Run);
  if (Wanted->Inputs.empty())
    return llvm::createStringError("no input files; cuport-cc --help lists the options");
  for (const Input &In : Wanted->Inputs)
    if (In.Path != "-" && !llvm::sys::fs::exists(In.Path))
      return llvm::createStringError("'%s': there is no such file", In.Path.c_str());
  if (Wanted->CheckAddress && Wanted->CheckThread)
    return makeBothChecks(*Wanted, *Tools, Run);
  return make(*Wanted, *Tools, Run);
}

int main(int Count, char **Words) {
  llvm::sys::PrintStackTraceOnErrorSignal(Words[0]);
  auto Code = run(Count, Words);
  if (Code)
    return *Code;
  llvm::handleAllErrors(Code.takeError(), [](const llvm::ErrorInfoBase &Error) {
    llvm::errs() << "cuport-cc: error: " << Error.message() << '\n';
  });
  return 1;
}
