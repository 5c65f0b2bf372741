// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/Scan.h"

#include "Build/BuildRule.h"
#include "Driver/BuildHints.h"
#include "Driver/KnownHeaders.h"
#include "Driver/WorkerPool.h"
#include "Frontend/DefinedNames.h"
#include "Frontend/ParseUnit.h"
#include "Frontend/PlanUnits.h"
#include "Knowledge/BuiltinTargets.h"
#include "Knowledge/NamePattern.h"
#include "Rules/Cutlass.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace cuport;

/// What stands last in the names of CUDA's namespaces: DeviceReduce of cub::DeviceReduce.
static llvm::StringSet<> membersOfNamespaces(const ApiTable &Apis) {
  llvm::StringSet<> Members;
  for (const ApiRow *Row : Apis.rows())
    if (size_t At = Row->Cuda.rfind("::"); At != llvm::StringRef::npos)
      Members.insert(Row->Cuda.substr(At + 2));
  return Members;
}

namespace {
struct Mentions {
  bool Cuda = false;
  bool Kernels = false;
};
} // namespace

/// What the tokens alone say. A word like "half" or "cub" is no CUDA by itself: only names that
/// nobody else would use count, launches, and headers of CUDA's.
static Mentions mentionsOf(const SourceFile &File, const ApiTable &Apis) {
  Mentions M;
  for (const Token &T : File.tokens()) {
    llvm::StringRef Text = File.textOf(T);
    switch (T.What) {
    case Token::Identifier: {
      if (Text == "__global__" || Text == "__device__")
        M.Cuda = M.Kernels = true;
      else if (!M.Cuda && (looksLikeCuda(Text) || ((Text.starts_with("__") || Text.starts_with("CU")) && Apis.find(Text)) ||
                           Text == "threadIdx" || Text == "blockIdx" || Text == "dim3" || Text == "cutlass"))
        M.Cuda = true;
      break;
    }
    case Token::Header:
      M.Cuda |= Apis.findInclude(Text.drop_front().drop_back()) != nullptr || isOfCutlass(Text.drop_front()) || isOfThrustOrCub(Text.drop_front());
      break;
    case Token::Punctuator:
      if (Text == "<<<")
        M.Cuda = M.Kernels = true;
      break;
    default:
      break;
    }
    if (M.Kernels)
      break;
  }
  return M;
}

/// True where the file is HIP already, or in part: a header of HIP's or ROCm's, a name like
/// hipFree.
static bool mentionsHip(const SourceFile &File) {
  return llvm::any_of(File.tokens(), [&](const Token &T) {
    llvm::StringRef Text = File.textOf(T);
    if (T.What == Token::Header)
      return Text.contains("hip") || Text.contains("roc") || Text.contains("rccl");
    return T.What == Token::Identifier && Text.size() > 3 && Text.starts_with("hip") &&
           llvm::isUpper(Text[3]);
  });
}

/// Parses all units in workers and appends their records.
static void parseAll(const std::vector<UnitCommand> &Units, const ScanOptions &Options,
                     const ApiTable &Apis, bool WithHip, size_t &DoneUnits,
                     std::vector<UnitRecord> &Records) {
  if (Units.empty())
    return;
  const size_t AllUnits = DoneUnits + Units.size();
  ParseOptions Parse;
  Parse.Surface = makeSurface(knownHeaders(Apis, WithHip));
  Parse.WithHip = WithHip;
  Parse.CudaPath = Options.CudaPath;
  Parse.ResourceDir = Options.ResourceDir;
  Parse.HeaderCache = Options.HeaderCache;
  Parse.WithBodies = readBodies(Options.Rules);
  llvm::StringSet<> Members = membersOfNamespaces(Apis);
  Parse.IsInteresting = [&](llvm::StringRef Name) {
    return Apis.find(Name) || looksLikeCuda(Name) || Members.contains(Name);
  };
  Parse.WatchedArguments = [&](llvm::StringRef Name) {
    WatchedCall Watched;
    if (const ApiRow *Row = Apis.find(Name))
      for (const ArgumentCondition &C : Row->Conditions) {
        Watched.Arguments |= uint64_t(1) << C.Index;
        llvm::append_range(Watched.Values, C.Values);
      }
    return Watched;
  };
  auto Job = [&](size_t Index) {
    const UnitCommand &U = Units[Index];
    UnitRecord Host = parseUnit(U, Pass::Host, Parse);
    std::string Text = toJson(Host);
    if (U.Language == Language::Cuda && wantsDevicePass(Host))
      Text += "\n" + toJson(parseUnit(U, Pass::Device, Parse));
    return Text;
  };
  auto Done = [&](size_t Index, JobResult Result) {
    auto Fail = [&](std::string Why) {
      UnitRecord R;
      R.MainFile = Units[Index].File;
      R.Failure = std::move(Why);
      Records.push_back(std::move(R));
    };
    if (!Result.Failure.empty())
      Fail(std::move(Result.Failure));
    llvm::SmallVector<llvm::StringRef, 2> Lines;
    llvm::StringRef(Result.Output).split(Lines, '\n', -1, /*KeepEmpty=*/false);
    for (llvm::StringRef Line : Lines) {
      if (auto Record = unitRecordFromJson(Line))
        Records.push_back(std::move(*Record));
      else
        Fail(llvm::toString(Record.takeError()));
    }
    ++DoneUnits;
    if (Options.OnUnit)
      Options.OnUnit(DoneUnits, AllUnits, Units[Index].File);
  };
  runInWorkers(Units.size(), {Options.Jobs, Options.SecondsPerUnit}, Job, Done);
}

/// The units of a database that show one of the files; the rest of a large build is not this run's.
static std::vector<UnitCommand> unitsFromDatabase(std::vector<UnitCommand> All,
                                                  llvm::ArrayRef<std::string> ExtraArgs,
                                                  const std::set<std::string> &Wanted) {
  std::vector<UnitCommand> Units;
  for (UnitCommand &U : All) {
    llvm::SmallString<256> Real;
    if (llvm::sys::fs::real_path(U.File, Real))
      continue;
    if (!Wanted.count(std::string(Real)))
      continue;
    U.File = std::string(Real);
    U.Args.insert(U.Args.end(), ExtraArgs.begin(), ExtraArgs.end());
    Units.push_back(std::move(U));
  }
  return Units;
}

/// A folder that holds a compile_commands.json says how it is built without being asked.
static std::string findDatabase(const ScanOptions &Options) {
  if (!Options.CompilationDatabase.empty() || !Options.CompilerFlags.empty())
    return Options.CompilationDatabase;
  for (const std::string &Input : Options.Inputs)
    for (const char *Below : {"", "build"}) {
      llvm::SmallString<256> Path(Input);
      llvm::sys::path::append(Path, Below, "compile_commands.json");
      if (llvm::sys::fs::is_directory(Input) && llvm::sys::fs::exists(Path))
        return std::string(Path);
    }
  return "";
}

static Finding unreadable(const ScannedFile &F) {
  Finding Bad;
  Bad.Rule = "parse-error";
  Bad.At = {F.Input.Path, 1, 1, 0, 0};
  Bad.Verdict = Verdict::Unknown;
  Bad.Confidence = Confidence::Unparsed;
  Bad.Message = "the file was not analysed: " + F.Failure;
  return Bad;
}

static std::optional<BuildSystem> systemOf(const InputFile &File) {
  llvm::StringRef Name = llvm::sys::path::filename(File.Path);
  return isConfigured(Name) ? std::nullopt : buildSystemOf(Name);
}

/// True where a folder of File, below the root it was named by, is one that CMake builds in: what stands there is made.
static bool isInBuildTree(const InputFile &File, llvm::StringMap<bool> &Known) {
  llvm::StringRef Folder = File.Path, Relative = File.Relative;
  while (!Relative.empty()) {
    Folder = llvm::sys::path::parent_path(Folder);
    Relative = llvm::sys::path::parent_path(Relative);
    auto [It, New] = Known.try_emplace(Folder, false);
    if (New) {
      llvm::SmallString<256> Cache(Folder);
      llvm::sys::path::append(Cache, "CMakeCache.txt");
      It->second = llvm::sys::fs::exists(Cache);
    }
    if (It->second)
      return true;
  }
  return false;
}

/// Whether a pattern is for the file, or for a folder that it is in: for its path below the input, or for its name.
static bool isLeftOut(llvm::StringRef Relative, llvm::ArrayRef<llvm::GlobPattern> Patterns) {
  for (llvm::StringRef Path = Relative; !Path.empty(); Path = llvm::sys::path::parent_path(Path))
    for (const llvm::GlobPattern &Pattern : Patterns)
      if (Pattern.match(Path) || Pattern.match(llvm::sys::path::filename(Path)))
        return true;
  return false;
}

llvm::Expected<std::vector<InputFile>> cuport::filesOf(const ScanOptions &Options) {
  std::vector<llvm::GlobPattern> Patterns;
  for (const std::string &Text : Options.Exclude) {
    auto Pattern = llvm::GlobPattern::create(llvm::StringRef(Text).rtrim('/'));
    if (!Pattern)
      return llvm::createStringError("--exclude: '" + Text + "': " + llvm::toString(Pattern.takeError()));
    Patterns.push_back(std::move(*Pattern));
  }
  auto Files = listInputs(Options.Inputs, [](llvm::StringRef Name) { return buildSystemOf(Name).has_value(); });
  llvm::StringMap<bool> Known;
  if (Files)
    llvm::erase_if(*Files, [&](const InputFile &File) {
      return isLeftOut(File.Relative, Patterns) || (systemOf(File) && isInBuildTree(File, Known));
    });
  return Files;
}

/// The names of the packages of Python's that Files hold, but for those within others.
static std::set<std::string> pythonPackages(llvm::ArrayRef<ScannedFile> Files) {
  std::set<llvm::StringRef> Folders;
  for (const ScannedFile &F : Files)
    if (llvm::sys::path::filename(F.Input.RealPath) == "__init__.py")
      Folders.insert(llvm::sys::path::parent_path(F.Input.RealPath));
  std::set<std::string> Names;
  for (llvm::StringRef Folder : Folders)
    if (!Folders.count(llvm::sys::path::parent_path(Folder)))
      Names.insert(llvm::sys::path::filename(Folder).str());
  return Names;
}

/// Runs the rules on build files over those among Files; what one of them says can matter to another. Own gets the macros that they
/// define and that look like CUDA's.
static void scanBuildFiles(std::vector<ScannedFile> &Files, const RuleOptions &Rules, std::map<std::string, bool> &Own) {
  BuildOptions Options;
  Options.Only = Rules.Only;
  Options.IsHip = !Rules.Card;
  Options.Output = Rules.Output;
  Options.Card = Rules.Card ? &Rules.Card->card()
                            : llvm::find_if(builtinTargets(), [](const Target &T) { return T.Id == "rocm"; });
  std::vector<std::pair<ScannedFile *, BuildText>> Texts;
  BuildProject Project;
  Project.PythonPackages = pythonPackages(Files);
  for (ScannedFile &F : Files)
    if (F.Build && F.Source) {
      Texts.emplace_back(&F, takeApart(*F.Build, F.Source->text()));
      addBuildMacros(Texts.back().second, [&](llvm::StringRef Name, llvm::StringRef) {
        if (looksLikeCuda(Name))
          Own.try_emplace(Name.str(), false);
      });
      Project.add(Texts.back().second, *Options.Card);
    }
  Project.finish();
  for (auto &[F, Text] : Texts) {
    F->Findings = runBuildRules({*F->Source, Text, Project, Options});
    F->HasCuda = !F->Findings.empty();
  }
}

llvm::Expected<ScanResult> cuport::scan(const ScanOptions &Options, const ApiTable &Apis) {
  auto Inputs = filesOf(Options);
  if (!Inputs)
    return Inputs.takeError();
  ScanResult Result;
  std::vector<PlannedFile> Planned;
  std::set<std::string> WithCuda, All;
  MacroTable Macros;
  for (InputFile &Input : *Inputs) {
    ScannedFile F;
    F.Input = std::move(Input);
    F.Build = systemOf(F.Input);
    if (auto Source = SourceFile::read(F.Input.RealPath, F.Input.Path)) {
      F.Source = std::move(*Source);
      F.Lines = F.Source->lineCount();
      F.Hash =
          llvm::utohexstr(llvm::xxh3_64bits(F.Source->text()), /*LowerCase=*/true, /*Width=*/16);
      if (F.Build) {
        Result.Files.push_back(std::move(F));
        continue;
      }
      Mentions M = mentionsOf(*F.Source, Apis);
      F.HasCuda = M.Cuda;
      All.insert(F.Input.RealPath);
      if (M.Cuda)
        WithCuda.insert(F.Input.RealPath);
      Macros.add(*F.Source);
      Planned.push_back({F.Input.RealPath, F.Source.get(), M.Cuda, M.Kernels});
    } else {
      std::string Text = llvm::toString(Source.takeError());
      llvm::StringRef Why = Text;
      Why.consume_front(F.Input.Path + ": ");
      F.Failure = Why.str();
    }
    Result.Files.push_back(std::move(F));
  }

  llvm::SmallString<256> Here;
  if (std::error_code Code = llvm::sys::fs::current_path(Here))
    return llvm::createStringError("the current folder cannot be told: " + Code.message());
  std::vector<std::string> ExtraArgs = parseFlags(Here, Options.CompilerFlags);
  auto IsCudaHeader = [&](llvm::StringRef Name) { return Apis.findInclude(Name) != nullptr; };
  const IncludeGraph Includes(Planned, IsCudaHeader);
  std::vector<UnitCommand> Units;
  BuildHints Hints;
  if (std::string Database = findDatabase(Options); !Database.empty()) {
    auto Read = readCompilationDatabase(Database);
    if (!Read)
      return Read.takeError();
    Units = unitsFromDatabase(std::move(*Read), ExtraArgs, All);
  } else {
    Hints = hintsOf(Result.Files, IsCudaHeader);
    Units = Includes.planUnits(ExtraArgs);
    giveHints(Units, Hints);
  }
  bool WithHip = llvm::any_of(Planned, [](const PlannedFile &F) { return mentionsHip(*F.Source); });
  // Of units without CUDA nothing is wanted but headers with some that no other unit shows.
  auto IsWithout = [&](const UnitCommand &U) { return !WithCuda.count(U.File) && languageOf(U.File) != Language::Cuda; };
  std::vector<UnitCommand> Includers;
  llvm::copy_if(Units, std::back_inserter(Includers), IsWithout);
  llvm::erase_if(Units, IsWithout);
  std::vector<UnitRecord> Records;
  std::set<std::string> Left = WithCuda; // what no unit has entered yet
  auto Parse = [&] {
    const size_t Before = Records.size();
    parseAll(Units, Options, Apis, WithHip, Result.Units, Records);
    for (const UnitRecord &R : llvm::drop_begin(Records, Before)) {
      Left.erase(R.MainFile);
      for (const auto &[Path, Facts] : R.Files)
        Left.erase(Path);
    }
  };
  Parse();
  Units = Includes.unitsThatShow(Left, std::move(Includers));
  Parse();
  // What is left is parsed by itself: a header nobody includes here, a file the database leaves out. Such headers include each other,
  // but not on every branch.
  for (bool Each : {false, true}) {
    Units = Includes.planLeftovers(Left, ExtraArgs);
    if (!Each)
      Units = Includes.unitsThatShow(Left, std::move(Units));
    giveHints(Units, Hints);
    Parse();
  }

  ProjectFacts Project = mergeRecords(std::move(Records));
  scanBuildFiles(Result.Files, Options.Rules, Project.UserNames);
  auto isOwn = [&](llvm::StringRef Name) { return looksLikeCuda(Name) && !Apis.find(Name); };
  for (const ScannedFile &F : Result.Files)
    if (F.Source && !F.Build)
      for (llvm::StringRef Name : definedNames(*F.Source, isOwn))
        Project.UserNames.try_emplace(Name.str(), false);
  // In code that no unit compiles clang follows no include.
  for (const auto &[Includer, Own] : Includes.ownIncludes())
    if (auto It = Project.Files.find(Includer); It != Project.Files.end())
      for (const auto &[Offset, Path] : Own)
        It->second.Includes.try_emplace(Offset, IncludeFact{IncludeFact::User, Path});
  for (ScannedFile &F : Result.Files) {
    if (!F.Source) {
      F.Findings.push_back(unreadable(F));
      continue;
    }
    if (F.Build) {
      if (!F.HasCuda)
        F.Source.reset();
      continue;
    }
    // A .cu that names nothing of CUDA's may lean on nvcc for its headers, which do.
    bool MayLean =
        languageOf(F.Input.RealPath) == Language::Cuda && Project.Files.count(F.Input.RealPath);
    if (!F.HasCuda && !MayLean) {
      F.Source.reset();
      continue;
    }
    const ApiTable &Written = Options.Rules.Card ? Options.Rules.Card->apis() : Apis;
    FileView View(*F.Source, F.Input.RealPath, Project, Macros, Written, Options.Rules);
    F.Findings = runRules(View);
    F.HasCuda |= !F.Findings.empty();
    if (!F.HasCuda) {
      F.Source.reset();
      continue;
    }
    if (View.Facts) {
      F.Units = View.Facts->Units;
      F.Errors = View.Facts->Errors;
    }
    if (auto It = Project.Failures.find(F.Input.RealPath); It != Project.Failures.end())
      F.Failure = It->second;
  }
  // Most Python builds nothing, and would only fill the lists of files.
  llvm::erase_if(Result.Files, [](const ScannedFile &F) { return F.Build == BuildSystem::Python && F.Findings.empty(); });
  return Result;
}

llvm::Expected<ApiTable> cuport::loadKnowledge(llvm::ArrayRef<std::string> Files) {
  ApiTable Apis;
  for (const std::string &File : Files)
    if (llvm::Error E = Apis.addFile(File))
      return std::move(E);
  return Apis;
}

std::string cuport::findResourceDir(llvm::StringRef ProgramPath) {
  llvm::SmallString<256> Beside(
      llvm::sys::path::parent_path(llvm::sys::path::parent_path(ProgramPath)));
  llvm::sys::path::append(Beside, "lib", "cuport", "clang");
  if (llvm::sys::fs::is_directory(Beside))
    return std::string(Beside);
  return CUPORT_CLANG_RESOURCE_DIR;
}
