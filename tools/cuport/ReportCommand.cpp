// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ReportCommand.h"

#include "Interruption.h"

#include "Driver/JoinTrace.h"
#include "Driver/Portfolio.h"
#include "Driver/RulePages.h"
#include "Report/Forms.h"
#include "Rewrite/AtomicFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace cuport;
namespace cl = llvm::cl;

// What a port costs.
static cl::opt<Strategy> How(
    "strategy", cl::cat(optionCategory()), cl::sub(reportCommand()), cl::init(Strategy::Once),
    cl::desc("How the port is done:"),
    cl::values(clEnumValN(Strategy::Once, "once", "source is translated once and kept (default)"),
               clEnumValN(Strategy::BuildTime, "build-time",
                          "source stays CUDA's and is translated at every build"),
               clEnumValN(Strategy::Shim, "shim", "source stays CUDA's, a header maps the names")));
static cl::opt<Milestone>
    Goal("milestone", cl::cat(optionCategory()), cl::sub(reportCommand()), cl::init(Milestone::M2),
         cl::desc("What modules and swings are told for:"),
         cl::values(clEnumValN(Milestone::M1, "M1", "it builds"),
                    clEnumValN(Milestone::M2, "M2", "its tests pass (default)"),
                    clEnumValN(Milestone::M3, "M3", "it is as fast as asked")));
static cl::list<std::string>
    EffortFiles("effort", cl::value_desc("file"), cl::cat(optionCategory()),
                cl::sub(reportCommand()),
                cl::desc("Parameters of your own for the effort model, see docs/EffortModel.md"));
static cl::opt<std::string> Calibrate(
    "calibrate", cl::value_desc("pilot.json"), cl::cat(optionCategory()), cl::sub(reportCommand()),
    cl::desc("The days that modules really took narrow the range, see docs/EffortModel.md"));
static cl::opt<unsigned long long> Seed("seed", cl::value_desc("n"), cl::cat(optionCategory()),
                                        cl::sub(reportCommand()), cl::init(1),
                                        cl::desc("Of the drawings behind the ranges (default: 1)"));

// What is written.
static cl::OptionEnumValue optionFor(Form F) {
  const FormInfo &Info = allForms()[size_t(F)];
  return {Info.Name, int(F), Info.About};
}
static cl::list<Form> Forms(
    "format", cl::cat(optionCategory()), cl::sub(reportCommand()), cl::CommaSeparated,
    cl::desc("The report's form; several with commas, then -o is the files' name without ending:"),
    cl::values(optionFor(Form::Text), optionFor(Form::Json), optionFor(Form::Sarif),
               optionFor(Form::Html), optionFor(Form::Csv), optionFor(Form::Markdown),
               optionFor(Form::Xlsx)));
static cl::opt<std::string> PortfolioList(
    "portfolio", cl::value_desc("list.yaml"), cl::cat(optionCategory()), cl::sub(reportCommand()),
    cl::desc("Report on every project of the list, and on all together, in the folder\n"
             "-o names; see docs/ReportFormat.md"));

static cl::list<std::string> Traces(
    "trace", cl::value_desc("file"), cl::cat(optionCategory()), cl::sub(reportCommand()),
    cl::desc(
        "What a run called, as CUPORT_TRACE=FILE wrote it; may be given again, runs are added"));

static cl::opt<std::string>
    BaselineFile("baseline", cl::value_desc("report.json"), cl::cat(optionCategory()),
                 cl::sub(reportCommand()),
                 cl::desc("An earlier report as JSON, to tell what was fixed and what is new"));

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
  if (Cards.empty() && !llvm::is_contained(Asked, Form::Json) &&
      !llvm::is_contained(Asked, Form::Html)) {
    for (const cl::Option *Option : std::initializer_list<const cl::Option *>{
             &How, &Goal, std::addressof(EffortFiles), &Calibrate, &Seed})
      if (Option->getNumOccurrences())
        return llvm::createStringError("--" + Option->ArgStr +
                                       " is about days on cards, and there are none in this "
                                       "report: name a card with --target, or "
                                       "write --format=html or json, which have all of them");
    return O;
  }
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
    if (llvm::none_of(O.Cards, [&](const Card &C) { return C.Target->Id == Read->Card; }))
      llvm::errs() << "cuport: warning: " << Calibrate << ": the pilot was on '" << Read->Card
                   << "', which is no card of this report: it narrows nothing\n";
    O.Effort.Calibration = std::move(*Read);
  }
  return O;
}

/// Nothing and, as elsewhere, - stand for stdout.
static bool goesToStdout() { return Output.empty() || Output == "-"; }

static int runPortfolio(const Invocation &Call) {
  if (!Inputs.empty() || !Call.Flags.empty() || !Database.empty() || Forms.getNumOccurrences())
    return fail("--portfolio takes paths and flags from its list, and its forms are given; leave "
                "them out here");
  if (!BaselineFile.empty() || !Traces.empty())
    return fail("--baseline and --trace are about one project; leave them out with --portfolio");
  if (goesToStdout())
    return fail("name the folder to write to with -o");
  auto Apis = loadKnowledge(Knowledge);
  if (!Apis)
    return fail(Apis.takeError());
  auto Projects = readPortfolio(PortfolioList);
  if (!Projects)
    return fail(Projects.takeError());
  Progress Shown;
  auto Scan = scanOptions(Call, Shown);
  if (!Scan)
    return fail(Scan.takeError());
  PortfolioOptions O;
  O.Scan = std::move(*Scan);
  O.Folder = Output;
  O.Subject = llvm::sys::path::stem(PortfolioList).str();
  O.Maker = reportMaker(Call);
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
  sayWhenInterrupted("projects that were done are kept; a run with the same -o goes on from there");
  auto Model = reportPortfolio(*Projects, O, *Apis);
  Shown.clear();
  if (!Model)
    return fail(Model.takeError());
  for (const PortfolioRow &Row : Model->Rows)
    if (!Row.Failure.empty()) {
      ++Failed;
      llvm::errs() << "cuport: warning: project '" << Row.Name
                   << "' was not analysed: " << Row.Failure << "\n";
    }
  llvm::outs() << count(Projects->size(), "project") << ", " << Taken << " as before, " << Failed
               << " not analysed; " << Model->Left << " places left for a person in all; see "
               << Output << "/index.html\n";
  return Failed || Model->Left ? SomethingLeft : NothingLeft;
}

int cuport::runReport(const Invocation &Call) {
  if (!PortfolioList.empty())
    return runPortfolio(Call);
  auto Trace = readTraces();
  if (!Trace)
    return fail(Trace.takeError());
  std::vector<Form> Asked(Forms.begin(), Forms.end());
  if (Asked.empty())
    Asked.push_back(Form::Text);
  if (goesToStdout() && (Asked.size() > 1 || Asked.front() == Form::Xlsx))
    return fail("name the file to write with -o");
  if (llvm::Error E = checkFolderOf(Output))
    return fail(std::move(E));
  TargetTable Targets;
  auto OnCards = cardsOptions(Targets, Asked);
  if (!OnCards)
    return fail(OnCards.takeError());
  std::optional<EarlierReport> Earlier;
  if (!BaselineFile.empty()) {
    auto Read = loadReport(BaselineFile);
    if (!Read)
      return fail(Read.takeError());
    Earlier = std::move(*Read);
  }
  sayWhenInterrupted("nothing was written");
  auto Model = scanned(Call, *OnCards);
  if (!Model)
    return fail(Model.takeError());
  if (!Traces.empty()) {
    auto Apis = loadKnowledge(Knowledge);
    if (!Apis)
      return fail(Apis.takeError());
    joinTrace(*Model, *Trace, *Apis);
  }
  if (Earlier)
    Model->Since = Earlier->compare(*Model);
  sayWhenInterrupted("not all was written");
  for (Form F : Asked) {
    TextOptions Style;
    Style.Colour = goesToStdout() && llvm::sys::Process::StandardOutHasColors();
    auto Text = writeReport(*Model, F, Style);
    if (!Text)
      return fail(Text.takeError());
    if (goesToStdout())
      llvm::outs() << *Text;
    else if (llvm::Error E = writeFileAtomically(
                 Asked.size() == 1 ? Output : Output + allForms()[size_t(F)].Ending.str(), *Text))
      return fail(std::move(E));
  }
  return exitCodeFor(Model->Findings);
}
