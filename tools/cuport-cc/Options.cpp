// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Options.h"
#include "OptionTable.h"
#include "Vendor.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <optional>

using namespace cuport;
using llvm::StringRef;

/// All that CUDA has had: old programs name old ones, and kernels run here whatever they are made for.
static constexpr unsigned Architectures[] = {100, 110, 120, 130, 200, 210, 300, 320, 350, 370, 500, 520, 530, 600, 610, 620,
                                             700, 720, 750, 800, 860, 870, 890, 900, 1000, 1010, 1030, 1100, 1200, 1210};

namespace {

/// Words -> Invocation; one object a command line.
class Reader {
public:
  Reader(bool AsHipcc) : AsHipcc(AsHipcc) {}
  llvm::Expected<Invocation> read(llvm::ArrayRef<std::string> Words);

private:
  llvm::Error take(const Word &Word);
  llvm::Error takeMade(const Word &Word);
  llvm::Error takeSource(const Word &Word);
  llvm::Error takeCode(const Word &Word);
  llvm::Error unknown(const Word &Word);
  llvm::Error make(Phase Wanted, const Word &Word);
  llvm::Error architecture(StringRef Text, const Word &Word);
  llvm::Error hostOptions(StringRef List);
  llvm::Expected<InputKind> kindOf(StringRef Path) const;
  void link(StringRef Option) { Result.LinkLine.push_back({LinkItem::Kind::Option, 0, Option.str()}); }
  void both(const llvm::Twine &Option) { Result.Both.push_back(Option.str()); }

  Invocation Result;
  bool AsHipcc;
  std::string MadeBy;        ///< the option that chose what is made
  std::string LanguageNow;   ///< of -x
  bool ForwardToCompiler = false, ForwardToLinker = false;
  bool WarningsAsErrors = false; ///< the word before was -Werror, and nvcc's kind may follow
};

} // namespace

static llvm::Error wrong(const Word &Word, const llvm::Twine &Why) {
  return llvm::createStringError(llvm::Twine("'") + Word.Text + "': " + Why);
}

/// The parts of nvcc's lists: commas and blanks part, a backslash keeps a comma.
static std::vector<std::string> listParts(StringRef List) {
  std::vector<std::string> Parts(1);
  char Quote = 0;
  for (size_t I = 0; I < List.size(); ++I) {
    char C = List[I];
    if (Quote ? C == Quote : (C == '"' || C == '\''))
      Quote = Quote ? 0 : C;
    else if (C == '\\' && I + 1 < List.size())
      Parts.back() += List[++I];
    else if (!Quote && (C == ',' || C == ' ')) {
      if (!Parts.back().empty())
        Parts.emplace_back();
    } else
      Parts.back() += C;
  }
  if (Parts.back().empty())
    Parts.pop_back();
  return Parts;
}

llvm::Error Reader::unknown(const Word &Word) {
  if (ForwardToCompiler || ForwardToLinker) {
    if (ForwardToCompiler)
      both(Word.Text);
    if (ForwardToLinker)
      link(Word.Text);
    return llvm::Error::success();
  }
  StringRef Near = nearestSpelling(Word.Text);
  if (Near.empty())
    return llvm::createStringError("unknown option '%s'", Word.Text.c_str());
  return llvm::createStringError("unknown option '%s'; did you mean '%s'?", Word.Text.c_str(), Near.str().c_str());
}

llvm::Error Reader::make(Phase Wanted, const Word &Word) {
  if (!MadeBy.empty() && Result.Make != Wanted)
    return wrong(Word, "does not go with '" + MadeBy + "'");
  Result.Make = Wanted;
  MadeBy = Word.Text;
  return llvm::Error::success();
}

llvm::Error Reader::architecture(StringRef Text, const Word &Word) {
  for (StringRef Part : llvm::split(Text, ',')) {
    Part = Part.trim();
    if (!Part.consume_front("arch="))
      Part.consume_front("code=");
    Part = Part.trim(" []\"");
    if (Part == "native" || Part == "all" || Part == "all-major" || Part == "lto" || Part.starts_with("lto_"))
      continue; // every kernel runs here whatever it is made for
    StringRef Number = Part;
    if (!Number.consume_front("sm_") && !Number.consume_front("compute_"))
      return wrong(Word, "'" + Part + "' is no architecture; sm_80, for instance, is one");
    unsigned Value;
    Number = Number.rtrim("af"); // sm_90a: with features that only that card has
    if (Number.getAsInteger(10, Value) || !llvm::is_contained(Architectures, Value * 10))
      return wrong(Word, "'" + Part + "' is no known architecture (cuport-cc --list-gpu-arch)");
    Result.Architecture = std::max(Result.Architecture, Value * 10);
  }
  return llvm::Error::success();
}

/// What gcc would be given. Macros and language go to both halves; how host code is optimised is no matter of kernels.
llvm::Error Reader::hostOptions(StringRef List) {
  for (const std::string &Part : listParts(List)) {
    StringRef Option = Part;
    if (Option.starts_with("-Wl,"))
      link(Option);
    else if (Option == "-pthread" || Option.starts_with("-fopenmp")) {
      both(Option);
      link(Option);
    } else if (Option == "--version" || Option.starts_with("-dump")) {
      // Builds ask for the host compiler's name and version so, with a file that need not be there.
      Result.Ask = Question::AskClang;
      Result.AskedOfClang = Part;
    } else if (Option.starts_with("-O") || Option == "-ffast-math" || Option.starts_with("-fvisibility"))
      Result.Host.push_back(Part);
    else if (Option != "-rdynamic")
      both(Option);
    else
      link(Option);
  }
  return llvm::Error::success();
}

llvm::Expected<InputKind> Reader::kindOf(StringRef Path) const {
  StringRef Extension = llvm::sys::path::extension(Path);
  if (Path != "-" && (Extension == ".o" || Extension == ".obj" || Extension == ".a" || Extension == ".so" ||
                      Extension == ".lo" || Path.contains(".so.")))
    return InputKind::Linkable;
  if (Extension == ".ptx" || Extension == ".cubin" || Extension == ".fatbin")
    return llvm::createStringError(llvm::Twine("'") + Path + "': a module is loaded with cuModuleLoad, not linked");
  if (!LanguageNow.empty() && LanguageNow != "none") {
    auto Kind = llvm::StringSwitch<std::optional<InputKind>>(LanguageNow)
                    .Cases({"cu", "cuda"}, InputKind::Cuda)
                    .Case("hip", InputKind::Hip)
                    .Case("c++", InputKind::Cxx)
                    .Case("c", InputKind::C)
                    .Cases({"assembler", "assembler-with-cpp"}, InputKind::Assembler)
                    .Default(std::nullopt);
    if (!Kind)
      return llvm::createStringError("'-x %s': cu, hip, c++, c and assembler are known", LanguageNow.c_str());
    return *Kind;
  }
  if (Path == "-")
    return llvm::createStringError("'-': -x says what standard input holds, -x cu for instance");
  // As clang does: what is no source is the linker's.
  return llvm::StringSwitch<InputKind>(Extension)
      .Cases({".cu", ".cui"}, AsHipcc ? InputKind::Hip : InputKind::Cuda)
      .Case(".hip", InputKind::Hip)
      .Cases({".cpp", ".cc", ".cxx", ".c++", ".C", ".CPP"}, AsHipcc ? InputKind::Hip : InputKind::Cxx)
      .Case(".ii", InputKind::Cxx)
      .Cases({".c", ".i"}, InputKind::C)
      .Cases({".s", ".S"}, InputKind::Assembler)
      .Default(InputKind::Linkable);
}

llvm::Error Reader::takeMade(const Word &Word) {
  switch (Word.Row->What) {
  case Meaning::DeviceObject:
    Result.Separate = true;
    return make(Phase::Object, Word);
  case Meaning::Object:
    // CMake adds -c to -ptx and its like.
    if (Result.Make == Phase::Module)
      return llvm::Error::success();
    return make(Phase::Object, Word);
  case Meaning::Program: return make(Phase::Program, Word);
  case Meaning::DeviceLink: return make(Phase::DeviceLink, Word);
  case Meaning::Library: return make(Phase::Library, Word);
  case Meaning::SeparateModule:
    Result.Separate = true;
    return make(Phase::Module, Word);
  case Meaning::Module: return make(Phase::Module, Word);
  case Meaning::Preprocess: return make(Phase::Preprocess, Word);
  case Meaning::Assembly: return make(Phase::Assembly, Word);
  case Meaning::SyntaxOnly: return make(Phase::SyntaxOnly, Word);
  case Meaning::Shared: Result.Shared = true; break;
  case Meaning::Output: Result.Output = Word.Value; break;
  case Meaning::OutputDirectory: Result.OutputDirectory = Word.Value; break;
  case Meaning::KeepDirectory: Result.KeepDirectory = Word.Value; break;
  case Meaning::Keep: Result.Keep = true; break;
  case Meaning::DryRun: Result.DryRun = true; break;
  case Meaning::Verbose: Result.Verbose = true; break;
  case Meaning::Version: Result.Ask = Question::Version; break;
  case Meaning::Help: Result.Ask = Question::Help; break;
  case Meaning::ListArchitectures: Result.Ask = Question::Architectures; break;
  case Meaning::ListCode: Result.Ask = Question::Codes; break;
  case Meaning::AskClang:
    Result.Ask = Question::AskClang;
    Result.AskedOfClang = Word.Text;
    break;
  case Meaning::Target:
    Result.Target = Word.Value == "cpu"       ? TargetKind::Cpu
                    : Word.Value == "rocm"    ? TargetKind::Rocm
                    : isHostOnly(Word.Value) ? TargetKind::HostOnly
                                              : TargetKind::Vendor;
    Result.VendorId = Word.Value;
    if (Result.Target == TargetKind::Vendor && !findVendor(Word.Value))
      return wrong(Word, "the targets are cpu, rocm, " + vendorList());
    break;
  case Meaning::Check:
    for (StringRef Kind : llvm::split(Word.Value, ',')) {
      if (Kind != "address" && Kind != "thread" && Kind != "all")
        return wrong(Word, "address, thread and all are the checks");
      Result.CheckAddress |= Kind != "thread";
      Result.CheckThread |= Kind != "address";
    }
    break;
  case Meaning::LibraryPath: link("-L" + Word.Value); break;
  case Meaning::LinkLibrary:
    for (StringRef Name : llvm::split(Word.Value, ','))
      Result.LinkLine.push_back({LinkItem::Kind::Library, 0, Name.str()});
    break;
  case Meaning::LinkOptions:
    for (const std::string &Part : listParts(Word.Value)) {
      link("-Xlinker");
      link(Part);
    }
    break;
  case Meaning::RuntimeLibrary: Result.RuntimeLibrary = Word.Value; break;
  case Meaning::ArchiveOptions:
    for (std::string &Part : listParts(Word.Value))
      Result.Archive.push_back(std::move(Part));
    break;
  default: return takeSource(Word);
  }
  return llvm::Error::success();
}

llvm::Error Reader::takeSource(const Word &Word) {
  switch (Word.Row->What) {
  case Meaning::Language: LanguageNow = Word.Value; break;
  case Meaning::Standard: both("-std=" + Word.Value); break;
  case Meaning::Define: both("-D" + Word.Value); break;
  case Meaning::Undefine: both("-U" + Word.Value); break;
  case Meaning::IncludePath: both("-I" + Word.Value); break;
  case Meaning::SystemInclude: both("-isystem"), both(Word.Value); break;
  case Meaning::Include: Result.Included.insert(Result.Included.end(), {"-include", Word.Value}); break;
  case Meaning::DependenciesOnly:
    Result.DependencyFlags.push_back(Word.Spelling == "-M" || Word.Spelling == "--generate-dependencies" ? "-M" : "-MM");
    return make(Phase::Dependencies, Word);
  case Meaning::Dependencies:
    Result.Dependencies = true;
    Result.DependencyFlags.push_back(
        Word.Spelling == "-MD" || Word.Spelling == "--generate-dependencies-with-compile" ? "-MD" : "-MMD");
    break;
  case Meaning::DependencyFile: Result.DependencyFile = Word.Value; break;
  case Meaning::DependencyTarget:
    Result.DependencyFlags.push_back(Word.Spelling == "-MQ" ? "-MQ" : "-MT");
    Result.DependencyFlags.push_back(Word.Value);
    break;
  case Meaning::DependencyPhony: Result.DependencyFlags.push_back("-MP"); break;
  case Meaning::ExtendedLambda: Result.ExtendedLambda = true; break;
  case Meaning::RelaxedConstexpr: Result.RelaxedConstexpr = true; break;
  case Meaning::NoExceptions: both("-fno-exceptions"); break;
  case Meaning::DefaultStream:
    if (Word.Value != "legacy" && Word.Value != "per-thread" && Word.Value != "null")
      return wrong(Word, "legacy and per-thread are the default streams");
    Result.PerThreadStream = Word.Value == "per-thread";
    break;
  default: return takeCode(Word);
  }
  return llvm::Error::success();
}

llvm::Error Reader::takeCode(const Word &Word) {
  StringRef Value = Word.Value;
  switch (Word.Row->What) {
  case Meaning::Architecture:
  case Meaning::GpuCode: return architecture(Value, Word);
  case Meaning::OffloadArchitecture:
    for (StringRef Part : llvm::split(Value, ','))
      Result.OffloadArchitectures.push_back(Part.str());
    break;
  case Meaning::Separate:
  case Meaning::FusedMultiplyAdd:
    if (Value != "true" && Value != "false")
      return wrong(Word, "true or false");
    (Word.Row->What == Meaning::Separate ? Result.Separate : Result.FusedMultiplyAdd) = Value == "true";
    break;
  case Meaning::SeparateOn: Result.Separate = true; break;
  case Meaning::SeparateOff: Result.Separate = false; break;
  case Meaning::RocmPath: Result.RocmPath = Word.Value; break;
  case Meaning::SdkPath: Result.SdkPath = Word.Value; break;
  case Meaning::Optimize: Result.Optimize = Word.Value; break;
  case Meaning::OptimizeValue: Result.Optimize = "-O" + Word.Value; break;
  case Meaning::Debug:
    Result.Debug = Value != "-g0";
    both(Value.empty() ? StringRef("-g") : Value);
    break;
  case Meaning::DeviceDebug: Result.DeviceDebug = true; break;
  case Meaning::LineInfo: Result.LineInfo = true; break;
  case Meaning::FastMath: Result.FastMath = true; break;
  case Meaning::NoWarnings: both("-w"); break;
  case Meaning::WarningsAsErrors: WarningsAsErrors = true; break;
  case Meaning::HostOptions: return hostOptions(Value);
  case Meaning::Machine:
    if (Value != "64")
      return wrong(Word, "the shim has 64-bit pointers only");
    break;
  case Meaning::Threads:
    if (!llvm::all_of(Value, llvm::isDigit))
      return unknown(Word);
    break;
  case Meaning::ForwardUnknown: ForwardToCompiler = true; break;
  case Meaning::ForwardUnknownToLinker: ForwardToLinker = true; break;
  case Meaning::ForwardUnknownBoth: ForwardToCompiler = ForwardToLinker = true; break;
  default: llvm_unreachable("an option of the table without a meaning");
  }
  return llvm::Error::success();
}

llvm::Error Reader::take(const Word &Word) {
  // nvcc: -Werror KIND,...; clang: -Werror.
  if (WarningsAsErrors) {
    WarningsAsErrors = false;
    static constexpr StringRef Kinds[] = {"all-warnings", "cross-execution-space-call", "reorder",
                                          "default-stream-launch", "missing-launch-bounds", "ext-lambda-captures-this",
                                          "deprecated-declarations"};
    auto IsKind = [](StringRef Kind) { return llvm::is_contained(Kinds, Kind); };
    if (!llvm::all_of(llvm::split(Word.Text, ','), IsKind))
      both("-Werror");
    else {
      if (StringRef(Word.Text).contains("all-warnings"))
        both("-Werror");
      return llvm::Error::success();
    }
  }
  if (Word.isUnknownOption())
    return unknown(Word);
  if (!Word.Row) {
    size_t Index = Result.Inputs.size();
    Result.Inputs.push_back({Word.Text, InputKind::Linkable});
    Result.LinkLine.push_back({LinkItem::Kind::Input, Index, ""});
    return llvm::Error::success();
  }
  switch (Word.Row->What) {
  case Meaning::Accept:
  case Meaning::HostCompiler: return llvm::Error::success();
  case Meaning::Refuse: return wrong(Word, Word.Row->Note);
  case Meaning::Both: both(Word.Text == "-Werror=all-warnings" ? "-Werror" : Word.Text); break;
  case Meaning::BothValue: both(Word.Spelling), both(Word.Value); break;
  case Meaning::BothAndLink: both(Word.Text), link(Word.Text); break;
  case Meaning::Host: Result.Host.push_back(Word.Text); break;
  case Meaning::Link: link(Word.Text); break;
  case Meaning::LinkValue: link("-Xlinker"), link(Word.Spelling), link("-Xlinker"), link(Word.Value); break;
  default: return takeMade(Word);
  }
  return llvm::Error::success();
}

llvm::Expected<Invocation> Reader::read(llvm::ArrayRef<std::string> Given) {
  auto Words = readWords(Given);
  if (!Words)
    return Words.takeError();
  for (const Word &Word : *Words)
    if (Word.Row && (Word.Row->What == Meaning::ForwardUnknown || Word.Row->What == Meaning::ForwardUnknownBoth))
      ForwardToCompiler = true; // wherever it stands
  std::string OnlyLanguage;
  size_t Languages = 0;
  for (const Word &Word : *Words)
    if (Word.Row && Word.Row->What == Meaning::Language) {
      ++Languages;
      OnlyLanguage = Word.Value;
    }
  // nvcc's -x is for all inputs, clang's for those behind it; one alone is read nvcc's way.
  if (Languages == 1)
    LanguageNow = OnlyLanguage;
  for (const Word &Word : *Words) {
    size_t Before = Result.Inputs.size();
    if (llvm::Error Failed = take(Word))
      return std::move(Failed);
    if (Result.Inputs.size() > Before) {
      auto Kind = kindOf(Word.Text);
      if (!Kind)
        return Kind.takeError();
      Result.Inputs.back().Kind = *Kind;
    }
  }
  if (WarningsAsErrors)
    both("-Werror");
  return std::move(Result);
}

bool Invocation::hasDeviceCode() const {
  return llvm::any_of(Inputs, [](const Input &In) { return In.Kind == InputKind::Cuda || In.Kind == InputKind::Hip; });
}

llvm::Expected<Invocation> cuport::parseOptions(llvm::ArrayRef<std::string> Words, bool AsHipcc) {
  return Reader(AsHipcc).read(Words);
}

std::string cuport::helpText() {
  std::string Text = "usage: cuport-cc [options] file...\n"
                     "Compiles and links CUDA and HIP for a CPU, with nvcc's options or clang's.\n\n";
  for (const OptionRow &Row : optionTable()) {
    std::string Names = llvm::join(llvm::split(Row.Spellings, '|'), ", ");
    static constexpr StringRef Values[] = {"", " VALUE", " LIST", "VALUE", "...", "=true|false"};
    std::string Left = Names + Values[unsigned(Row.How)].str();
    StringRef Note = Row.Note;
    StringRef Kind = Row.What == Meaning::Accept ? "no effect: " : Row.What == Meaning::Refuse ? "refused: " : "";
    Text += llvm::formatv("  {0}{1}{2}{3}\n", Left, Note.empty() && Kind.empty() ? "" : "\n        ", Kind, Note).str();
  }
  return Text;
}

std::string cuport::architectureList(StringRef Prefix) {
  std::string Text;
  for (unsigned Architecture : Architectures)
    Text += llvm::formatv("{0}{1}\n", Prefix, Architecture / 10).str();
  return Text;
}
