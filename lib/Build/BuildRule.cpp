// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Build/BuildRule.h"

#include "Basic/IgnoreText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

#include <utility>

using namespace cuport;
using llvm::StringRef;

namespace cuport {
#define RULE(Name, Id, Summary) void run##Name(const BuildView &File, std::vector<Finding> &Findings);
#include "Build/BuildRules.def"
#undef RULE
} // namespace cuport

static constexpr RuleInfo Infos[] = {
#define RULE(Name, Id, Summary) {Id, Summary},
#include "Build/BuildRules.def"
#undef RULE
};

llvm::ArrayRef<RuleInfo> cuport::buildRules() { return Infos; }

Finding BuildView::finding(StringRef Rule, uint32_t Offset, uint32_t Length, Verdict V, const llvm::Twine &Message) const {
  Finding F;
  F.Rule = Rule.str();
  F.At = Source.placeOf(Offset, Length);
  F.Verdict = V;
  F.Message = Message.str();
  return F;
}

Finding BuildView::finding(StringRef Rule, const BuildWord &Word, Verdict V, const llvm::Twine &Message) const {
  Finding F = finding(Rule, Word.Offset, Word.Text.size(), V, Message);
  F.Name = Word.Text.str();
  return F;
}

std::string BuildView::lineBelow(const BuildStatement &S) const {
  StringRef All = Source.text();
  StringRef Line = All.slice(Source.lineStart(Source.placeOf(S.Begin, 0).Line), S.Begin);
  const bool HasReturns = All.slice(0, All.find('\n')).ends_with("\r");
  return (HasReturns ? "\r\n" : "\n") + Line.take_while([](char C) { return C == ' ' || C == '\t'; }).str();
}

static bool isBlank(StringRef Text, size_t At) { return At < Text.size() && (Text[At] == ' ' || Text[At] == '\t'); }

Edit BuildView::cut(uint32_t Begin, uint32_t End) const {
  StringRef All = Source.text();
  uint32_t First = Begin;
  while (First > 0 && isBlank(All, First - 1))
    --First;
  // A line's indentation stays. Never what is behind: that is the next word's to take.
  if (First == 0 || All[First - 1] == '\n')
    First = Begin;
  return {First, End - First, ""};
}

bool BuildView::remove(const BuildWord &Word, std::vector<Edit> &Edits) const {
  StringRef All = Source.text();
  uint32_t Begin = Word.Offset, End = Word.end();
  const bool IsWholeLiteral = Word.Quoted && Begin > 0 && StringRef("\"'").contains(All[Begin - 1]) && End < All.size() && All[End] == All[Begin - 1];
  if (!IsWholeLiteral || isCMake() || isCommandLine()) {
    Edits.push_back(cut(Begin, End));
    return true;
  }
  --Begin;
  ++End;
  if (End >= All.size() || All[End] != ',')
    return false; // the last of a list, or no list
  ++End;
  while (isBlank(All, End))
    ++End;
  Edits.push_back({Begin, End - Begin, ""});
  return true;
}

std::string cuport::quoted(const llvm::Twine &Text) { return ("'" + Text + "'").str(); }

void cuport::replace(Finding &F, const BuildWord &Word, const llvm::Twine &Text) {
  F.Replacement = Text.str();
  F.Edits.push_back({Word.Offset, uint32_t(Word.Text.size()), F.Replacement});
}

void cuport::forEachName(const BuildStatement &Statement, llvm::function_ref<void(const BuildWord &)> Each) {
  for (const BuildWord &A : Statement.Arguments)
    for (size_t I = 0; I < A.Text.size();) {
      if (!llvm::isAlpha(A.Text[I]) && A.Text[I] != '_') {
        // A digit is no beginning of a name, and neither is what follows it.
        while (I < A.Text.size() && llvm::isAlnum(A.Text[I]))
          ++I;
        I += I < A.Text.size() && A.Text[I] != '_';
        continue;
      }
      size_t End = I;
      while (End < A.Text.size() && (llvm::isAlnum(A.Text[End]) || A.Text[End] == '_'))
        ++End;
      Each({A.Offset + uint32_t(I), A.Text.slice(I, End), A.Quoted});
      I = End;
    }
}

bool cuport::isAboutDevice(const BuildStatement &S) {
  auto Names = [](StringRef Text) { return Text.contains_insensitive("nvcc") || Text.contains_insensitive("cuda"); };
  return Names(S.Name) || llvm::any_of(S.Words, [&](const BuildWord &W) { return Names(W.Text); });
}

void BuildProject::add(const BuildText &Text, const Target &Card) {
  if (Text.System != BuildSystem::CMake)
    return;
  for (const BuildStatement &S : Text.Statements) {
    const bool IsLanguage = S.is("project") || S.is("enable_language") || S.is("check_language");
    const bool IsPackage = S.is("find_package") && !S.Arguments.empty();
    for (auto [I, A] : llvm::enumerate(S.Arguments))
      HasHip |= (IsLanguage && A.Text == "HIP" && !(S.is("project") && I == 0)) ||
                (IsPackage && I == 0 && A.Text.equals_insensitive("hip"));
    HasFindCuda |= (IsPackage && S.Arguments[0].Text == "CUDA") || S.Name.starts_with_insensitive("cuda_");
    GivesNvccFlags |= (S.is("target_compile_options") || S.is("add_compile_options")) &&
                      llvm::any_of(S.Words, [](const BuildWord &W) { return W.Text.contains("${CUDA_NVCC_FLAGS}"); });
    for (const BuildWord &W : S.Words) {
      StringRef Variable = targetOfVariable(W.Text);
      if (auto There = libraryOfTarget(Variable.empty() ? W.Text : Variable, Card); There && !There->CMakePackage.empty())
        Packages.insert(There->CMakePackage.str());
    }
    if ((S.is("add_library") || S.is("add_executable") || S.is("add_custom_target")) && !S.Arguments.empty())
      Targets.insert(S.Arguments[0].Text.str());
    // set(NAME ...), list(APPEND NAME ...), file(GLOB NAME ...)
    if (!(S.is("set") || S.is("list") || S.is("file")) || S.Arguments.size() < 2)
      continue;
    const std::string List = S.Arguments[S.is("set") ? 0 : 1].Text.str();
    if (llvm::any_of(S.Words, [](const BuildWord &W) { return W.Text.ends_with(".cu"); }))
      KernelLists.insert(List);
    for (const BuildWord &A : llvm::drop_begin(S.Arguments))
      if (A.Text.starts_with("${") && A.Text.ends_with("}"))
        ListsInLists.emplace_back(List, A.Text.drop_front(2).drop_back().str());
  }
}

void BuildProject::finish() {
  for (bool Grew = true; Grew;) {
    Grew = false;
    for (const auto &[Outer, Inner] : ListsInLists)
      if (KernelLists.count(Inner))
        Grew |= KernelLists.insert(Outer).second;
  }
}

/// Comments speak of their own line where words stand before them, else of the next line.
static void heedIgnoreComments(const BuildView &File, std::vector<Finding> &Findings) {
  for (const BuildWord &C : File.Text.Comments) {
    size_t At = C.Text.find(IgnoreWord);
    if (At == StringRef::npos)
      continue;
    StringRef Line = C.Text.drop_front(At).take_until([](char Ch) { return Ch == '\n' || Ch == '\r'; });
    IgnoreText Says = readIgnoreText(Line);
    for (StringRef Name : Says.Rules)
      if (llvm::none_of(buildRules(), [&](const RuleInfo &R) { return R.Id == Name; }))
        Says.Wrong = "no rule on build files is called '" + Name.str() + "'";
    if (!Says.Wrong.empty()) {
      Finding F = File.finding("ignore-comment", C.Offset + At, IgnoreWord.size(), Verdict::Review, messageOf(Says));
      F.Name = IgnoreWord.str();
      Findings.push_back(std::move(F));
      continue;
    }
    unsigned Meant = File.Source.placeOf(C.Offset, 0).Line;
    uint32_t Begin = File.Source.lineStart(Meant);
    StringRef Before = File.Source.text().slice(Begin, C.Offset);
    if (Before.trim(" \t#-").empty())
      ++Meant;
    for (Finding &F : Findings)
      if (F.At.Line == Meant && llvm::is_contained(Says.Rules, F.Rule))
        ignore(F, Says.Reason);
  }
}

/// What cuport would change for HIP is said, and left, where it would be wrong.
static void leave(Finding &F, const llvm::Twine &Why) {
  if (F.Edits.empty())
    return;
  F.Edits.clear();
  F.Replacement.clear();
  F.Verdict = std::max(F.Verdict, Verdict::Review);
  F.Message += (". " + Why).str();
}

/// What is known of a card in CMake, a part of a sentence.
static std::string cmakeOf(const Target &Card) {
  llvm::ArrayRef<TargetFact> Facts = Card.facts(FactKey::CMake);
  return Facts.empty() ? "what CMake has for the card is not known" : "CMake has for the card: " + Facts.front().Value.str();
}

/// Most Python compiles nothing, and its options are its own.
static bool compiles(const BuildView &File) {
  StringRef Path = File.Source.path(), Text = File.Source.text();
  return File.Text.System != BuildSystem::Python || Path == "setup.py" || Path.ends_with("/setup.py") || Text.contains("cpp_extension") || Text.contains("nvcc");
}

std::vector<Finding> cuport::runBuildRules(const BuildView &File) {
  std::vector<Finding> Findings;
  const BuildOptions &Options = File.Options;
  const bool Compiles = compiles(File);
  auto IsWanted = [&](StringRef Id) { return Options.Only.empty() || llvm::is_contained(Options.Only, Id); };
#define RULE(Name, Id, Summary)                                                                                                  \
  if (IsWanted(Id) && (Compiles || StringRef(Id) == "build-python"))                                                             \
    run##Name(File, Findings);
#include "Build/BuildRules.def"
#undef RULE
  // Of a card's own build the compiler, its architectures and libraries are known, and that options of the host's compiler stand among
  // its own; not what it has for other options of nvcc's, nor other systems' languages.
  const bool HasCompiler = !Options.IsHip && File.isCommandLine() && compilerOf(*Options.Card);
  auto isKnown = [&](const Finding &F) {
    return F.Rule == "build-library" || (HasCompiler && (F.Rule == "build-compiler" || F.Rule == "build-architecture" ||
                                                              StringRef(F.Name).starts_with("-Xcompiler") || StringRef(F.Name).starts_with("--compiler-options")));
  };
  llvm::sort(Findings);
  bool OwnBranch = false; // was said
  for (Finding &F : Findings) {
    if (!Options.IsHip && !isKnown(F))
      leave(F, "For " + Options.Output + " it is left as it is: " + (File.isCMake() ? cmakeOf(*Options.Card) : "what takes its place there is not known"));
    else if (File.isCMake() && File.Project.HasHip && !F.Edits.empty()) {
      // One look at the file's own branch is for all of them.
      const Verdict V = std::exchange(OwnBranch, true) ? Verdict::AsIs : std::max(F.Verdict, Verdict::Review);
      leave(F, "It is left as it is: these CMake files have a branch for HIP of their own");
      F.Verdict = V;
    }
  }
  llvm::sort(Findings);
  heedIgnoreComments(File, Findings);
  llvm::sort(Findings);
  return Findings;
}
