// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/Report.h"

#include "Driver/Excerpts.h"
#include "Driver/RulePages.h"
#include "Driver/SourceHashes.h"
#include "Frontend/KernelText.h"
#include "Knowledge/YamlReader.h"
#include "Report/Trend.h"
#include "Rewrite/ApplyEdits.h"
#include "Rules/Cutlass.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace cuport;

static constexpr size_t ErrorsShown = 3;

static FileStatus statusOf(const ScannedFile &F, unsigned Lines) {
  FileStatus S;
  S.Path = F.Input.Path;
  S.Lines = Lines;
  S.Hash = F.Hash;
  S.ErrorCount = F.Errors.size();
  for (const ParseError &E : F.Errors)
    if (S.FirstErrors.size() < ErrorsShown)
      S.FirstErrors.push_back({E.Line, E.Text});
  if (!F.Failure.empty() || (F.HasCuda && F.Units == 0 && !F.Build)) {
    S.State = FileState::NotParsed;
    S.Reason = F.Failure.empty() ? "no translation unit includes it" : F.Failure;
  } else if (!F.Errors.empty()) {
    S.State = FileState::ParsedWithErrors;
  }
  return S;
}

/// Of the rule, the file, the name and the line's code without its blanks: not of where in the file it stands.
static std::string fingerprintOf(const Finding &F, const SourceFile *Source) {
  std::string Key = F.Rule + '\0' + F.At.File + '\0' + F.Name + '\0';
  if (Source && F.At.Line > 0 && F.At.Line <= Source->lineCount()) {
    llvm::StringRef Rest = Source->text().drop_front(Source->lineStart(F.At.Line));
    for (char C : Rest.take_until([](char Ch) { return Ch == '\n'; }))
      if (C != ' ' && C != '\t' && C != '\r')
        Key += C;
  }
  return llvm::utohexstr(llvm::xxh3_64bits(Key), /*LowerCase=*/true, /*Width=*/16);
}

/// What the survey wants of the files, of which the findings say nothing.
static void surveyFile(const ScannedFile &F, bool Analysed, std::vector<SurveyFile> &Files, std::vector<SurveyKernel> &Kernels) {
  if (F.Source)
    for (KernelText &K : kernelTexts(*F.Source))
      Kernels.push_back({Files.size(), std::move(K.Name), K.IsKernel, K.Begin, K.End, K.FirstLine, K.LastLine});
  Files.push_back({F.Input.Path, F.Lines, Analysed, F.Source && includesCutlass(*F.Source)});
}

std::string cuport::hashOf(llvm::ArrayRef<Card> Cards) {
  std::string All;
  for (const Card &C : Cards)
    All += toYaml(*C.Target) + C.Generation.str() + '\0';
  return llvm::utohexstr(llvm::xxh3_64bits(All), /*LowerCase=*/true, /*Width=*/16);
}

/// "solver, tools" of "../solver/" and "/data/tools": the inputs' own names, whatever way led to them. What lies in another input
/// is not named, and of many the folder that holds them all is.
static std::string subjectOf(llvm::ArrayRef<std::string> Inputs) {
  std::vector<std::string> Paths;
  for (const std::string &Input : Inputs) {
    llvm::SmallString<256> Real;
    if (!llvm::sys::fs::real_path(Input, Real))
      Paths.push_back(std::string(Real));
  }
  llvm::sort(Paths);
  std::vector<llvm::StringRef> Tops;
  for (llvm::StringRef Path : Paths)
    if (Tops.empty() || !(Path == Tops.back() || (Path.starts_with(Tops.back()) && Path[Tops.back().size()] == '/')))
      Tops.push_back(Path);
  std::vector<std::string> Names;
  for (llvm::StringRef Path : Tops)
    Names.push_back(llvm::sys::path::filename(Path).str());
  if (Names.size() <= 3)
    return llvm::join(Names, ", ");
  llvm::StringRef Common = llvm::sys::path::parent_path(Tops.front());
  while (!(Tops.back().starts_with(Common) && Tops.back()[Common.size()] == '/') && Common.size() > 1)
    Common = llvm::sys::path::parent_path(Common); // sorted: the first and the last differ most
  return llvm::sys::path::filename(Common).str();
}

static const ApiRow *rowOf(llvm::StringRef Name, const ApiTable &Apis) {
  const ApiRow *Row = Apis.find(Name);
  return Row ? Row : Apis.findInclude(Name);
}

llvm::Expected<ReportModel> cuport::report(const ScanOptions &Options, const ApiTable &Apis, const ReportMaker &Maker,
                                           const CardsOptions &OnCards) {
  auto Scanned = scan(Options, Apis);
  if (!Scanned)
    return Scanned.takeError();
  ReportInput Input;
  Input.Subject = subjectOf(Options.Inputs);
  Input.ToolVersion = Maker.Version.str();
  Input.Hashes.Program = Maker.ProgramHash;
  Input.Hashes.Rules = rulesHash().str();
  Input.Hashes.Knowledge = Apis.fingerprint();
  Input.Hashes.Targets = hashOf(OnCards.Cards);
  Input.Hip = Options.Rules.Hip;
  for (const RuleInfo &R : everyRule())
    Input.RuleTexts.push_back({R.Id.str(), R.Summary.str(), rulePage(R.Id).str()});
  std::vector<SurveyFile> Files;
  std::vector<SurveyKernel> Kernels;
  size_t ExcerptLines = 0;
  for (ScannedFile &F : Scanned->Files) {
    Input.Files.push_back(statusOf(F, F.Lines));
    // Build files are counted as a share of the lines edited by hand (docs/EffortModel.md), not by their places.
    if (!F.Build && (F.HasCuda || !F.Findings.empty()))
      surveyFile(F, Input.Files.back().State != FileState::NotParsed, Files, Kernels);
    // What a translation would drop for a conflict counts here as it would there.
    if (F.Source)
      resolveEdits(F.Source->text(), F.Findings);
    for (Finding &Found : F.Findings) {
      if (needsPerson(Found.Verdict) || !Found.Ignored.empty())
        Found.Fingerprint = fingerprintOf(Found, F.Source.get());
      if (const ApiRow *Row = rowOf(Found.Name, Apis))
        Input.Libraries.try_emplace(Found.Name, Apis.libraryOf(*Row).Title.str());
    }
    if (F.Source)
      Input.Files.back().Excerpts = excerptsOf(*F.Source, F.Findings, ExcerptLines);
    Input.Findings.insert(Input.Findings.end(), F.Findings.begin(), F.Findings.end());
  }
  ReportModel Model = buildReport(std::move(Input));
  if (OnCards.Cards.empty())
    return Model;
  if (const auto &Pilot = OnCards.Effort.Calibration)
    for (const Pilot::Module &M : Pilot->Modules)
      if (llvm::none_of(Files, [&](const SurveyFile &F) { return moduleOf(F.Path) == M.Name; }))
        return llvm::createStringError(Pilot->File + ": there is no module '" + M.Name +
                                       "' with CUDA in it; a module is a folder as the report names it");
  CardsReport &Report = Model.OnCards.emplace();
  Report.Parameters = OnCards.Parameters;
  Report.Options = OnCards.Effort;
  Report.Survey = makeSurvey(Model.Findings, std::move(Files), std::move(Kernels), [&](const Finding &F) -> const ApiRow * {
    const ApiRow *Row = F.Rule == "include" ? Apis.findInclude(F.Name) : Apis.find(F.Name);
    return F.Name.empty() ? nullptr : Row;
  });
  for (const Card &C : OnCards.Cards)
    Report.Cards.push_back(assess(Report.Survey, C, Options.Rules.Hip, Report.Parameters, Report.Options));
  return Model;
}

llvm::Expected<std::vector<Card>> cuport::cardsFor(llvm::ArrayRef<std::string> Values, TargetTable &Targets) {
  // Files first: they may move the table that cards stand in.
  std::vector<std::pair<std::string, std::string>> Asked;
  for (llvm::StringRef Value : Values) {
    if (!isTargetFile(Value)) {
      auto [Name, Generation] = Value.split(':');
      Asked.emplace_back(Name.str(), Generation.str());
      continue;
    }
    auto Id = Targets.addFile(Value);
    if (!Id)
      return Id.takeError();
    Asked.emplace_back(Id->str(), "");
  }
  std::vector<Card> Cards;
  for (const auto &[Name, Wanted] : Asked) {
    auto Found = resolveTargets(Name, Targets);
    if (!Found)
      return Found.takeError();
    const Target *T = Found->front();
    Card On{T, {}};
    for (const Generation &G : T->Generations)
      if (G.Id.equals_insensitive(Wanted))
        On.Generation = G.Id;
    if (!Wanted.empty() && On.Generation.empty())
      return llvm::createStringError(T->Id + " has no generation '" + Wanted + "' of which facts differ; 'cuport targets " + T->Id +
                                     "' names them");
    if (llvm::none_of(Cards, [&](const Card &C) { return C.Target == On.Target && C.Generation == On.Generation; }))
      Cards.push_back(On);
  }
  if (Cards.empty())
    for (const Target &T : Targets.targets())
      if (T.Id != "cpu" && !(T.Naming.Origin && T.Naming.Style == NamingRule::Cuda))
        Cards.push_back({&T, {}});
  return Cards;
}

static llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> readWhole(llvm::StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return llvm::createStringError(Path + ": " + Buffer.getError().message());
  return std::move(*Buffer);
}

llvm::Expected<Parameters> cuport::loadParameters(llvm::ArrayRef<std::string> Files) {
  Parameters Result = Parameters::builtin();
  for (const std::string &Path : Files) {
    auto Buffer = readYamlFile(Path);
    if (!Buffer)
      return Buffer.takeError();
    if (llvm::Error E = Result.overlay((*Buffer)->getMemBufferRef()))
      return std::move(E);
  }
  return Result;
}

llvm::Expected<Pilot> cuport::loadPilot(llvm::StringRef Path, const TargetTable &Targets) {
  auto Buffer = readWhole(Path);
  if (!Buffer)
    return Buffer.takeError();
  auto Read = readPilot((*Buffer)->getBuffer());
  if (!Read)
    return llvm::createStringError(Path + ": " + llvm::toString(Read.takeError()));
  const Target *On = Targets.find(Read->Card);
  if (!On)
    return llvm::createStringError(Path + ": no card is called '" + Read->Card + "'; cuport targets names them all");
  Read->Card = On->Id.str();
  Read->File = Path.str();
  return Read;
}

llvm::Expected<EarlierReport> cuport::loadReport(llvm::StringRef Path) {
  auto Buffer = readWhole(Path);
  if (!Buffer)
    return Buffer.takeError();
  auto Report = EarlierReport::read((*Buffer)->getBuffer());
  if (!Report)
    return llvm::createStringError(Path + ": " + llvm::toString(Report.takeError()));
  return Report;
}
