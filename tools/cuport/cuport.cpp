// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The command line: options in, one call into lib/Driver, text out. Exit codes: 0 nothing is left for a person,
// 1 something is, 2 it could not run.

#include "Progress.h"
#include "VerifyCommand.h"

#include "Driver/Explain.h"
#include "Driver/JoinTrace.h"
#include "Driver/Portfolio.h"
#include "Driver/Report.h"
#include "Driver/RulePages.h"
#include "Driver/Targets.h"
#include "Driver/Translate.h"
#include "Report/Baseline.h"
#include "Report/Diagnostics.h"
#include "Report/Forms.h"
#include "Rewrite/AtomicFile.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/xxhash.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

using namespace cuport;
namespace cl = llvm::cl;

static constexpr int NothingLeft = 0, SomethingLeft = 1, CouldNotRun = 2;

static cl::SubCommand TranslateCommand("translate", "Translate CUDA source to HIP, or to a card's own names");
static cl::SubCommand ReportCommand("report", "Count what a migration to HIP would meet; change nothing");
static cl::SubCommand CheckCommand("check", "Print what is left for a person, and fail for what is new; for CI");
static cl::SubCommand ExplainCommand("explain", "Say what is known about a name, a header or a rule");
static cl::SubCommand TargetsCommand("targets", "Say what is known about the cards that CUDA source may move to");

static cl::OptionCategory Category("Options");

// What is read, and how.
static cl::list<std::string> Inputs(cl::Positional, cl::desc("PATH..."), cl::cat(Category),
                                    cl::sub(TranslateCommand), cl::sub(ReportCommand), cl::sub(CheckCommand));
static cl::opt<std::string> Database("p", cl::value_desc("path"), cl::cat(Category),
                                     cl::desc("compile_commands.json, or its folder; found by itself in an input\n"
                                              "folder and in build/ below it"),
                                     cl::sub(TranslateCommand), cl::sub(ReportCommand), cl::sub(CheckCommand));
static cl::opt<std::string> CudaPath("cuda-path", cl::value_desc("folder"), cl::cat(Category),
                                     cl::desc("Parse against this CUDA toolkit (default: none is needed)"),
                                     cl::sub(TranslateCommand), cl::sub(ReportCommand), cl::sub(CheckCommand));
static cl::opt<unsigned> Jobs("j", cl::Prefix, cl::value_desc("n"), cl::cat(Category), cl::init(0),
                              cl::desc("Units parsed at a time (default: the number of processors)"),
                              cl::sub(TranslateCommand), cl::sub(ReportCommand), cl::sub(CheckCommand));
static cl::opt<unsigned> UnitTimeout("unit-timeout", cl::value_desc("seconds"), cl::cat(Category), cl::init(120),
                                     cl::desc("Give up on a unit after so long (default: 120)"),
                                     cl::sub(TranslateCommand), cl::sub(ReportCommand), cl::sub(CheckCommand));
static cl::opt<std::string> HeaderCache("header-cache", cl::value_desc("folder|none"), cl::cat(Category),
                                        cl::desc("Where headers of the C++ standard library are kept parsed, at most 128 MB\n"
                                                 "(default: cuport in $XDG_CACHE_HOME or ~/.cache)"),
                                        cl::sub(TranslateCommand), cl::sub(ReportCommand), cl::sub(CheckCommand));

// What is known.
static cl::opt<std::string> HipVersion("hip-version", cl::value_desc("major.minor"), cl::cat(Category),
                                       cl::init("6.3"), cl::desc("The HIP the output is for (default: 6.3)"),
                                       cl::sub(TranslateCommand), cl::sub(ReportCommand), cl::sub(CheckCommand), cl::sub(ExplainCommand));
static cl::list<std::string> Knowledge("knowledge", cl::value_desc("file"), cl::cat(Category),
                                       cl::desc("API rows of your own, in the format of docs/KnowledgeFormat.md;\n"
                                                "may be given again, later files win"),
                                       cl::sub(TranslateCommand), cl::sub(ReportCommand), cl::sub(CheckCommand), cl::sub(ExplainCommand));
static cl::list<std::string> Cards("target", cl::value_desc("card|file.yaml"), cl::cat(Category), cl::CommaSeparated,
                                   cl::desc("The card: what becomes of a name there (explain), what a port costs there\n"
                                            "(report; CARD:GENERATION for one of its generations). A file in the format of\n"
                                            "docs/TargetFormat.md adds a card or corrects one; several with commas"),
                                   cl::sub(ExplainCommand), cl::sub(TargetsCommand), cl::sub(ReportCommand));

// What a port costs.
static cl::opt<Strategy> How("strategy", cl::cat(Category), cl::sub(ReportCommand), cl::init(Strategy::Once),
                             cl::desc("How the port is done:"),
                             cl::values(clEnumValN(Strategy::Once, "once", "source is translated once and kept (default)"),
                                        clEnumValN(Strategy::BuildTime, "build-time", "source stays CUDA's and is translated at every build"),
                                        clEnumValN(Strategy::Shim, "shim", "source stays CUDA's, a header maps the names")));
static cl::opt<Milestone> Goal("milestone", cl::cat(Category), cl::sub(ReportCommand), cl::init(Milestone::M2),
                               cl::desc("What modules and swings are told for:"),
                               cl::values(clEnumValN(Milestone::M1, "M1", "it builds"),
                                          clEnumValN(Milestone::M2, "M2", "its tests pass (default)"),
                                          clEnumValN(Milestone::M3, "M3", "it is as fast as asked")));
static cl::list<std::string> EffortFiles("effort", cl::value_desc("file"), cl::cat(Category), cl::sub(ReportCommand),
                                         cl::desc("Parameters of your own for the effort model, see docs/EffortModel.md"));
static cl::opt<std::string> Calibrate("calibrate", cl::value_desc("pilot.json"), cl::cat(Category), cl::sub(ReportCommand),
                                      cl::desc("The days that modules really took narrow the range, see docs/EffortModel.md"));
static cl::opt<unsigned long long> Seed("seed", cl::value_desc("n"), cl::cat(Category), cl::sub(ReportCommand), cl::init(1),
                                        cl::desc("Of the drawings behind the ranges (default: 1)"));

// What is written.
static cl::opt<std::string> Output("o", cl::value_desc("path"), cl::cat(Category),
                                   cl::desc("translate: the folder to write to; report: the file (default: stdout)"),
                                   cl::sub(TranslateCommand), cl::sub(ReportCommand));
static cl::opt<std::string> To("to", cl::value_desc("hip|card|file.yaml"), cl::cat(Category), cl::init("hip"), cl::sub(TranslateCommand),
                               cl::desc("What to write: HIP, which is recommended (default), or the own names of a\n"
                                        "card, e.g. musa, maca, supa; 'cuport targets' lists the cards"));
static cl::opt<bool> InPlace("in-place", cl::cat(Category), cl::sub(TranslateCommand),
                             cl::desc("Change the files where they are; files with uncommitted changes in git are\n"
                                      "refused, files outside git keep a FILE.orig"));
static cl::opt<bool> Force("force", cl::cat(Category), cl::sub(TranslateCommand),
                           cl::desc("With --in-place: do it in spite of uncommitted changes, keeping FILE.orig"));
static cl::opt<bool> Diff("diff", cl::cat(Category), cl::sub(TranslateCommand),
                          cl::desc("Print the changes as a unified diff"));
static cl::opt<std::string> ExportFixes("export-fixes", cl::value_desc("file"), cl::cat(Category),
                                        cl::sub(TranslateCommand),
                                        cl::desc("Write the changes for clang-apply-replacements"));
static cl::opt<bool> DryRun("dry-run", cl::cat(Category), cl::sub(TranslateCommand),
                            cl::desc("Say what would be done, write nothing"));
static cl::opt<bool> CopyAll("copy-all", cl::cat(Category), cl::sub(TranslateCommand),
                             cl::desc("With -o: copy the files without CUDA too, so that the folder is complete"));
static cl::opt<bool> Strings("strings", cl::cat(Category), cl::sub(TranslateCommand), cl::sub(ReportCommand), cl::sub(CheckCommand),
                             cl::desc("Rename CUDA's names in string literals too"));
enum class LaunchStyle { Keep, Macro };
static cl::opt<LaunchStyle> Launch(
    "launch", cl::cat(Category), cl::sub(TranslateCommand), cl::init(LaunchStyle::Keep),
    cl::desc("How kernel launches are written:"),
    cl::values(clEnumValN(LaunchStyle::Keep, "keep", "k<<<g, b>>>(x), as HIP takes it too (default)"),
               clEnumValN(LaunchStyle::Macro, "macro", "hipLaunchKernelGGL(k, g, b, 0, 0, x)")));
enum class PtxStyle { Keep, Rewrite };
static cl::opt<PtxStyle> Ptx("ptx", cl::cat(Category), cl::sub(TranslateCommand), cl::init(PtxStyle::Keep),
                             cl::desc("What becomes of inline PTX:"),
                             cl::values(clEnumValN(PtxStyle::Keep, "keep", "it stays, and is reported (default)"),
                                        clEnumValN(PtxStyle::Rewrite, "rewrite",
                                                   "plain HIP where every instruction of the statement has an exact counterpart")));
enum class WarpStyle { Keep, Rewrite };
static cl::opt<WarpStyle> Warp("warp", cl::cat(Category), cl::sub(TranslateCommand), cl::init(WarpStyle::Keep),
                               cl::desc("What becomes of shuffles and votes of a whole warp:"),
                               cl::values(clEnumValN(WarpStyle::Keep, "keep", "they span the card's warp (default)"),
                                          clEnumValN(WarpStyle::Rewrite, "rewrite",
                                                     "groups of 32 lanes on every card, as CUDA means it; votes by <cuport/warp.h>")));
static cl::list<std::string> Rules("rules", cl::value_desc("id,..."), cl::CommaSeparated, cl::cat(Category),
                                   cl::desc("Look with these rules only; 'cuport explain --list' names them"),
                                   cl::sub(TranslateCommand), cl::sub(ReportCommand), cl::sub(CheckCommand));
static cl::opt<bool> Verbose("v", cl::cat(Category), cl::sub(TranslateCommand),
                             cl::desc("Print every finding, not only those for a person"));
static cl::OptionEnumValue optionFor(Form F) {
  const FormInfo &Info = allForms()[size_t(F)];
  return {Info.Name, int(F), Info.About};
}
static cl::list<Form> Forms("format", cl::cat(Category), cl::sub(ReportCommand), cl::CommaSeparated,
                            cl::desc("The report's form; several with commas, then -o is the files' name without ending:"),
                            cl::values(optionFor(Form::Text), optionFor(Form::Json), optionFor(Form::Sarif),
                                       optionFor(Form::Html), optionFor(Form::Csv), optionFor(Form::Markdown),
                                       optionFor(Form::Xlsx)));
static cl::opt<std::string> PortfolioList("portfolio", cl::value_desc("list.yaml"), cl::cat(Category), cl::sub(ReportCommand),
                                          cl::desc("Report on every project of the list, and on all together, in the folder\n"
                                                   "-o names; see docs/ReportFormat.md"));

static cl::list<std::string> Traces("trace", cl::value_desc("file"), cl::cat(Category), cl::sub(ReportCommand),
                                    cl::desc("What a run called, as CUPORT_TRACE=FILE wrote it; may be given again, runs are added"));

// check
static cl::opt<std::string> BaselineFile("baseline", cl::value_desc("file"), cl::cat(Category), cl::sub(CheckCommand), cl::sub(ReportCommand),
                                         cl::desc("check: places that were known before, only others are printed and fail;\n"
                                                  "report: an earlier report as JSON, to tell what was fixed and what is new"));
static cl::opt<std::string> WriteBaseline("write-baseline", cl::value_desc("file"), cl::cat(Category), cl::sub(CheckCommand),
                                          cl::desc("Write the places there are now as a baseline, and succeed"));

// explain
static cl::list<std::string> Subjects(cl::Positional, cl::desc("NAME..."), cl::cat(Category), cl::sub(ExplainCommand));
static cl::opt<bool> Yaml("yaml", cl::cat(Category), cl::sub(ExplainCommand),
                          cl::desc("Print the row as YAML, to start a --knowledge file from"));
static cl::opt<std::string> List("list", cl::value_desc("library"), cl::ValueOptional, cl::cat(Category),
                                 cl::sub(ExplainCommand),
                                 cl::desc("List the rules and libraries, or a library's names"));

// targets
static cl::list<std::string> CardNames(cl::Positional, cl::desc("CARD..."), cl::cat(Category), cl::sub(TargetsCommand));
static cl::opt<bool> CardsAsYaml("yaml", cl::cat(Category), cl::sub(TargetsCommand),
                                 cl::desc("Print the card as YAML, to start a --target file from"));
static cl::opt<bool> CardsAsJson("json", cl::cat(Category), cl::sub(TargetsCommand),
                                 cl::desc("Print the cards as JSON (default: all of them)"));
static cl::opt<bool> CardTemplate("template", cl::cat(Category), cl::sub(TargetsCommand),
                                  cl::desc("Print a file to fill for a card, with what each key means"));
static cl::opt<std::string> CheckCard("check", cl::value_desc("file"), cl::cat(Category), cl::sub(TargetsCommand),
                                      cl::desc("Say what is wrong in a file for --target, and what it leaves open"));

static int fail(llvm::Error E) {
  llvm::errs() << "cuport: error: " << llvm::toString(std::move(E)) << "\n";
  return CouldNotRun;
}

static int fail(const llvm::Twine &Text) {
  llvm::errs() << "cuport: error: " << Text << "\n";
  return CouldNotRun;
}

static int exitCodeFor(llvm::ArrayRef<Finding> Findings) {
  for (const Finding &F : Findings)
    if (needsPerson(F.Verdict))
      return SomethingLeft;
  return NothingLeft;
}

static llvm::Expected<ScanOptions> scanOptions(const char *Program, const std::vector<std::string> &Flags,
                                               Progress &Shown) {
  ScanOptions O;
  O.Inputs.assign(Inputs.begin(), Inputs.end());
  if (O.Inputs.empty() && PortfolioList.empty())
    return llvm::createStringError("name the files or folders to read, e.g. 'cuport report src'");
  O.CompilationDatabase = Database;
  O.CompilerFlags = Flags;
  if (!CudaPath.empty()) {
    llvm::SmallString<256> Real;
    llvm::SmallString<256> Header(CudaPath);
    llvm::sys::path::append(Header, "include", "cuda_runtime.h");
    if (llvm::sys::fs::real_path(CudaPath, Real) || !llvm::sys::fs::exists(Header))
      return llvm::createStringError("--cuda-path: no CUDA toolkit in '" + CudaPath + "' (include/cuda_runtime.h is missing)");
    O.CudaPath = std::string(Real);
  }
  O.ResourceDir = findResourceDir(llvm::sys::fs::getMainExecutable(Program, reinterpret_cast<void *>(&exitCodeFor)));
  O.Jobs = Jobs ? unsigned(Jobs) : llvm::hardware_concurrency().compute_thread_count();
  O.SecondsPerUnit = std::max(1u, unsigned(UnitTimeout));
  llvm::SmallString<256> Cache(HeaderCache);
  if (Cache.empty() && llvm::sys::path::cache_directory(Cache))
    llvm::sys::path::append(Cache, "cuport");
  if (Cache != "none")
    O.HeaderCache = std::string(Cache);
  auto Version = parseVersion(HipVersion);
  if (!Version)
    return llvm::createStringError("--hip-version: '" + HipVersion + "' is no version; write e.g. 6.3");
  O.Rules.Hip = *Version;
  for (const std::string &Rule : Rules) {
    if (llvm::none_of(everyRule(), [&](const RuleInfo &R) { return R.Id == Rule; }))
      return llvm::createStringError("--rules: there is no rule '" + Rule + "'; 'cuport explain --list' names them");
    O.Rules.Only.push_back(Rule);
  }
  O.Rules.Strings = Strings;
  O.Rules.RewritePtx = Ptx == PtxStyle::Rewrite;
  O.Rules.RewriteWarp = Warp == WarpStyle::Rewrite;
  O.Rules.LaunchMacro = Launch == LaunchStyle::Macro;
  O.OnUnit = [&Shown](size_t Done, size_t All, llvm::StringRef Path) { Shown.show(Done, All, Path); };
  return O;
}

/// The one place the user said output goes to, or the error that says how to say it.
static llvm::Expected<TranslateOptions> translateOptions() {
  TranslateOptions O;
  O.Output = Output;
  O.CopyAll = CopyAll;
  O.Force = Force;
  using Place = TranslateOptions::To;
  std::vector<Place> Asked;
  if (!Output.empty())
    Asked.push_back(Place::Folder);
  if (InPlace)
    Asked.push_back(Place::InPlace);
  if (Diff)
    Asked.push_back(Place::Diff);
  if (!ExportFixes.empty()) {
    Asked.push_back(Place::Fixes);
    O.Output = ExportFixes;
  }
  if (DryRun)
    Asked.push_back(Place::Nowhere);
  if (Asked.size() != 1)
    return llvm::createStringError("say where the output goes, in one way: -o FOLDER, --in-place, --diff, "
                                   "--export-fixes=FILE or --dry-run");
  O.Where = Asked.front();
  return O;
}

static std::string count(size_t Number, llvm::StringRef What) {
  return (llvm::Twine(Number) + " " + What + (Number == 1 ? "" : "s")).str();
}

static void printSummary(const TranslateResult &R, const TranslateOptions &O) {
  std::map<Verdict, size_t> Counts;
  size_t Lexical = 0;
  for (const Finding &F : R.Findings) {
    ++Counts[F.Verdict];
    Lexical += isLexical(F.Confidence);
  }
  llvm::raw_ostream &Out = O.Where == TranslateOptions::To::Diff ? llvm::errs() : llvm::outs();
  for (const std::string &Note : R.Notes)
    Out << "cuport: note: " << Note << "\n";
  Out << count(R.Findings.size(), "place") << " of CUDA in " << count(R.FilesWithCuda, "file");
  const char *Separator = ": ";
  for (Verdict V : AllVerdicts)
    if (Counts.count(V)) {
      Out << Separator << Counts[V] << " " << verdictName(V);
      Separator = ", ";
    }
  Out << "; " << Lexical << " of them known by their tokens alone\n";
  switch (O.Where) {
  case TranslateOptions::To::Folder:
    Out << count(R.FilesWritten, "file") << " written to " << O.Output;
    if (O.CopyAll)
      Out << ", " << R.FilesCopied << " others copied";
    break;
  case TranslateOptions::To::InPlace:
    Out << count(R.FilesWritten, "file") << " changed in place";
    break;
  case TranslateOptions::To::Fixes:
    Out << "changes to " << count(R.FilesChanged, "file") << " written to " << O.Output;
    break;
  case TranslateOptions::To::Diff:
  case TranslateOptions::To::Nowhere:
    Out << count(R.FilesChanged, "file") << " would change; nothing was written";
    break;
  }
  Out << "\n";
}

/// The card whose own names are to be written, null for HIP; the error says why there is no source for a card.
static llvm::Expected<const Target *> cardToWrite(TargetTable &Targets) {
  if (To == "hip")
    return nullptr;
  auto Found = resolveTargets({std::string(To)}, Targets);
  if (!Found)
    return Found.takeError();
  const Target *Card = Found->front();
  if (Card->Naming.Style == NamingRule::Hip)
    return nullptr;
  std::string Why = whyNoSource(*Card);
  if (Why.empty() && Card->Naming.Origin)
    Why = "the source has the names of " + Card->Title.str() + " already";
  if (!Why.empty())
    return llvm::createStringError("--to=" + To + ": " + Why + "; 'cuport targets " + Card->Id.str() + "' tells what is known of it");
  if (Launch == LaunchStyle::Macro || Ptx == PtxStyle::Rewrite)
    return llvm::createStringError("--to=" + To + ": --launch=macro and --ptx=rewrite write HIP");
  return Card;
}

/// What a person has to know to compile source in the card's own names.
static std::string howToCompile(const Target &Card) {
  std::string Text = "written in the names of " + Card.Title.str();
  for (FactKey Key : {FactKey::Extensions, FactKey::Compiler})
    if (const TargetFact *Fact = Card.fact(Key))
      Text += "; " + factInfo(Key).Title.str() + ": " + Fact->Value.str();
  return Text + "; nobody has compiled such source of cuport's with the vendor's SDK yet, and HIP is what is recommended";
}

static int runTranslate(const char *Program, const std::vector<std::string> &Flags) {
  auto Where = translateOptions();
  if (!Where)
    return fail(Where.takeError());
  auto Apis = loadKnowledge(Knowledge);
  if (!Apis)
    return fail(Apis.takeError());
  Progress Shown;
  auto Scan = scanOptions(Program, Flags, Shown);
  if (!Scan)
    return fail(Scan.takeError());
  TargetTable Targets;
  auto Card = cardToWrite(Targets);
  if (!Card)
    return fail(Card.takeError());
  std::optional<CardRows> Rows;
  if (*Card) {
    Rows.emplace(*Apis, **Card, Scan->Rules.Hip);
    Scan->Rules.Card = &*Rows;
    Scan->Rules.Output = (*Card)->Title.str();
  }
  auto Result = translate(*Scan, *Where, *Apis);
  Shown.clear();
  if (!Result)
    return fail(Result.takeError());
  if (*Card)
    Result->Notes.push_back(howToCompile(**Card));
  llvm::outs() << Result->Diff;
  llvm::outs().flush();
  for (const Finding &F : Result->Findings)
    if (Verbose || needsPerson(F.Verdict))
      llvm::errs() << toDiagnosticLine(F) << "\n";
  printSummary(*Result, *Where);
  return exitCodeFor(Result->Findings);
}

/// Of the program's file; empty where it cannot be read.
static std::string programHash(const char *Program) {
  auto Buffer = llvm::MemoryBuffer::getFile(llvm::sys::fs::getMainExecutable(Program, reinterpret_cast<void *>(&exitCodeFor)),
                                            /*IsText=*/false, /*RequiresNullTerminator=*/false);
  return Buffer ? llvm::utohexstr(llvm::xxh3_64bits((*Buffer)->getBuffer()), /*LowerCase=*/true, /*Width=*/16) : "";
}

/// The report that the report and check verbs are about.
static llvm::Expected<ReportModel> scanned(const char *Program, const std::vector<std::string> &Flags, const CardsOptions &OnCards = {}) {
  auto Apis = loadKnowledge(Knowledge);
  if (!Apis)
    return Apis.takeError();
  Progress Shown;
  auto Scan = scanOptions(Program, Flags, Shown);
  if (!Scan)
    return Scan.takeError();
  auto Model = report(*Scan, *Apis, {CUPORT_VERSION, programHash(Program)}, OnCards);
  Shown.clear();
  return Model;
}

static llvm::Expected<CallTrace> readTraces() {
  CallTrace All;
  for (const std::string &Path : Traces) {
    auto Buffer = llvm::MemoryBuffer::getFile(Path);
    if (!Buffer)
      return llvm::createStringError(Path + ": " + Buffer.getError().message());
    auto One = parseTrace((*Buffer)->getBuffer());
    if (!One)
      return llvm::createStringError(Path + ": " + llvm::toString(One.takeError()));
    All.add(*One);
  }
  return All;
}

/// Cards are for the forms that say something of them.
static llvm::Expected<CardsOptions> cardsOptions(TargetTable &Targets, llvm::ArrayRef<Form> Asked) {
  CardsOptions O;
  if (Cards.empty() && !llvm::is_contained(Asked, Form::Json) && !llvm::is_contained(Asked, Form::Html))
    return O;
  auto Found = cardsFor(std::vector<std::string>(Cards), Targets);
  if (!Found)
    return Found.takeError();
  O.Cards = std::move(*Found);
  O.InOrder = !Cards.empty();
  auto Numbers = loadParameters(std::vector<std::string>(EffortFiles));
  if (!Numbers)
    return Numbers.takeError();
  O.Parameters = std::move(*Numbers);
  O.Effort.Strategy = How;
  O.Effort.Milestone = Goal;
  O.Effort.Seed = Seed;
  if (Calibrate.getNumOccurrences()) {
    auto Read = loadPilot(Calibrate, Targets);
    if (!Read)
      return Read.takeError();
    O.Effort.Calibration = std::move(*Read);
  }
  return O;
}

static int runPortfolio(const char *Program, const std::vector<std::string> &Flags) {
  if (!Inputs.empty() || !Flags.empty() || !Database.empty() || Forms.getNumOccurrences())
    return fail("--portfolio takes paths and flags from its list, and its forms are given; leave them out here");
  if (Output.empty())
    return fail("name the folder to write to with -o");
  auto Apis = loadKnowledge(Knowledge);
  if (!Apis)
    return fail(Apis.takeError());
  auto Projects = readPortfolio(PortfolioList);
  if (!Projects)
    return fail(Projects.takeError());
  Progress Shown;
  auto Scan = scanOptions(Program, {}, Shown);
  if (!Scan)
    return fail(Scan.takeError());
  PortfolioOptions O;
  O.Scan = std::move(*Scan);
  O.Folder = Output;
  O.Subject = llvm::sys::path::stem(PortfolioList).str();
  O.Maker = {CUPORT_VERSION, programHash(Program)};
  TargetTable Targets;
  auto OnCards = cardsOptions(Targets, {Form::Html});
  if (!OnCards)
    return fail(OnCards.takeError());
  O.OnCards = std::move(*OnCards);
  size_t Taken = 0, Failed = 0;
  O.OnProject = [&](size_t Done, size_t All, llvm::StringRef Name, bool WasTaken) {
    Taken += WasTaken;
    Shown.show(Done, All, Name);
  };
  auto Model = reportPortfolio(*Projects, O, *Apis);
  Shown.clear();
  if (!Model)
    return fail(Model.takeError());
  for (const PortfolioRow &Row : Model->Rows)
    if (!Row.Failure.empty()) {
      ++Failed;
      llvm::errs() << "cuport: warning: project '" << Row.Name << "' was not analysed: " << Row.Failure << "\n";
    }
  llvm::outs() << count(Projects->size(), "project") << ", " << Taken << " as before, " << Failed << " not analysed; "
               << Model->Left << " places left for a person in all; see " << Output << "/index.html\n";
  return Failed || Model->Left ? SomethingLeft : NothingLeft;
}

static int runReport(const char *Program, const std::vector<std::string> &Flags) {
  if (!PortfolioList.empty())
    return runPortfolio(Program, Flags);
  auto Trace = readTraces();
  if (!Trace)
    return fail(Trace.takeError());
  std::vector<Form> Asked(Forms.begin(), Forms.end());
  if (Asked.empty())
    Asked.push_back(Form::Text);
  if (Output.empty() && (Asked.size() > 1 || Asked.front() == Form::Xlsx))
    return fail("name the file to write with -o");
  TargetTable Targets;
  auto OnCards = cardsOptions(Targets, Asked);
  if (!OnCards)
    return fail(OnCards.takeError());
  auto Model = scanned(Program, Flags, *OnCards);
  if (!Model)
    return fail(Model.takeError());
  if (!Traces.empty()) {
    auto Apis = loadKnowledge(Knowledge);
    if (!Apis)
      return fail(Apis.takeError());
    joinTrace(*Model, *Trace, *Apis);
  }
  if (!BaselineFile.empty()) {
    auto Since = trendSince(BaselineFile, *Model);
    if (!Since)
      return fail(Since.takeError());
    Model->Since = std::move(*Since);
  }
  for (Form F : Asked) {
    TextOptions Style;
    Style.Colour = Output.empty() && llvm::sys::Process::StandardOutHasColors();
    auto Text = writeReport(*Model, F, Style);
    if (!Text)
      return fail(Text.takeError());
    if (Output.empty())
      llvm::outs() << *Text;
    else if (llvm::Error E = writeFileAtomically(Asked.size() == 1 ? Output : Output + allForms()[size_t(F)].Ending.str(), *Text))
      return fail(std::move(E));
  }
  return exitCodeFor(Model->Findings);
}

static llvm::Expected<Baseline> readBaseline(const std::string &Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return llvm::createStringError(Path + ": " + Buffer.getError().message());
  auto Read = Baseline::read((*Buffer)->getBuffer());
  if (!Read)
    return llvm::createStringError(Path + ": " + llvm::toString(Read.takeError()));
  return Read;
}

static int runCheck(const char *Program, const std::vector<std::string> &Flags) {
  if (!BaselineFile.empty() && !WriteBaseline.empty())
    return fail("give --baseline or --write-baseline, not both");
  Baseline Known;
  if (!BaselineFile.empty()) {
    auto Read = readBaseline(BaselineFile);
    if (!Read)
      return fail(Read.takeError());
    Known = std::move(*Read);
  }
  auto Model = scanned(Program, Flags);
  if (!Model)
    return fail(Model.takeError());
  if (!WriteBaseline.empty()) {
    if (llvm::Error E = writeFileAtomically(WriteBaseline, Baseline::of(*Model).write()))
      return fail(std::move(E));
    llvm::outs() << count(Model->Verdicts.forPerson(), "place") << " left for a person written to " << WriteBaseline << "\n";
    return NothingLeft;
  }
  Baseline::Difference D = Known.compare(*Model);
  for (const Finding *F : D.New)
    llvm::errs() << toDiagnosticLine(*F) << "\n";
  llvm::outs() << count(D.New.size(), BaselineFile.empty() ? "place" : "new place") << " left for a person";
  if (!BaselineFile.empty())
    llvm::outs() << "; " << D.Known << " known from the baseline, " << D.Fixed << " of it gone";
  llvm::outs() << "\n";
  return D.New.empty() ? NothingLeft : SomethingLeft;
}

static int runExplain() {
  auto Apis = loadKnowledge(Knowledge);
  if (!Apis)
    return fail(Apis.takeError());
  auto Version = parseVersion(HipVersion);
  if (!Version)
    return fail("--hip-version: '" + HipVersion + "' is no version; write e.g. 6.3");
  TargetTable Targets;
  auto OnCards = resolveTargets(std::vector<std::string>(Cards), Targets);
  if (!OnCards)
    return fail(OnCards.takeError());
  if (Yaml && !OnCards->empty())
    return fail("--yaml prints a row; what a card has prints 'cuport targets CARD --yaml'");
  ExplainOptions O{*Version, Yaml, *OnCards};
  if (List.getNumOccurrences()) {
    auto Text = explainList(List, *Apis, O);
    if (!Text)
      return fail(Text.takeError());
    llvm::outs() << *Text;
    return NothingLeft;
  }
  if (Subjects.empty())
    return fail("name what to explain, e.g. 'cuport explain cudaMalloc', or use --list");
  int Code = NothingLeft;
  for (const std::string &Subject : Subjects) {
    auto Text = explain(Subject, *Apis, O);
    if (Text)
      llvm::outs() << *Text;
    else
      Code = fail(Text.takeError());
  }
  return Code;
}

static int runTargets() {
  if (CardsAsYaml + CardsAsJson + CardTemplate + (CheckCard.getNumOccurrences() > 0) > 1)
    return fail("--yaml, --json, --template and --check exclude each other");
  if (CardTemplate) {
    llvm::outs() << targetTemplate();
    return NothingLeft;
  }
  if (CheckCard.getNumOccurrences()) {
    auto Text = checkTargetFile(CheckCard);
    if (!Text)
      return fail(Text.takeError());
    llvm::outs() << *Text;
    return NothingLeft;
  }
  TargetTable Targets;
  std::vector<std::string> Files, Asked(CardNames);
  for (const std::string &Card : Cards)
    (isTargetFile(Card) ? Files : Asked).push_back(Card);
  if (auto Added = resolveTargets(Files, Targets); !Added)
    return fail(Added.takeError());
  auto Found = resolveTargets(Asked, Targets);
  if (!Found)
    return fail(Found.takeError());
  const bool All = Found->empty();
  if (All)
    for (const Target &Card : Targets.targets())
      Found->push_back(&Card);
  if (CardsAsJson) {
    llvm::outs() << targetsJson(*Found);
  } else if (CardsAsYaml) {
    if (All || Found->size() != 1)
      return fail("--yaml prints one card; name it");
    llvm::outs() << toYaml(*Found->front());
  } else if (All) {
    llvm::outs() << targetsText(Targets.targets());
  } else {
    for (const Target *Card : *Found)
      llvm::outs() << (Card == Found->front() ? "" : "\n") << targetText(*Card);
  }
  return NothingLeft;
}

static constexpr char Help[] = R"(cuport moves CUDA source to HIP and says what is left to do.

  cuport translate PATH... -o FOLDER    translate files and folders to HIP; with --to, to a card's own names
  cuport report PATH...                 count what a migration would meet, change nothing
  cuport check PATH...                  print what is left for a person; with --baseline, what is new
  cuport explain NAME...                say what is known about a name, a header or a rule
  cuport targets [CARD...]              say what is known about the cards
  cuport verify RECORDING RECORDING     find the first kernel that computes something else in another run

  cuport VERB --help                    the verb's options
  cuport --version

No CUDA toolkit, GPU or network is needed. Compiler flags can stand behind --:

  cuport translate src -o src-hip -- -Iinclude -DUSE_DOUBLE

Exit codes: 0 nothing is left for a person, 1 something is, 2 it could not run. They are about HIP: what
else a card of --target asks for stands in the report and does not count.
Of verify: 0 no difference, 1 a difference, 2 it could not tell.
)";

int main(int Argc, char **Argv) {
  std::vector<const char *> Own;
  std::vector<std::string> Flags;
  bool Behind = false;
  for (int I = 0; I < Argc; ++I) {
    if (!Behind && llvm::StringRef(Argv[I]) == "--")
      Behind = true;
    else if (Behind)
      Flags.push_back(Argv[I]);
    else
      Own.push_back(Argv[I]);
  }
  llvm::StringRef Verb = Own.size() > 1 ? Own[1] : "";
  if (Verb.empty() || Verb == "--help" || Verb == "-h" || Verb == "help") {
    llvm::outs() << Help;
    return Verb.empty() ? CouldNotRun : NothingLeft;
  }
  if (Verb == "--version") {
    llvm::outs() << "cuport " << CUPORT_VERSION << "\n";
    return NothingLeft;
  }
  for (cl::SubCommand *Sub : {&TranslateCommand, &ReportCommand, &CheckCommand, &ExplainCommand, &TargetsCommand})
    cl::HideUnrelatedOptions(Category, *Sub);
  cl::SubCommand &Verify = verifyCommand();
  if (Verb != "translate" && Verb != "report" && Verb != "check" && Verb != "explain" && Verb != "targets" && Verb != "verify")
    return fail("there is no verb '" + Verb + "'; cuport --help names them");
  if (!cl::ParseCommandLineOptions(Own.size(), Own.data(), "", &llvm::errs()))
    return CouldNotRun;
  if (TranslateCommand)
    return runTranslate(Own[0], Flags);
  if (ReportCommand)
    return runReport(Own[0], Flags);
  if (CheckCommand)
    return runCheck(Own[0], Flags);
  if (TargetsCommand)
    return runTargets();
  if (Verify)
    return runVerify(Flags);
  return runExplain();
}
