// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The command line: options in, one call into lib/Driver, text out. Exit codes: 0 nothing is left for a person,
// 1 something is, 2 it could not run.

#include "CheckCommand.h"
#include "Interruption.h"
#include "ReportCommand.h"
#include "VerifyCommand.h"

#include "Driver/Explain.h"
#include "Driver/RulePages.h"
#include "Driver/Targets.h"
#include "Driver/Translate.h"
#include "Report/Diagnostics.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

using namespace cuport;
namespace cl = llvm::cl;

// translate
static cl::opt<std::string>
    To("to", cl::value_desc("hip|card|file.yaml"), cl::cat(optionCategory()), cl::init("hip"),
       cl::sub(translateCommand()),
       cl::desc("What to write: HIP, which is recommended (default), or the own names of a\n"
                "card, e.g. musa, maca, supa; 'cuport targets' lists the cards"));
static cl::opt<bool>
    InPlace("in-place", cl::cat(optionCategory()), cl::sub(translateCommand()),
            cl::desc("Change the files where they are; files with uncommitted changes in git are\n"
                     "refused, files outside git keep a FILE.orig"));
static cl::opt<bool>
    Force("force", cl::cat(optionCategory()), cl::sub(translateCommand()),
          cl::desc("With --in-place: do it in spite of uncommitted changes, keeping FILE.orig"));
static cl::opt<bool> Diff("diff", cl::cat(optionCategory()), cl::sub(translateCommand()),
                          cl::desc("Print the changes as a unified diff"));
static cl::opt<std::string> ExportFixes("export-fixes", cl::value_desc("file"),
                                        cl::cat(optionCategory()), cl::sub(translateCommand()),
                                        cl::desc("Write the changes for clang-apply-replacements"));
static cl::opt<bool> DryRun("dry-run", cl::cat(optionCategory()), cl::sub(translateCommand()),
                            cl::desc("Say what would be done, write nothing"));
static cl::opt<bool>
    CopyAll("copy-all", cl::cat(optionCategory()), cl::sub(translateCommand()),
            cl::desc("With -o: copy the files without CUDA too, so that the folder is complete"));
enum class LaunchStyle { Keep, Macro };
static cl::opt<LaunchStyle> Launch(
    "launch", cl::cat(optionCategory()), cl::sub(translateCommand()), cl::init(LaunchStyle::Keep),
    cl::desc("How kernel launches are written:"),
    cl::values(clEnumValN(LaunchStyle::Keep, "keep",
                          "k<<<g, b>>>(x), as HIP takes it too (default)"),
               clEnumValN(LaunchStyle::Macro, "macro", "hipLaunchKernelGGL(k, g, b, 0, 0, x)")));
enum class PtxStyle { Keep, Rewrite };
static cl::opt<PtxStyle> Ptx(
    "ptx", cl::cat(optionCategory()), cl::sub(translateCommand()), cl::init(PtxStyle::Keep),
    cl::desc("What becomes of inline PTX:"),
    cl::values(
        clEnumValN(PtxStyle::Keep, "keep", "it stays, and is reported (default)"),
        clEnumValN(PtxStyle::Rewrite, "rewrite",
                   "plain HIP where every instruction of the statement has an exact counterpart")));
enum class WarpStyle { Keep, Rewrite };
static cl::opt<WarpStyle>
    Warp("warp", cl::cat(optionCategory()), cl::sub(translateCommand()), cl::init(WarpStyle::Keep),
         cl::desc("What becomes of shuffles and votes of a whole warp:"),
         cl::values(
             clEnumValN(WarpStyle::Keep, "keep", "they span the card's warp (default)"),
             clEnumValN(
                 WarpStyle::Rewrite, "rewrite",
                 "groups of 32 lanes on every card, as CUDA means it; votes by <cuport/warp.h>")));
static cl::opt<bool> Verbose("v", cl::cat(optionCategory()), cl::sub(translateCommand()),
                             cl::desc("Print every finding, not only those for a person"));
// explain
static cl::list<std::string> Subjects(cl::Positional, cl::desc("NAME..."),
                                      cl::cat(optionCategory()), cl::sub(explainCommand()));
static cl::opt<bool> Yaml("yaml", cl::cat(optionCategory()), cl::sub(explainCommand()),
                          cl::desc("Print the row as YAML, to start a --knowledge file from"));
static cl::opt<std::string> List("list", cl::value_desc("library"), cl::ValueOptional,
                                 cl::cat(optionCategory()), cl::sub(explainCommand()),
                                 cl::desc("List the rules and libraries, or a library's names"));

// targets
static cl::list<std::string> CardNames(cl::Positional, cl::desc("CARD..."),
                                       cl::cat(optionCategory()), cl::sub(targetsCommand()));
static cl::opt<bool> CardsAsYaml("yaml", cl::cat(optionCategory()), cl::sub(targetsCommand()),
                                 cl::desc("Print the card as YAML, to start a --target file from"));
static cl::opt<bool> CardsAsJson("json", cl::cat(optionCategory()), cl::sub(targetsCommand()),
                                 cl::desc("Print the cards as JSON (default: all of them)"));
static cl::opt<bool>
    CardTemplate("template", cl::cat(optionCategory()), cl::sub(targetsCommand()),
                 cl::desc("Print a file to fill for a card, with what each key means"));
static cl::opt<std::string>
    CheckCard("check", cl::value_desc("file"), cl::cat(optionCategory()), cl::sub(targetsCommand()),
              cl::desc("Say what is wrong in a file for --target, and what it leaves open"));

/// The one place the user said output goes to, or the error that says how to say it.
static llvm::Expected<TranslateOptions> translateOptions() {
  TranslateOptions O;
  O.Output = Output;
  O.CopyAll = CopyAll;
  O.Force = Force;
  using Place = TranslateOptions::To;
  std::vector<Place> Asked;
  if (!Output.empty())
    Asked.push_back(Output == "-" ? Place::Text : Place::Folder);
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
    return llvm::createStringError("say where the output goes, in one way: -o FOLDER, -o - for one file, --in-place, --diff, "
                                   "--export-fixes=FILE or --dry-run");
  O.Where = Asked.front();
  return O;
}

static void printSummary(const TranslateResult &R, const TranslateOptions &O) {
  std::map<Verdict, size_t> Counts;
  size_t Lexical = 0;
  for (const Finding &F : R.Findings) {
    ++Counts[F.Verdict];
    Lexical += isLexical(F.Confidence);
  }
  const bool Prints = O.Where == TranslateOptions::To::Diff || O.Where == TranslateOptions::To::Text;
  llvm::raw_ostream &Out = Prints ? llvm::errs() : llvm::outs();
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
  case TranslateOptions::To::Text:
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

static int runTranslate(const Invocation &Call) {
  auto Where = translateOptions();
  if (!Where)
    return fail(Where.takeError());
  auto Apis = loadKnowledge(Knowledge);
  if (!Apis)
    return fail(Apis.takeError());
  Progress Shown;
  auto Scan = scanOfInputs(Call, Shown);
  if (!Scan)
    return fail(Scan.takeError());
  Scan->Rules.RewritePtx = Ptx == PtxStyle::Rewrite;
  Scan->Rules.RewriteWarp = Warp == WarpStyle::Rewrite;
  Scan->Rules.LaunchMacro = Launch == LaunchStyle::Macro;
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
  sayWhenInterrupted("nothing was written");
  Where->OnWriting = [] { sayWhenInterrupted("not all files were written; those that were are whole"); };
  auto Result = translate(*Scan, *Where, *Apis);
  Shown.clear();
  if (!Result)
    return fail(Result.takeError());
  if (*Card)
    Result->Notes.push_back(howToCompile(**Card));
  llvm::outs() << Result->Text;
  llvm::outs().flush();
  for (const Finding &F : Result->Findings)
    if (Verbose || needsPerson(F.Verdict))
      llvm::errs() << toDiagnosticLine(F) << "\n";
  printSummary(*Result, *Where);
  return exitCodeFor(Result->Findings);
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
  Invocation Call{Argv[0], {}};
  bool Behind = false;
  for (int I = 0; I < Argc; ++I) {
    if (!Behind && llvm::StringRef(Argv[I]) == "--")
      Behind = true;
    else if (Behind)
      Call.Flags.push_back(Argv[I]);
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
  for (cl::SubCommand *Sub : {&translateCommand(), &reportCommand(), &checkCommand(),
                              &explainCommand(), &targetsCommand()})
    cl::HideUnrelatedOptions(optionCategory(), *Sub);
  cl::SubCommand &Verify = verifyCommand();
  if (Verb != "translate" && Verb != "report" && Verb != "check" && Verb != "explain" && Verb != "targets" && Verb != "verify")
    return fail("there is no verb '" + Verb + "'; cuport --help names them");
  if (!cl::ParseCommandLineOptions(Own.size(), Own.data(), "", &llvm::errs()))
    return fail("'cuport " + Verb + " --help' lists the options and their values");
  if (translateCommand())
    return runTranslate(Call);
  if (reportCommand())
    return runReport(Call);
  if (checkCommand())
    return runCheck(Call);
  if (targetsCommand())
    return runTargets();
  if (Verify)
    return runVerify(Call.Flags);
  return runExplain();
}
