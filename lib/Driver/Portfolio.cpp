// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/Portfolio.h"

#include "Driver/SourceHashes.h"
#include "Driver/WorkerPool.h"
#include "Knowledge/YamlReader.h"
#include "Report/Forms.h"
#include "Rewrite/AtomicFile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

#include <cmath>

using namespace cuport;

static constexpr unsigned SecondsOfProject = 24 * 3600;
static constexpr llvm::StringLiteral ProjectFolder = "projects";

static std::string besideList(llvm::StringRef List, llvm::StringRef Path) {
  if (Path.empty() || llvm::sys::path::is_absolute(Path))
    return Path.str();
  llvm::SmallString<256> Joined(llvm::sys::path::parent_path(List));
  llvm::sys::path::append(Joined, Path);
  return std::string(Joined);
}

llvm::Expected<std::vector<PortfolioProject>> cuport::readPortfolio(llvm::StringRef Path) {
  auto Buffer = readYamlFile(Path);
  if (!Buffer)
    return Buffer.takeError();
  YamlReader Yaml(**Buffer);
  std::vector<PortfolioProject> Projects;
  llvm::StringSet<> Names;
  auto Project = [&](llvm::yaml::Node &Node) {
    PortfolioProject P;
    Yaml.mapping(Node, {"name", "path", "compile-commands", "flags", "value"}, [&](llvm::StringRef Key, llvm::yaml::Node &Value) {
      if (Key == "flags") {
        Yaml.sequence(Value, "flags", [&](llvm::yaml::Node &Flag) {
          if (auto Text = Yaml.text(Flag, "flag"))
            P.CompilerFlags.push_back(std::move(*Text));
        });
        return;
      }
      auto Text = Yaml.placedText(Value, Key);
      if (!Text)
        return;
      if (Key == "name") {
        P.Name = Text->Value;
      } else if (Key == "path") {
        P.Path = besideList(Path, Text->Value);
      } else if (Key == "compile-commands") {
        P.CompilationDatabase = besideList(Path, Text->Value);
      } else {
        double Number;
        if (llvm::StringRef(Text->Value).getAsDouble(Number) || !std::isfinite(Number) || Number < 0)
          Yaml.error(Text->At, "'" + Text->Value + "' is no value; give a number that is not negative");
        else
          P.Value = Number;
      }
    });
    if (Yaml.stopped())
      return;
    if (P.Path.empty())
      Yaml.error(Yaml.place(Node), "a project needs a path");
    if (P.Name.empty())
      P.Name = llvm::sys::path::filename(llvm::StringRef(P.Path).rtrim('/')).str();
    if (!Names.insert(P.Name).second)
      Yaml.error(Yaml.place(Node), "there are two projects '" + P.Name + "'; give one another name");
    Projects.push_back(std::move(P));
  };
  if (llvm::yaml::Node *Root = Yaml.root())
    Yaml.mapping(*Root, {"projects"}, [&](llvm::StringRef, llvm::yaml::Node &Value) {
      Yaml.sequence(Value, "projects", Project);
    });
  if (llvm::Error E = Yaml.takeError())
    return std::move(E);
  if (Projects.empty())
    return llvm::createStringError(Path + ": lists no projects");
  return Projects;
}

/// File names of the projects, without ending: letters, digits and a few signs of the name, no two alike on any disk.
static std::vector<std::string> fileNames(llvm::ArrayRef<PortfolioProject> Projects) {
  std::vector<std::string> Result;
  llvm::StringSet<> Taken;
  for (const PortfolioProject &P : Projects) {
    std::string Name;
    for (char C : llvm::StringRef(P.Name).take_front(80))
      Name += llvm::isAlnum(C) || C == '_' || (C == '.' && !Name.empty()) ? C : '-';
    std::string Unique = Name;
    for (unsigned N = 2; !Taken.insert(llvm::StringRef(Unique).lower()).second; ++N)
      Unique = Name + "-" + std::to_string(N);
    Result.push_back(std::move(Unique));
  }
  return Result;
}

static ScanOptions scanOf(const PortfolioProject &P, const PortfolioOptions &Options) {
  ScanOptions Scan = Options.Scan;
  Scan.Inputs = {P.Path};
  Scan.CompilationDatabase = P.CompilationDatabase;
  Scan.CompilerFlags = P.CompilerFlags;
  Scan.OnUnit = nullptr;
  return Scan;
}

static std::string bytesOf(llvm::StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  return Buffer ? (*Buffer)->getBuffer().str() : "";
}

/// What a row and its reports depend on, as one line. Not on the program's bytes: one that was
/// merely built anew makes the same.
static llvm::Expected<std::string> keyOf(const ScanOptions &Scan, const PortfolioOptions &Options, const ApiTable &Apis) {
  auto Inputs = filesOf(Scan);
  if (!Inputs)
    return Inputs.takeError();
  std::string Key;
  auto Add = [&Key](llvm::StringRef Text) { Key += llvm::utohexstr(llvm::xxh3_64bits(Text), /*LowerCase=*/true, /*Width=*/16); };
  for (const InputFile &F : *Inputs) {
    Add(F.Path);
    Add(bytesOf(F.RealPath));
  }
  if (!Scan.CompilationDatabase.empty()) {
    Add(bytesOf(Scan.CompilationDatabase));
    Add(bytesOf(Scan.CompilationDatabase + "/compile_commands.json"));
  }
  for (const std::string &Flag : Scan.CompilerFlags)
    Add(Flag);
  Add(toString(Scan.Rules.Hip));
  Add(Scan.Rules.Strings ? "strings" : "");
  for (llvm::StringRef Rule : Scan.Rules.Only)
    Add(Rule);
  Add(Scan.CudaPath);
  Add(std::to_string(Scan.SecondsPerUnit));
  Add(Options.Maker.Version);
  Add(rulesHash());
  Add(reportsHash());
  Add(Apis.fingerprint());
  Add(hashOf(Options.OnCards.Cards));
  const EffortOptions &Effort = Options.OnCards.Effort;
  Add(Options.OnCards.Parameters.fingerprint());
  Add(strategyName(Effort.Strategy));
  Add(milestoneName(Effort.Milestone));
  Add(std::to_string(Effort.Seed));
  if (Effort.Calibration) {
    Add(Effort.Calibration->Card + Effort.Calibration->Milestone);
    for (const Pilot::Module &M : Effort.Calibration->Modules)
      Add(M.Name + '=' + std::to_string(M.Days));
  }
  return llvm::utohexstr(llvm::xxh3_64bits(Key), /*LowerCase=*/true, /*Width=*/16);
}

/// Analyses a project and writes its reports, the row last. The result is the row's JSON, or "!" and what went wrong.
static std::string analyse(const ScanOptions &Scan, const PortfolioOptions &Options, const ApiTable &Apis, llvm::StringRef Base,
                           llvm::StringRef Key) {
  auto Model = report(Scan, Apis, Options.Maker, Options.OnCards);
  if (!Model)
    return "!" + llvm::toString(Model.takeError());
  for (Form F : {Form::Html, Form::Json}) {
    auto Text = writeReport(*Model, F);
    if (!Text)
      return "!" + llvm::toString(Text.takeError());
    if (llvm::Error E = writeFileAtomically((Base + allForms()[size_t(F)].Ending).str(), *Text))
      return "!" + llvm::toString(std::move(E));
  }
  std::string Row = toJson(portfolioRow(*Model));
  if (llvm::Error E = writeFileAtomically((Base + ".row").str(), (Key + "\n" + Row).str()))
    return "!" + llvm::toString(std::move(E));
  return Row;
}

/// The row of an earlier run, where it was made of the same.
static std::optional<PortfolioRow> earlierRow(llvm::StringRef Base, llvm::StringRef Key) {
  for (llvm::StringRef Ending : {".html", ".json"})
    if (!llvm::sys::fs::exists(Base + Ending))
      return std::nullopt;
  auto Buffer = llvm::MemoryBuffer::getFile(Base + ".row");
  if (!Buffer)
    return std::nullopt;
  auto [Was, Json] = (*Buffer)->getBuffer().split('\n');
  auto Row = portfolioRowFromJson(Json);
  if (!Row) {
    llvm::consumeError(Row.takeError());
    return std::nullopt;
  }
  if (Was != Key)
    return std::nullopt;
  return std::move(*Row);
}

static llvm::Error writeAll(const PortfolioModel &Model, llvm::StringRef Folder) {
  using Writer = void (*)(const PortfolioModel &, llvm::raw_ostream &);
  for (auto [Name, Write] : {std::pair<llvm::StringRef, Writer>{"index.html", writePortfolioHtml},
                             {"portfolio.json", writePortfolioJson},
                             {"portfolio.csv", writePortfolioCsv}}) {
    std::string Text;
    llvm::raw_string_ostream Out(Text);
    Write(Model, Out);
    if (llvm::Error E = writeFileAtomically((Folder + "/" + Name).str(), Text))
      return E;
  }
  return llvm::Error::success();
}

llvm::Expected<PortfolioModel> cuport::reportPortfolio(llvm::ArrayRef<PortfolioProject> Projects, const PortfolioOptions &Options,
                                                       const ApiTable &Apis) {
  llvm::SmallString<256> Below(Options.Folder);
  llvm::sys::path::append(Below, ProjectFolder);
  if (std::error_code Code = llvm::sys::fs::create_directories(Below))
    return llvm::createFileError(Below, Code);
  const std::vector<std::string> Files = fileNames(Projects);
  auto BaseOf = [&](size_t I) { return (Below + "/" + Files[I]).str(); };

  std::vector<PortfolioRow> Rows(Projects.size());
  std::vector<std::string> Keys(Projects.size());
  std::vector<size_t> ToDo;
  size_t Done = 0;
  auto Ended = [&](size_t I, bool Taken) {
    Rows[I].Name = Projects[I].Name;
    Rows[I].Value = Projects[I].Value;
    if (Rows[I].Failure.empty())
      Rows[I].Report = (ProjectFolder + "/" + Files[I] + ".html").str();
    if (Options.OnProject)
      Options.OnProject(++Done, Projects.size(), Projects[I].Name, Taken);
  };
  for (size_t I = 0; I < Projects.size(); ++I) {
    auto Key = keyOf(scanOf(Projects[I], Options), Options, Apis);
    if (!Key) {
      Rows[I].Failure = llvm::toString(Key.takeError());
      Ended(I, false);
    } else if (auto Row = earlierRow(BaseOf(I), *Key)) {
      Rows[I] = std::move(*Row);
      Ended(I, true);
    } else {
      Keys[I] = std::move(*Key);
      ToDo.push_back(I);
    }
  }
  // One process at a time: the units of a project keep the processors busy. It keeps the rest whole when a project ends it.
  auto Job = [&](size_t N) {
    const size_t I = ToDo[N];
    return analyse(scanOf(Projects[I], Options), Options, Apis, BaseOf(I), Keys[I]);
  };
  runInWorkers(ToDo.size(), {1, SecondsOfProject}, Job, [&](size_t N, JobResult Result) {
    const size_t I = ToDo[N];
    llvm::StringRef Output = Result.Output;
    if (!Result.Failure.empty()) {
      Rows[I].Failure = Result.Failure;
    } else if (Output.consume_front("!")) {
      Rows[I].Failure = Output.str();
    } else if (auto Row = portfolioRowFromJson(Output)) {
      Rows[I] = std::move(*Row);
    } else {
      Rows[I].Failure = llvm::toString(Row.takeError());
    }
    Ended(I, false);
  });

  std::vector<PortfolioCard> Cards;
  for (const Card &C : Options.OnCards.Cards) {
    PortfolioCard &Of = Cards.emplace_back();
    Of.Id = C.id();
    Of.Title = C.Target->Title.str() + (C.Generation.empty() ? "" : " " + C.Generation.str());
  }
  PortfolioModel Model = buildPortfolio(std::move(Rows), std::move(Cards), Options.OnCards.InOrder);
  Model.Subject = Options.Subject;
  Model.ToolVersion = Options.Maker.Version.str();
  Model.Milestone = milestoneName(Options.OnCards.Effort.Milestone).str();
  Model.KnowledgeFingerprint = Apis.fingerprint();
  Model.Hip = Options.Scan.Rules.Hip;
  if (llvm::Error E = writeAll(Model, Options.Folder))
    return std::move(E);
  return Model;
}
