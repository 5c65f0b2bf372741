// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "CommonOptions.h"

#include "Driver/RulePages.h"
#include "Driver/Targets.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace cuport;
namespace cl = llvm::cl;

cl::SubCommand &cuport::translateCommand() {
  static cl::SubCommand Command("translate",
                                "Translate CUDA source to HIP, or to a card's own names");
  return Command;
}

cl::SubCommand &cuport::reportCommand() {
  static cl::SubCommand Command("report",
                                "Count what a migration to HIP would meet; change nothing");
  return Command;
}

cl::SubCommand &cuport::checkCommand() {
  static cl::SubCommand Command(
      "check", "Print what is left for a person, and fail for what is new; for CI");
  return Command;
}

cl::SubCommand &cuport::explainCommand() {
  static cl::SubCommand Command("explain", "Say what is known about a name, a header or a rule");
  return Command;
}

cl::SubCommand &cuport::targetsCommand() {
  static cl::SubCommand Command("targets",
                                "Say what is known about the cards that CUDA source may move to");
  return Command;
}

cl::OptionCategory &cuport::optionCategory() {
  static cl::OptionCategory Category("Options");
  return Category;
}

// What is read, and how.
cl::list<std::string> cuport::Inputs(cl::Positional, cl::desc("PATH..."), cl::cat(optionCategory()),
                                     cl::sub(translateCommand()), cl::sub(reportCommand()),
                                     cl::sub(checkCommand()));
static cl::list<std::string>
    Exclude("exclude", cl::value_desc("glob,..."), cl::CommaSeparated, cl::cat(optionCategory()),
            cl::desc("Files and folders to leave out, by their path below an input or by their\n"
                     "name: third_party, 'test/*.cu'"),
            cl::sub(translateCommand()), cl::sub(reportCommand()), cl::sub(checkCommand()));
cl::opt<std::string>
    cuport::Database("p", cl::value_desc("path"), cl::cat(optionCategory()),
                     cl::desc("compile_commands.json, or its folder; found by itself in an input\n"
                              "folder and in build/ below it"),
                     cl::sub(translateCommand()), cl::sub(reportCommand()),
                     cl::sub(checkCommand()));
static cl::opt<std::string>
    CudaPath("cuda-path", cl::value_desc("folder"), cl::cat(optionCategory()),
             cl::desc("Parse against this CUDA toolkit (default: none is needed)"),
             cl::sub(translateCommand()), cl::sub(reportCommand()), cl::sub(checkCommand()));
static cl::opt<unsigned>
    Jobs("j", cl::Prefix, cl::value_desc("n"), cl::cat(optionCategory()), cl::init(0),
         cl::desc("Units parsed at a time (default: the number of processors)"),
         cl::sub(translateCommand()), cl::sub(reportCommand()), cl::sub(checkCommand()));
static cl::opt<unsigned> UnitTimeout("unit-timeout", cl::value_desc("seconds"),
                                     cl::cat(optionCategory()), cl::init(120),
                                     cl::desc("Give up on a unit after so much processor time, or after ten times as\n"
                                              "long without any (default: 120)"),
                                     cl::sub(translateCommand()), cl::sub(reportCommand()),
                                     cl::sub(checkCommand()));
static cl::opt<unsigned> ProgressSeconds("progress", cl::value_desc("seconds"), cl::cat(optionCategory()), cl::init(30),
                                         cl::desc("Where stderr is no terminal, say every so often how far the run is;\n"
                                                  "0: never (default: 30)"),
                                         cl::sub(translateCommand()), cl::sub(reportCommand()), cl::sub(checkCommand()));
static cl::opt<std::string> HeaderCache(
    "header-cache", cl::value_desc("folder|none"), cl::cat(optionCategory()),
    cl::desc("Where headers of the C++ standard library are kept parsed, at most 128 MB\n"
             "(default: cuport in $XDG_CACHE_HOME or ~/.cache)"),
    cl::sub(translateCommand()), cl::sub(reportCommand()), cl::sub(checkCommand()));

// What is known.
cl::opt<std::string> cuport::HipVersion("hip-version", cl::value_desc("major.minor"),
                                        cl::cat(optionCategory()), cl::init("6.3"),
                                        cl::desc("The HIP the output is for (default: 6.3)"),
                                        cl::sub(translateCommand()), cl::sub(reportCommand()),
                                        cl::sub(checkCommand()), cl::sub(explainCommand()));
cl::list<std::string>
    cuport::Knowledge("knowledge", cl::value_desc("file"), cl::cat(optionCategory()),
                      cl::desc("API rows of your own, in the format of docs/KnowledgeFormat.md;\n"
                               "may be given again, later files win"),
                      cl::sub(translateCommand()), cl::sub(reportCommand()),
                      cl::sub(checkCommand()), cl::sub(explainCommand()));
cl::list<std::string> cuport::Cards(
    "target", cl::value_desc("card|file.yaml"), cl::cat(optionCategory()), cl::CommaSeparated,
    cl::desc("The card: what becomes of a name there (explain), what a port costs there\n"
             "(report; CARD:GENERATION for one of its generations). A file in the format of\n"
             "docs/TargetFormat.md adds a card or corrects one; several with commas"),
    cl::sub(explainCommand()), cl::sub(targetsCommand()), cl::sub(reportCommand()));

cl::opt<std::string> cuport::Output(
    "o", cl::value_desc("path"), cl::cat(optionCategory()),
    cl::desc("translate: the folder to write to, - for one file on stdout; report: the file (default: -, stdout)"),
    cl::sub(translateCommand()), cl::sub(reportCommand()));
static cl::opt<bool> Strings("strings", cl::cat(optionCategory()), cl::sub(translateCommand()),
                             cl::sub(reportCommand()), cl::sub(checkCommand()),
                             cl::desc("Rename CUDA's names in string literals too"));
static cl::list<std::string>
    Rules("rules", cl::value_desc("id,..."), cl::CommaSeparated, cl::cat(optionCategory()),
          cl::desc("Look with these rules only; 'cuport explain --list' names them"),
          cl::sub(translateCommand()), cl::sub(reportCommand()), cl::sub(checkCommand()));

int cuport::fail(llvm::Error E) {
  llvm::errs() << "cuport: error: " << llvm::toString(std::move(E)) << "\n";
  return CouldNotRun;
}

int cuport::fail(const llvm::Twine &Text) {
  llvm::errs() << "cuport: error: " << Text << "\n";
  return CouldNotRun;
}

int cuport::exitCodeFor(llvm::ArrayRef<Finding> Findings) {
  for (const Finding &F : Findings)
    if (needsPerson(F.Verdict))
      return SomethingLeft;
  return NothingLeft;
}

std::string cuport::count(size_t Number, llvm::StringRef What) {
  return (llvm::Twine(Number) + " " + What + (Number == 1 ? "" : "s")).str();
}

llvm::Expected<ScanOptions> cuport::scanOptions(const Invocation &Call, Progress &Shown) {
  ScanOptions O;
  O.Exclude.assign(Exclude.begin(), Exclude.end());
  O.CompilationDatabase = Database;
  O.CompilerFlags = Call.Flags;
  if (!CudaPath.empty()) {
    llvm::SmallString<256> Real;
    llvm::SmallString<256> Header(CudaPath);
    llvm::sys::path::append(Header, "include", "cuda_runtime.h");
    if (llvm::sys::fs::real_path(CudaPath, Real) || !llvm::sys::fs::exists(Header))
      return llvm::createStringError("--cuda-path: no CUDA toolkit in '" + CudaPath +
                                     "' (include/cuda_runtime.h is missing)");
    O.CudaPath = std::string(Real);
  }
  O.ResourceDir = findResourceDir(
      llvm::sys::fs::getMainExecutable(Call.Program, reinterpret_cast<void *>(&exitCodeFor)));
  O.Jobs = Jobs ? unsigned(Jobs) : llvm::hardware_concurrency().compute_thread_count();
  O.SecondsPerUnit = std::max(1u, unsigned(UnitTimeout));
  llvm::SmallString<256> Cache(HeaderCache);
  if (Cache.empty() && llvm::sys::path::cache_directory(Cache))
    llvm::sys::path::append(Cache, "cuport");
  if (Cache != "none")
    O.HeaderCache = std::string(Cache);
  auto Version = parseVersion(HipVersion);
  if (!Version)
    return llvm::createStringError("--hip-version: '" + HipVersion +
                                   "' is no version; write e.g. 6.3");
  O.Rules.Hip = *Version;
  for (const std::string &Rule : Rules) {
    if (llvm::none_of(everyRule(), [&](const RuleInfo &R) { return R.Id == Rule; }))
      return llvm::createStringError("--rules: there is no rule '" + Rule +
                                     "'; 'cuport explain --list' names them");
    O.Rules.Only.push_back(Rule);
  }
  O.Rules.Strings = Strings;
  Shown.setSeconds(ProgressSeconds);
  O.OnUnit = [&Shown](size_t Done, size_t All, llvm::StringRef Path) {
    Shown.show(Done, All, Path);
  };
  return O;
}

llvm::Expected<ScanOptions> cuport::scanOfInputs(const Invocation &Call, Progress &Shown) {
  if (Inputs.empty())
    return llvm::createStringError("name the files or folders to read, e.g. 'cuport report src'");
  auto O = scanOptions(Call, Shown);
  if (O)
    O->Inputs.assign(Inputs.begin(), Inputs.end());
  return O;
}

/// Of the program's file; empty where it cannot be read.
static std::string programHash(const char *Program) {
  auto Buffer = llvm::MemoryBuffer::getFile(
      llvm::sys::fs::getMainExecutable(Program, reinterpret_cast<void *>(&exitCodeFor)),
      /*IsText=*/false, /*RequiresNullTerminator=*/false);
  return Buffer ? llvm::utohexstr(llvm::xxh3_64bits((*Buffer)->getBuffer()), /*LowerCase=*/true,
                                  /*Width=*/16)
                : "";
}

ReportMaker cuport::reportMaker(const Invocation &Call) {
  return {CUPORT_VERSION, programHash(Call.Program)};
}

llvm::Expected<ReportModel> cuport::scanned(const Invocation &Call, const CardsOptions &OnCards) {
  auto Apis = loadKnowledge(Knowledge);
  if (!Apis)
    return Apis.takeError();
  Progress Shown;
  auto Scan = scanOfInputs(Call, Shown);
  if (!Scan)
    return Scan.takeError();
  auto Model = report(*Scan, *Apis, reportMaker(Call), OnCards);
  Shown.clear();
  return Model;
}

llvm::Error cuport::checkFolderOf(llvm::StringRef File) {
  llvm::StringRef Folder = llvm::sys::path::parent_path(File);
  if (Folder.empty() || llvm::sys::fs::is_directory(Folder))
    return llvm::Error::success();
  return llvm::createStringError("'" + File + "' cannot be written: there is no folder '" + Folder +
                                 "'");
}
