// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Compile.h"
#include "DependencyFile.h"
#include "Diagnostics.h"
#include "Rocm.h"
#include "Vendor.h"
#include "Version.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/MD5.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace cuport;
using llvm::StringRef;
namespace path = llvm::sys::path;

static void add(Command &Words, std::initializer_list<StringRef> More) {
  for (StringRef Word : More)
    Words.push_back(Word.str());
}

static void add(Command &Words, llvm::ArrayRef<std::string> More) { Words.insert(Words.end(), More.begin(), More.end()); }

std::vector<std::string> cuport::checkFlags(const Invocation &Wanted) {
  if (Wanted.CheckAddress)
    return {"-fsanitize=address", "-fno-omit-frame-pointer"};
  if (Wanted.CheckThread)
    return {"-fsanitize=thread", "-fno-omit-frame-pointer"};
  return {};
}

/// A folder of NVIDIA's headers, which would be found before the shim's.
static bool isNvidiaInclude(StringRef Folder, StringRef Ours) {
  llvm::SmallString<128> Mark = Folder; // a binding of ours
  path::append(Mark, "cuport");
  if (llvm::sys::fs::is_directory(Mark))
    return false;
  llvm::SmallString<128> Header = Folder;
  path::append(Header, "cuda_runtime_api.h");
  return llvm::sys::fs::exists(Header) && !llvm::sys::fs::equivalent(Folder, Ours);
}

/// -std is for one language, where a command line has sources of both.
static bool fits(StringRef Standard, InputKind Kind) { return Standard.contains("++") == (Kind != InputKind::C); }

Command Compiler::base(const Input &In) const {
  Command Words = {Tools.Clang};
  if (llvm::sys::Process::StandardErrHasColors())
    add(Words, {"-fcolor-diagnostics"});
  const std::string Include = Tools.includeDirectory();
  Command Late;
  for (size_t I = 0; I < Wanted.Both.size(); ++I) {
    StringRef Word = Wanted.Both[I], Folder = Word;
    if (Word.starts_with("-std=") && !fits(Word, In.Kind))
      continue;
    const bool Next = Word == "-isystem" && I + 1 < Wanted.Both.size();
    if (Next)
      Folder = Wanted.Both[++I];
    if (!Next && !Folder.consume_front("-I")) {
      Words.push_back(Word.str());
    } else if (isNvidiaInclude(Folder, Include)) {
      if (Run.prints())
        Run.print("left out, has NVIDIA's headers: " + Folder);
    } else if (llvm::sys::fs::equivalent(Folder, path::parent_path(Include))) {
      // The include beside bin/nvcc, as builds look for CUDA's: cuport/x.h there is none of the headers that ours mean by it.
      add(Late, {"-idirafter", Folder});
    } else {
      Words.push_back(Word.str());
      if (Next)
        Words.push_back(Folder.str());
    }
  }
  add(Words, {"-fpass-plugin=" + Tools.pluginForAll(), "-isystem", Include, "-D__CUPORT__=1"});
  add(Words, Late);
  if (!hasHalves(In))
    add(Words, Wanted.Included);
  if (In.Kind == InputKind::C) // what a gcc before 14 warns of and clang refuses
    add(Words, {"-Wno-error=implicit-function-declaration", "-Wno-error=implicit-int", "-Wno-error=incompatible-pointer-types",
                "-Wno-error=int-conversion", "-Wno-error=return-mismatch"});
  if (Wanted.PerThreadStream)
    add(Words, {"-DCUDA_API_PER_THREAD_DEFAULT_STREAM=1"});
  add(Words, checkFlags(Wanted));
  if (!checkFlags(Wanted).empty() && !Wanted.Debug && !Wanted.DeviceDebug)
    add(Words, {"-g1"});
  return Words;
}

std::string Compiler::unit(const Input &In) const {
  llvm::SmallString<128> Here;
  llvm::sys::fs::current_path(Here);
  std::string Text = llvm::formatv("{0}\n{1}\n{2}\n{3}\n{4}", Here, In.Path, Wanted.Output, llvm::join(Wanted.Both, "\n"),
                                   llvm::join(Wanted.Host, "\n"));
  return llvm::utohexstr(llvm::xxh3_64bits(Text), /*LowerCase=*/true, /*Width=*/16);
}

/// Clang spells -cuid=<id> by its hash, in __hip_cuid_<name> and in the names of what it makes external.
static std::string unitName(StringRef Unit) { return llvm::utohexstr(llvm::MD5Hash(Unit), /*LowerCase=*/true); }

llvm::Expected<std::string> Compiler::fatBinary(const Input &In) {
  std::string Text = "cuport:" + unitName(unit(In));
  return Run.intermediateWith(path::stem(In.Path), "unit", StringRef(Text.c_str(), Text.size() + 1));
}

/// What both halves begin with: the file as HIP for this processor, seen the way nvcc or hipcc would have it.
static void addLanguage(Command &Words, const Input &In, const Invocation &Wanted, StringRef Unit) {
  add(Words, {"-x", "hip", "--cuda-host-only", "-nogpuinc", "-nogpulib", ("-cuid=" + Unit).str()});
  // Where -nogpuinc says it, too (clang 22.1.8), clang warns of what has nothing left to say.
  add(Words, {"--start-no-unused-arguments", "-nohipwrapperinc", "--end-no-unused-arguments"});
  if (Wanted.Separate)
    add(Words, {"-fgpu-rdc"});
  if (In.Kind == InputKind::Hip) {
    add(Words, {"-D__HIP_PLATFORM_AMD__=1", "-D__HIP_PLATFORM_HCC__=1", "-include", "hip/hip_runtime.h"});
    add(Words, Wanted.Included);
    return;
  }
  // nvcc takes `register`, which C++17 has not, and x.template f() for f(), as CUB has it, narrows in braces, takes "%"PRId64, and knows
  // typeof whatever the -std.
  add(Words, {"-fgnu-keywords", "-Wno-register", "-Wno-missing-template-arg-list-after-template-kw", "-Wno-error=c++11-narrowing",
              "-Wno-error=reserved-user-defined-literal", "-U__HIP__", "-U__HIPCC__", "-D__CUDACC__=1", "-D__NVCC__=1"});
  add(Words, {"-D__CUDACC_VER_MAJOR__=" CUPORT_CUDA_MAJOR, "-D__CUDACC_VER_MINOR__=" CUPORT_CUDA_MINOR,
              "-D__CUDACC_VER_BUILD__=" CUPORT_CUDA_BUILD});
  unsigned Architecture = Wanted.Architecture ? Wanted.Architecture : DefaultArchitecture;
  Words.push_back(llvm::formatv("-D__CUDA_ARCH_LIST__={0}", Architecture));
  if (Wanted.Separate)
    add(Words, {"-D__CUDACC_RDC__=1"});
  if (Wanted.ExtendedLambda)
    add(Words, {"-D__CUDACC_EXTENDED_LAMBDA__=1"});
  if (Wanted.RelaxedConstexpr)
    add(Words, {"-D__CUDACC_RELAXED_CONSTEXPR__=1"});
  if (Wanted.DeviceDebug)
    add(Words, {"-D__CUDACC_DEBUG__=1"});
  add(Words, {"-include", "cuda_runtime.h"});
  add(Words, Wanted.Included);
}

/// As in nvcc, kernels launch kernels with -rdc=true only; HIP has none of it.
static bool mayLaunchFromKernels(const Input &In, const Invocation &Wanted) {
  return Wanted.Separate && In.Kind == InputKind::Cuda;
}

llvm::Expected<Command> Compiler::hostHalf(const Input &In) {
  auto FatBinary = fatBinary(In);
  if (!FatBinary)
    return FatBinary.takeError();
  Command Words = base(In);
  if (Wanted.Target == TargetKind::HostOnly)
    add(Words, {"-include", "cuport/host_only_" + Wanted.VendorId + ".h"});
  addLanguage(Words, In, Wanted, unit(In));
  add(Words, {"-Xclang", "-fcuda-include-gpubinary", "-Xclang", *FatBinary});
  // Checks on the host compute what the kernel does, and count on what gcc makes of an overflow without -O.
  if (In.Kind == InputKind::Cuda)
    add(Words, {"-fwrapv"});
  add(Words, {"-fplugin=" + Tools.plugin()});
  if (mayLaunchFromKernels(In, Wanted))
    add(Words, {"-mllvm", "-cuport-device-launches"});
  // The stub then calls hipLaunchKernel_spt.
  if (Wanted.PerThreadStream)
    add(Words, {"-fgpu-default-stream=per-thread"});
  if (Wanted.Separate)
    add(Words, {"-include", "cuport/separate_unit.h", "-DCUPORT_UNIT=" + unitName(unit(In))});
  if (!Wanted.Optimize.empty())
    Words.push_back(Wanted.Optimize);
  add(Words, Wanted.Host);
  return Words;
}

Command Compiler::deviceHalf(const Input &In) const {
  Command Words = base(In);
  addLanguage(Words, In, Wanted, unit(In));
  // The plugin has a part for the frontend and one for the passes.
  add(Words, {"-Xclang", "-fcuda-is-device", "-fplugin=" + Tools.plugin(), "-fpass-plugin=" + Tools.plugin()});
  if (Wanted.Separate)
    add(Words, {"-mllvm", "-cuport-rdc"});
  if (Wanted.Make == Phase::Module)
    add(Words, {"-mllvm", "-cuport-module"});
  if (mayLaunchFromKernels(In, Wanted))
    add(Words, {"-mllvm", "-cuport-device-launches", "-mllvm", "-cuport-unit=" + unitName(unit(In)), "-DCUPORT_DEVICE_LAUNCHES=1"});
  if (In.Kind == InputKind::Cuda) {
    unsigned Architecture = Wanted.Architecture ? Wanted.Architecture : DefaultArchitecture;
    Words.push_back(llvm::formatv("-D__CUDA_ARCH__={0}", Architecture));
    add(Words, {"-mllvm", llvm::formatv("-cuport-arch={0}", Architecture).str()});
  }
  // As nvcc does, kernels are optimised whether the host's code is or not.
  if (Wanted.DeviceDebug) {
    add(Words, {"-O0", "-g"});
  } else {
    Words.push_back(Wanted.Optimize.empty() ? "-O3" : Wanted.Optimize);
    if (Wanted.LineInfo && !Wanted.Debug)
      add(Words, {"-gline-tables-only"});
  }
  auto Chosen = [&](StringRef Option) { return llvm::any_of(Wanted.Both, [&](StringRef Word) { return Word.starts_with(Option); }); };
  if (!Chosen("-march=") && !Chosen("-mcpu="))
    add(Words, {"-march=native"});
  if (!Chosen("-ffp-contract="))
    add(Words, {Wanted.FusedMultiplyAdd ? "-ffp-contract=fast-honor-pragmas" : "-ffp-contract=off"});
  add(Words, {"-fno-math-errno"});
  // What is unrolled for a card's registers costs minutes here where it has collectives, each of which becomes loops of its own.
  add(Words, {"-mllvm", "-pragma-unroll-threshold=1024", "-Wno-pass-failed"});
  // Eleven times the host's, as clang has it for cards: a loop over threads with a call in it is not vectorised.
  add(Words, {"-mllvm", "-inline-threshold=2475"});
  // LLVM's default takes the square of a block's length, and CUB's sorts have blocks of many thousand instructions.
  if (!Wanted.DeviceDebug)
    add(Words, {"-mllvm", "-pre-RA-sched=list-burr"});
  if (Wanted.FastMath)
    add(Words, {"-fapprox-func", "-freciprocal-math"});
  return Words;
}

void Compiler::addDependencies(Command &Words, StringRef File, StringRef Target) const {
  add(Words, Wanted.DependencyFlags);
  add(Words, {"-MF", File});
  if (!llvm::is_contained(Wanted.DependencyFlags, "-MT") && !llvm::is_contained(Wanted.DependencyFlags, "-MQ"))
    add(Words, {"-MQ", Target});
}

llvm::Expected<int> Compiler::halves(Command Host, Command Device, llvm::ArrayRef<std::string> HostEnd,
                                     llvm::ArrayRef<std::string> DeviceEnd) {
  add(Host, HostEnd);
  add(Device, DeviceEnd);
  std::string HostErrors, DeviceErrors;
  auto Code = Run.runTogether(Host, Device, HostErrors, DeviceErrors);
  std::string Messages = mergeDiagnostics(HostErrors, DeviceErrors);
  llvm::errs() << Messages;
  if (Code && *Code)
    llvm::errs() << noteOn(Messages);
  return Code;
}

/// What standard input holds; both halves read it.
static llvm::Expected<Input> withoutStandardInput(const Input &In, Runner &Run) {
  if (In.Path != "-")
    return In;
  auto Buffer = llvm::MemoryBuffer::getSTDIN();
  if (!Buffer)
    return llvm::createFileError("-", Buffer.getError());
  auto File = Run.intermediateWith("stdin", "cu", (*Buffer)->getBuffer());
  if (!File)
    return File.takeError();
  return Input{*File, In.Kind};
}

llvm::Expected<int> Compiler::object(const Input &Given, StringRef Output, StringRef FinalOutput) {
  auto In = withoutStandardInput(Given, Run);
  if (!In)
    return In.takeError();
  llvm::SmallString<128> Rule(Wanted.DependencyFile);
  if (Rule.empty()) {
    Rule = FinalOutput;
    path::replace_extension(Rule, ".d");
  }
  if (!hasHalves(*In) || Wanted.Target != TargetKind::Cpu) {
    auto Words = Wanted.Target == TargetKind::Vendor ? vendor(*In) : oneRun(*In);
    if (!Words)
      return Words.takeError();
    if (Wanted.Dependencies)
      addDependencies(*Words, Rule, FinalOutput);
    Words->push_back("-c");
    if (Wanted.Target != TargetKind::Vendor)
      Words->push_back(In->Path);
    add(*Words, {"-o", Output});
    return Run.run(*Words);
  }

  StringRef Stem = path::stem(In->Path);
  auto HostWords = hostHalf(*In);
  auto HostObject = Run.intermediate(Stem, "host.o"), DeviceObject = Run.intermediate(Stem, "device.o");
  if (!HostWords || !HostObject || !DeviceObject)
    return llvm::joinErrors(llvm::joinErrors(HostWords.takeError(), HostObject.takeError()), DeviceObject.takeError());
  Command Host = std::move(*HostWords), Device = deviceHalf(*In);
  std::string DeviceRule;
  if (Wanted.Dependencies) {
    auto File = Run.intermediate(Stem, "device.d");
    if (!File)
      return File.takeError();
    DeviceRule = *File;
    addDependencies(Host, Rule, FinalOutput);
    addDependencies(Device, DeviceRule, FinalOutput);
  }
  auto Code = halves(Host, Device, {"-c", In->Path, "-o", *HostObject}, {"-c", In->Path, "-o", *DeviceObject});
  if (!Code || *Code)
    return Code;
  if (Wanted.Dependencies && !Run.isDryRun())
    if (llvm::Error Failed = mergeDependencyFiles(Rule, DeviceRule))
      return std::move(Failed);
  return Run.run({Tools.Linker, "-r", *HostObject, *DeviceObject, "-o", Output.str()});
}

llvm::Expected<int> Compiler::deviceObject(const Input &In, StringRef Output) {
  if (!hasHalves(In))
    return llvm::createStringError("'%s' has no kernels to make a module of", In.Path.c_str());
  Command Words = deviceHalf(In);
  // A module is a shared object, and nobody but the runtime knows its names.
  add(Words, {"-fPIC", "-c", In.Path, "-o", Output});
  return Run.run(Words);
}

llvm::Expected<int> Compiler::text(const Input &Given, StringRef Output) {
  auto In = withoutStandardInput(Given, Run);
  if (!In)
    return In.takeError();
  bool Halves = hasHalves(*In) && Wanted.Target == TargetKind::Cpu;
  auto Begin = Halves ? hostHalf(*In) : oneRun(*In);
  if (!Begin)
    return Begin.takeError();
  Command Words = std::move(*Begin);
  llvm::SmallString<128> Name(path::filename(In->Path)), DeviceName;
  switch (Wanted.Make) {
  case Phase::Preprocess: add(Words, {"-E"}); break;
  case Phase::Dependencies: add(Words, Wanted.DependencyFlags); break;
  case Phase::SyntaxOnly: add(Words, {"-fsyntax-only"}); break;
  default:
    add(Words, {"-S"});
    path::replace_extension(Name, ".s");
    if (Output.empty())
      Output = Name;
    DeviceName = Output;
    path::replace_extension(DeviceName, ".device.s");
  }
  Words.push_back(In->Path);
  if (!Output.empty())
    add(Words, {"-o", Output});
  if (!Halves || Wanted.Make == Phase::Preprocess || Wanted.Make == Phase::Dependencies)
    return Run.run(Words);
  Command Device = deviceHalf(*In);
  if (Wanted.Make == Phase::SyntaxOnly)
    return halves(Words, Device, {}, {"-fsyntax-only", In->Path});
  return halves(Words, Device, {}, {"-S", In->Path, "-o", DeviceName.str().str()});
}

/// The direct binding: ROCm's headers and runtime, with CUDA's names over HIP's for what is no HIP source.
llvm::Expected<Command> Compiler::rocm(const Input &In) const {
  auto Rocm = findRocm(Wanted.RocmPath);
  if (!Rocm)
    return Rocm.takeError();
  if (Tools.Bundler.empty())
    return llvm::createStringError("clang-offload-bundler, which puts code for cards into objects, is neither beside %s nor on PATH; Debian has it in "
                                   "clang-tools-" CUPORT_LLVM_MAJOR, Tools.Clang.c_str());
  Command Words = {Tools.Clang};
  for (const std::string &Word : Wanted.Both)
    if (!StringRef(Word).starts_with("-std=") || fits(Word, In.Kind))
      Words.push_back(Word);
  if (In.Kind != InputKind::Hip)
    add(Words, {"-isystem", Tools.includeDirectory() + "/rocm"});
  if (!hasHalves(In)) {
    add(Words, {"-D__HIP_PLATFORM_AMD__=1"});
    add(Words, Wanted.Included);
    return Words;
  }
  add(Words, {"-x", "hip"});
  add(Words, Rocm->flags(cardsOf(Wanted.OffloadArchitectures)));
  if (Wanted.Separate)
    add(Words, {"-fgpu-rdc"});
  if (In.Kind == InputKind::Hip && Rocm->Major < 6)
    add(Words, {"-include", Tools.includeDirectory() + "/rocm/cuport/hip5.h"});
  if (In.Kind == InputKind::Cuda) // whose users have never been warned of results that they do not use
    add(Words, {"-include", "cuda_runtime.h", "-Wno-unused-value"});
  add(Words, Wanted.Included);
  return Words;
}

/// A vendor's compiler; the input is in the command.
llvm::Expected<Command> Compiler::vendor(const Input &In) const {
  auto Sdk = findSdk(*findVendor(Wanted.VendorId), Wanted.SdkPath);
  return Sdk ? Sdk->compile(In, Wanted, Tools, Run) : Sdk.takeError();
}

llvm::Expected<Command> Compiler::oneRun(const Input &In) {
  if (Wanted.Target == TargetKind::HostOnly && hasHalves(In))
    return hostHalf(In);
  auto Words = Wanted.Target == TargetKind::Rocm ? rocm(In) : llvm::Expected<Command>(base(In));
  if (!Words)
    return Words;
  if (!Wanted.Optimize.empty())
    Words->push_back(Wanted.Optimize);
  add(*Words, Wanted.Host);
  if (!hasHalves(In) && In.Kind != InputKind::Assembler)
    add(*Words, {"-x", In.Kind == InputKind::C ? "c" : "c++"});
  return Words;
}
